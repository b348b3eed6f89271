import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import type { ProgrammeEvent } from '../src/domain/programme/programme.events.js';
import { DAY_MS, iso } from '../src/kernel/instant.js';
import type { Projection } from '../src/kernel/projection.js';
import {
  type Attractiveness,
  attractivenessAt,
  type Quadrant,
  quadrantOf,
  type RelativeStrength,
  strengthAt,
} from './criteria/axes.js';
import { type GateResult, integrityAt, judgeGates } from './criteria/gates.js';
import { type CriteriaState, initial, type Judged, replace, type Sign } from './criteria/state.js';
import { keyOf } from './performance/books.js';
import { inCurrency, pairOf } from './performance/pricing.js';

type Events = AccountEvent | ActivityEvent | ProgrammeEvent;

/** How a customer does by our own rules at a moment, and how it did when it was made a key account. */
export interface CriteriaFigures {
  /** Version of the criteria in force; null: we have none, and nothing is asked. */
  readonly version: string | null;
  readonly gates: readonly GateResult[];
  /** Every gate is passed; true without criteria. */
  readonly passed: boolean;
  readonly failed: readonly string[];
  /** Version of the scoring model in force. */
  readonly scoring: string;
  readonly customerType: string | null;
  readonly oemFitShare: number | null;
  readonly integrity: {
    readonly value: number;
    readonly kept: number;
    readonly broken: number;
    readonly eventIds: readonly string[];
  };
  readonly attractiveness: Attractiveness;
  readonly strength: RelativeStrength;
  readonly quadrant: Quadrant | null;
  readonly quadrantReason: string | null;
  /** False where more than half of the strength's weight is our own estimate. */
  readonly confirmed: boolean | null;
  /** Sales that any supplier could make in three years, in minor units of the account's currency. */
  readonly availableSales3y: number | null;
  readonly availableSales3yReason: string | null;
  readonly designated: boolean;
  /** The last designation with the version and scores of then; what is true today changes nothing of it (A1). */
  readonly designation: (Omit<Judged, 'from'> & { readonly from: string }) | null;
}

/** Whether a customer is a key account by our own rules. */
export const criteria: Projection<CriteriaState, CriteriaFigures, Events> = {
  name: 'criteria',
  version: 2,
  of: 'account',
  question: { en: 'Is it a key account by our own rules?', zh: '按我们自己的规则,它是大客户吗?' },
  policy: ['fx'],
  initial,
  on: {
    AccountRegistered: (state, { id, data }) => {
      state.customerType = data.customerType;
      state.oemFitShare = data.oemFitShare ?? null;
      state.classified = id;
    },
    AccountReclassified: (state, { id, data }) => {
      if (data.customerType === undefined && data.oemFitShare === undefined) return;
      state.customerType = data.customerType ?? state.customerType;
      state.oemFitShare = data.oemFitShare ?? state.oemFitShare;
      state.classified = id;
    },
    PotentialEstimated: (state, { id, time, data }, rules, subject) => {
      const currency = subject.currency ?? data.margin.currency;
      const availableSales3y = inCurrency(data.availableSales3y, currency, rules.fx);
      const margin = inCurrency(data.margin, currency, rules.fx);
      const lacking = margin === null ? data.margin : availableSales3y === null ? data.availableSales3y : null;
      const { growthPct, expectedRetention, source } = data;
      const missing = lacking && pairOf(lacking.currency, currency);
      const amounts = { availableSales3y, margin, missing, currency };
      state.potential = { ...amounts, growthPct, expectedRetention, source, time, eventId: id };
    },
    AttractivenessScored: (state, { id, time, data: { factor, rater, score } }) => {
      const entry = { factor, rater, score, time, eventId: id };
      replace(state.scores, entry, (a, b) => a.factor === b.factor && a.rater === b.rater);
    },
    SuccessFactorsStated: (state, { id, time, data: { factors, source } }) => {
      state.factors = {
        list: factors.map(({ factor, weight }) => ({ factor, weight })),
        source,
        time,
        eventId: id,
      };
    },
    StrengthScored: (state, { id, time, data: { factor, rater, source, ours, competitors } }) => {
      const entry = { factor, rater, source, ours, competitors, time, eventId: id };
      replace(state.strengths, entry, (a, b) => a.factor === b.factor && a.rater === b.rater);
    },
    IntegritySignalled: (state, { id, time, data }) => {
      sign(state, [time, data.positive ? 1 : 0, id]);
    },
    CommitmentMade: (state, event, _rules, subject) => {
      if (event.data.by === 'THEM') state.owed[keyOf(event, event.data.commitmentId, subject)] = 1;
    },
    CommitmentKept: (state, event, _rules, subject) =>
      settle(state, keyOf(event, event.data.commitmentId, subject), [event.time, 1, event.id]),
    CommitmentBroken: (state, event, _rules, subject) =>
      settle(state, keyOf(event, event.data.commitmentId, subject), [event.time, 0, event.id]),
    KeyAccountDesignated: (state, { id, time, data }) => {
      state.designated = true;
      state.designation = {
        from: time,
        managerId: data.managerId,
        criteriaVersion: data.criteriaVersion ?? null,
        scores: data.scores ?? [],
        judgedAt: data.judgedAt ?? null,
        overridden: data.override !== undefined,
        eventId: id,
      };
    },
    KeyAccountReleased: (state) => {
      state.designated = false;
    },
  },
  view: (state, { asOf, subject }, policy) => {
    const attractiveness = attractivenessAt(state, policy.scoring);
    const strength = strengthAt(state, policy.scoring);
    const quadrant = quadrantOf(attractiveness.high, strength.high);
    const { currency } = subject;
    const gates = judgeGates({ state, asOf, policy, attractiveness, strength, quadrant, currency });
    const failed = gates.filter(({ passed }) => !passed).map(({ gate }) => gate);
    const { potential, designation } = state;
    const availableSales3y = potential?.availableSales3y ?? null;
    const lacking = potential === null ? 'no-potential' : `no-rate ${potential.missing}`;
    return {
      version: policy.criteria?.version ?? null,
      gates,
      passed: failed.length === 0,
      failed,
      scoring: policy.scoring.version,
      customerType: state.customerType,
      oemFitShare: state.oemFitShare,
      integrity: integrityAt(state, asOf, policy),
      attractiveness,
      strength,
      quadrant,
      quadrantReason: quadrant === null ? (attractiveness.reason ?? strength.reason) : null,
      confirmed: strength.confirmed,
      availableSales3y,
      availableSales3yReason: availableSales3y === null ? lacking : null,
      designated: state.designated,
      designation: designation && { ...designation, from: iso(designation.from) },
    };
  },
};

/** A promise of theirs is settled once. */
function settle(state: CriteriaState, commitmentId: string, kept: Sign): void {
  if (!Object.hasOwn(state.owed, commitmentId)) return;
  delete state.owed[commitmentId];
  sign(state, kept);
}

/** Signs older than any window of 24 months that a later view can ask for are let go. */
function sign(state: CriteriaState, one: Sign): void {
  while (state.signs.length > 0 && state.signs[0]![0] < one[0] - 800 * DAY_MS) state.signs.shift();
  state.signs.push(one);
}
