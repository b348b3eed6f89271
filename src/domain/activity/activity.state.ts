import type { Once } from '../once.js';
import type { UnitFunction } from '../vocabulary.js';

/** A commitment, need, driver, breach, pursuit or support, and whether it is still open. */
export interface Open {
  readonly digest: string;
  state: 'open' | 'closed';
  /** Type of the event that closed it. */
  closedBy?: string;
}

/** What decisions on an account's dealings need: which ids were used by what content, and what is still open. */
export interface Activity extends Once {
  readonly interactions: Map<string, string>;
  readonly commitments: Map<string, Open & { due: string }>;
  readonly breaches: Map<string, Open>;
  readonly insights: Map<string, string>;
  readonly valueActivities: Map<string, string>;
  readonly needs: Map<string, Open>;
  readonly drivers: Map<string, Open>;
  readonly pursuits: Map<string, Open & { stage?: string }>;
  readonly support: Map<string, Support>;
  /** Digests of signals, answers and adaptations, which have no id: the same told at the same time is told once. */
  readonly told: Set<string>;
}

/** Help that was asked for or promised. */
export interface Support {
  readonly digest: string;
  readonly unit: UnitFunction;
  readonly processId: string | undefined;
  state: 'requested' | 'pledged' | 'delivered' | 'failed' | 'declined';
  pledge?: string;
}

/** Nothing told yet. */
export const nothingTold = (): Activity => ({
  interactions: new Map(),
  commitments: new Map(),
  breaches: new Map(),
  insights: new Map(),
  valueActivities: new Map(),
  needs: new Map(),
  drivers: new Map(),
  pursuits: new Map(),
  support: new Map(),
  told: new Set(),
});
