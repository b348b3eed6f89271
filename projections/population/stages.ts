import { dayOf, type Instant } from '../../src/kernel/instant.js';
import { stages } from '../../src/domain/vocabulary.js';
import type { Bound, LoyaltyState } from '../loyalty/state.js';
import { type StageModel, stageModel } from '../statistics/semimarkov.js';
import type { PopulationFigure } from './figure.js';

/** Declared stages of an account, in order. */
export interface Declared {
  readonly stages: readonly (readonly [stage: string, day: number])[];
}

/** How accounts move between declared stages, learnt from all of them [P] (§3.5.7). */
export interface StageMoves {
  /** Null where no account has declared a stage yet. */
  readonly model: StageModel | null;
  readonly accounts: number;
  readonly stays: number;
}

/** The semi-Markov model of all accounts' declared stages; a stay that lasts is censored at the moment. */
export const stageMoves: PopulationFigure<Declared, StageMoves> = {
  name: 'population/stages',
  states: ['loyalty'],
  extract: (states, { policy: { settings } }) => {
    const told = (states.loyalty as LoyaltyState).stages;
    return told.length === 0 ? null : { stages: told.map(([stage, time]) => [stage, dayOf(time, settings)] as const) };
  },
  figure: (members, { asOf, policy: { settings } }) => {
    const today = dayOf(asOf, settings);
    const stays = [...members.values()].flatMap((one) => staysOf(one.stages, today));
    const model = stageModel(stays, { stages: stages.filter((stage) => stage !== 'PROSPECT'), absorbing: 'EXITED' });
    return { model, accounts: members.size, stays: stays.length };
  },
};

/** Stays of one account up to a day; the same stage declared again goes on. */
export function staysOf(declared: Declared['stages'], today: number) {
  const turns = declared.filter(([stage], i) => i === 0 || declared[i - 1]![0] !== stage);
  return turns.map(([stage, from], i) => {
    const next = turns[i + 1];
    return { stage, days: (next ? next[1] : today) - from, next: next ? next[0] : null };
  });
}

/** The stage in force and for how many days; null where none is declared. */
export function stageNow(
  { stages: declared }: Bound,
  asOf: Instant,
  calendar: { readonly utcOffsetMin: number; readonly fiscalYearStartMonth: number },
): { readonly stage: string; readonly days: number } | null {
  const days = declared.map(([stage, time]) => [stage, dayOf(time, calendar)] as const);
  const last = staysOf(days, dayOf(asOf, calendar)).at(-1);
  return last ? { stage: last.stage, days: last.days } : null;
}
