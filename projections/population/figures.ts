import { capacityTotals } from './capacity.js';
import type { AnyPopulationFigure } from './figure.js';
import { quintileScores } from './quintiles.js';
import { stageMoves } from './stages.js';
import { survival } from './survival.js';

/** Every figure over the population that an account's view may use. */
export const populationFigures: readonly AnyPopulationFigure[] = [survival, quintileScores, stageMoves, capacityTotals];

const byName = new Map<string, AnyPopulationFigure>(populationFigures.map((figure) => [figure.name, figure]));

/** The figure with that name. */
export const populationNamed = (name: string): AnyPopulationFigure | undefined => byName.get(name);
