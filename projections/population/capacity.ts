import type { Instant } from '../../src/kernel/instant.js';
import { type Assigned, availableHours, type CapacityState, hoursOf } from '../capacity.js';
import type { PopulationFigure } from './figure.js';

/** Hours a year of all key accounts together (§3.12.24). */
export interface CapacityTotals {
  readonly accounts: number;
  readonly required: number;
  readonly available: number;
  /** Σ ftePct of KEY_ACCOUNT people over all accounts. */
  readonly ftePct: number;
  /** Key accounts whose stage has no hours in the rules: they add nothing. */
  readonly withoutHours: number;
}

interface Taken {
  readonly stage: string;
  readonly designated: boolean;
  readonly shares: readonly Pick<Assigned, 'from' | 'until' | 'ftePct'>[];
}

/** What all key accounts take, and what their people have. */
export const capacityTotals: PopulationFigure<Taken, CapacityTotals> = {
  name: 'population/capacity',
  states: ['capacity'],
  extract: (states) => {
    const { stage, managerId, assignments } = states.capacity as CapacityState;
    const shares = Object.values(assignments).filter((one) => one.function === 'KEY_ACCOUNT');
    const kept = shares.map(({ from, until, ftePct }) => ({ from, until, ftePct }));
    return managerId === null && kept.length === 0 ? null : { stage, designated: managerId !== null, shares: kept };
  },
  figure: (members, { asOf, policy: { caps } }) => {
    const all = [...members.values()];
    const keys = all.filter(({ designated }) => designated);
    const ftePct = all.reduce((sum, { shares }) => sum + shareAt(shares, asOf), 0);
    return {
      accounts: keys.length,
      required: keys.reduce((sum, { stage }) => sum + hoursOf(stage, caps), 0),
      available: availableHours(ftePct, caps),
      ftePct,
      withoutHours: keys.filter(({ stage }) => !Object.hasOwn(caps.hours, stage)).length,
    };
  },
};

const shareAt = (shares: Taken['shares'], at: Instant): number =>
  shares
    .filter(({ from, until }) => from <= at && (until === null || at < until))
    .reduce((sum, { ftePct }) => sum + ftePct, 0);
