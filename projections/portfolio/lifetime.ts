import { dayOf, iso } from '../../src/kernel/instant.js';
import type { Report } from '../../src/kernel/projection.js';
import { type Spell, spellsOf, tenureOf } from '../loyalty/tenure.js';
import type { LoyaltyState } from '../loyalty/state.js';
import type { PerformanceState } from '../performance/state.js';
import { fitBgNbd } from '../statistics/bgnbd.js';
import { fitGammaGamma } from '../statistics/gammagamma.js';
import { repeatersMin } from '../statistics/lifetime.js';
import { fitMbgNbd } from '../statistics/mbgnbd.js';
import { fitParetoNbd } from '../statistics/paretonbd.js';
import { fitSbg } from '../statistics/sbg.js';
import { type Buying, buyingOf } from '../value/lifetime.js';

/** A model and what it was fitted on; without parameters, why, and what to use instead. */
export type Fitted = { readonly model: string; readonly says: string } & Readonly<Record<string, unknown>>;

/** Lifetime models of the whole customer base (§3.5). Publish the parameters with LifetimeModelPublished to have accounts valued by them. */
export interface LifetimeReport {
  readonly fittedAsOf: string;
  readonly customers: number;
  readonly repeaters: number;
  /** Fewest repeat customers that a model is fitted on. */
  readonly least: number;
  readonly reason: string | null;
  readonly instead: string | null;
  readonly unit: 'week';
  readonly models: readonly Fitted[];
}

/** What is kept of an account: how it buys, and when its first spell began and ended. */
interface Customer {
  readonly buying: Buying | null;
  readonly first: Pick<Spell, 'fromDay' | 'endDay'> | null;
}

/** Whole years over which the contractual model watches a cohort. */
const cohortYears = 4;

/** BG/NBD, Pareto/NBD, MBG/NBD, Gamma-Gamma and sBG over all customers; refused under 200 that bought again. */
export const lifetime: Report<LifetimeReport, Customer> = {
  name: 'lifetime',
  version: 1,
  question: { en: 'How do our customers buy, and how long do they live?', zh: '我们的客户如何购买,寿命多长?' },
  uses: ['performance', 'loyalty'],
  adds: true,
  extract: ({ states }, { asOf }, { settings }) => {
    const performance = states.performance as PerformanceState;
    const tenure = tenureOf(performance, states.loyalty as LoyaltyState);
    const [first] = spellsOf(tenure, asOf, settings.churnDays, settings);
    return {
      buying: buyingOf(performance, dayOf(asOf, settings)),
      first: first ? { fromDay: first.fromDay, endDay: first.endDay } : null,
    };
  },
  report: (told, { asOf, currency }, { settings }) => {
    const today = dayOf(asOf, settings);
    const customers = told.flatMap(({ buying }) => buying ?? []);
    const repeaters = customers.filter(({ x }) => x > 0);
    const head = {
      fittedAsOf: iso(asOf),
      customers: customers.length,
      repeaters: repeaters.length,
      least: repeatersMin,
    };
    if (repeaters.length < repeatersMin)
      return { ...head, reason: 'too-few-repeat-customers', instead: 'plan-clv', unit: 'week', models: [] };
    const buyers = repeaters.flatMap(({ x, mean }) => (mean !== null && mean > 0 ? [{ x, mean }] : []));
    const spend = currency === null ? { parameters: null, reason: 'no-reporting-currency' } : fitGammaGamma(buyers);
    const spells = told.flatMap(({ first }) => first ?? []);
    const old = spells.filter(({ fromDay }) => today - fromDay >= 365 * cohortYears);
    const survivors = Array.from(
      { length: cohortYears + 1 },
      (_, year) => old.filter(({ fromDay, endDay }) => endDay === null || endDay - fromDay > 365 * year).length,
    );
    return {
      ...head,
      reason: null,
      instead: null,
      unit: 'week',
      models: [
        {
          model: 'BG/NBD',
          says: 'When customers buy, and that they may stop after any purchase',
          ...fitBgNbd(customers),
        },
        {
          model: 'Pareto/NBD',
          says: 'When customers buy, and that they may stop at any time',
          ...fitParetoNbd(customers),
        },
        { model: 'MBG/NBD', says: 'As BG/NBD, and that they may stop at once', ...fitMbgNbd(customers) },
        {
          model: 'Gamma-Gamma',
          says: 'What a purchase is worth, in minor units; sound only where value and frequency hardly correlate',
          ...spend,
        },
        {
          model: 'sBG',
          says: `Renewal year by year of accounts at least ${cohortYears} years old`,
          survivors,
          ...fitSbg(survivors),
        },
      ],
    };
  },
};
