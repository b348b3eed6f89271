import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import { once, whenSeen } from '../src/kernel/figures.js';
import { type Instant, quarterName, quarterOf } from '../src/kernel/instant.js';
import type { Policy } from '../src/kernel/policy.js';
import type { Projection } from '../src/kernel/projection.js';
import type { Finding } from './contacts/findings.js';
import type { ContactsState } from './contacts/state.js';
import { strengthAt } from './criteria/axes.js';
import { initial as unjudged, replace } from './criteria/state.js';
import { own, ownOr } from './keyed.js';
import { keyOf } from './performance/books.js';
import { expansionAt } from './understanding/expansion.js';
import { activitiesOf, adaptationsOf, knowledgeOf, unusedDays, unusedInsights } from './understanding/learning.js';
import { driversOf, mixOver, needsOf } from './understanding/needs.js';
import { initial, type UnderstandingState } from './understanding/state.js';

type Events = AccountEvent | ActivityEvent;

/** What we have learned about them: their needs and what they value, our insights, and what we did with them. */
export const understanding: Projection<UnderstandingState, object, Events> = {
  name: 'understanding',
  version: 2,
  of: 'account',
  question: { en: 'What have we learned and did we act on it?', zh: '我们了解了什么,又据此做了什么?' },
  initial,
  policy: ['settings'],
  uses: ['contacts'],
  on: {
    NeedRecorded: (state, event, _rules, subject) => {
      const { id, time, data } = event;
      const { order, priority, driverId: told } = data;
      const driverId = told === undefined ? null : keyOf(event, told, subject);
      ownOr(state.needs, keyOf(event, data.needId, subject), () => {
        return { order, priority, driverId, from: time, until: null, end: null, eventIds: [id] };
      });
    },
    NeedMet: (state, event, _rules, subject) => endNeed(state, keyOf(event, event.data.needId, subject), 'MET', event),
    NeedLapsed: (state, event, _rules, subject) =>
      endNeed(state, keyOf(event, event.data.needId, subject), 'LAPSED', event),
    ValueDriverRecorded: (state, event, _rules, subject) => {
      const { id, time, data } = event;
      const { weight = null, source = null } = data;
      const made = () => ({ weight, source, from: time, until: null, eventIds: [id] });
      ownOr(state.drivers, keyOf(event, data.driverId, subject), made);
    },
    ValueDriverLapsed: (state, event, _rules, subject) => {
      const { id, time, data } = event;
      const driver = own(state.drivers, keyOf(event, data.driverId, subject));
      if (!driver || driver.until !== null) return;
      driver.until = time;
      driver.eventIds.push(id);
    },
    InsightRecorded: (state, event, rules, subject) => {
      const { id, time, data } = event;
      const { topic, fromInteractionIds } = data;
      const insight = { at: time, topic, interactions: fromInteractionIds.length, eventId: id };
      ownOr(state.insights, keyOf(event, data.insightId, subject), () => insight);
      count(state, time, rules)[0]++;
    },
    ValueActivityUndertaken: (state, event, rules, subject) => {
      const { id, time, data } = event;
      const insightIds = data.insightIds.map((one) => keyOf(event, one, subject));
      state.activities.push({ at: time, insightIds, eventId: id });
      const counted = count(state, time, rules);
      counted[1]++;
      if (insightIds.length > 0) counted[2]++;
    },
    ActivityAdapted: (state, event, rules, subject) => {
      const { id, time, data } = event;
      const insightIds = data.becauseOf.map((one) => keyOf(event, one, subject));
      state.adaptations.push({ at: time, insightIds, eventId: id });
      count(state, time, rules)[3]++;
    },
    KnowledgeAssessed: (state, { id, time, data: { domain, ours, theirs, ratedBy } }) => {
      Object.defineProperty(state.domains, domain, {
        value: { ours, theirs, ratedBy, at: time, eventId: id },
        enumerable: true,
        configurable: true,
        writable: true,
      });
    },
    SuccessFactorsStated: (state, { id, time, data: { factors, source } }, rules) => {
      state.scored.factors = {
        list: factors.map(({ factor, weight }) => ({ factor, weight })),
        source,
        time,
        eventId: id,
      };
      strengthNow(state, time, id, rules);
    },
    StrengthScored: (state, { id, time, data: { factor, rater, source, ours, competitors } }, rules) => {
      const entry = { factor, rater, source, ours, competitors, time, eventId: id };
      replace(state.scored.strengths, entry, (a, b) => a.factor === b.factor && a.rater === b.rater);
      strengthNow(state, time, id, rules);
    },
  },
  view: (state, { asOf }, policy, used) => {
    const unused = once(() => unusedInsights(state, asOf, policy));
    const knowledge = once(() => knowledgeOf(state));
    return whenSeen({
      needs: () => needsOf(state),
      mix: () => {
        const mix = mixOver(state, asOf, policy.settings);
        return { now: mix.at(-1) ?? null, ...(mix.length === 0 ? { nowReason: 'no-needs' } : {}), intervals: mix };
      },
      valueDrivers: () => driversOf(state),
      valueActivities: () => activitiesOf(state, asOf, policy),
      insights: () => ({ n: Object.keys(state.insights).length, unused: unused() }),
      adaptations: () => adaptationsOf(state, asOf, policy),
      knowledge,
      expansion: () => expansionAt(state, used.states.contacts as ContactsState | undefined, asOf, policy),
      findings: () => findingsOf(unused(), knowledge()),
    });
  },
  rows: {
    columns: {
      quarter: { kind: 'text', says: 'The quarter, of the firm’s calendar' },
      insights: { kind: 'integer', says: 'Insights recorded' },
      valueActivities: { kind: 'integer', says: 'Value activities undertaken' },
      citing: { kind: 'integer', says: 'Of them, those that cite an insight' },
      adaptations: { kind: 'integer', says: 'Activities adapted because of insights' },
    },
    of: (state) =>
      Object.entries(state.quarters).map(([quarter, [insights, valueActivities, citing, adaptations]]) => {
        return { quarter, insights, valueActivities, citing, adaptations };
      }),
  },
};

function endNeed(state: UnderstandingState, key: string, end: 'MET' | 'LAPSED', { time, id }: Events): void {
  const need = own(state.needs, key);
  if (!need || need.until !== null) return;
  need.until = time;
  need.end = end;
  need.eventIds.push(id);
}

function count(state: UnderstandingState, at: Instant, { settings }: Policy): UnderstandingState['quarters'][string] {
  return ownOr(state.quarters, quarterName(quarterOf(at, settings), settings), () => [0, 0, 0, 0]);
}

/** Keeps relative strength as it is after a change of the scores behind it. */
function strengthNow(state: UnderstandingState, at: Instant, eventId: string, { scoring }: Policy): void {
  const { value } = strengthAt({ ...unjudged(), ...state.scored }, scoring);
  state.strength.push([at, value, eventId]);
}

function findingsOf(
  unused: ReturnType<typeof unusedInsights>,
  knowledge: ReturnType<typeof knowledgeOf>,
): readonly Finding[] {
  return [
    ...unused.map(({ insightId, days, since, eventId }) => ({
      code: 'INSIGHT_UNUSED',
      since,
      eventIds: [eventId],
      detail: `Insight ${insightId} has been used for nothing in ${days} days`,
      policy: { days: unusedDays },
    })),
    ...(knowledge.passed === false
      ? [
          {
            code: 'KNOWLEDGE_GAP',
            since: null,
            eventIds: knowledge.domains.filter(({ gap }) => gap < 0).map(({ eventId }) => eventId),
            detail: `We know ${knowledge.equalOrBetter} of ${knowledge.n} domains as well as they do; 80 % are wanted`,
          },
        ]
      : []),
  ];
}
