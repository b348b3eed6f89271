import { DAY_MS, dayOf, daysBetween, type Instant, iso, startOfDay } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { own } from '../keyed.js';
import { monthsLater } from '../months.js';
import { atLeast } from '../statistics/figure.js';
import { median } from '../statistics/rank.js';
import type { Deed, UnderstandingState } from './state.js';

/** Days after which an insight that nothing cites counts as unused (C7). */
export const unusedDays = 180;
/** From this share of domains on we know their business as well as they do (F4). */
const passShare = 0.8;
/** Months after which an adaptation is judged: two quarters (G2). */
const judgedMonths = 6;

/** Value activities of the window and the share that cites an insight (C7). */
export function activitiesOf(state: UnderstandingState, asOf: Instant, { settings }: Policy) {
  const since = asOf - settings.windowDays * DAY_MS;
  const told = state.activities.filter(({ at }) => at > since);
  const citing = told.filter((deed) => cites(state, deed)).length;
  return {
    windowDays: settings.windowDays,
    n: told.length,
    citing,
    share: told.length === 0 ? null : citing / told.length,
    ...(told.length === 0 ? { shareReason: 'no-value-activity' } : {}),
    ever: { n: state.activities.length, citing: state.activities.filter((deed) => cites(state, deed)).length },
  };
}

/** Insights older than 180 days that no value activity and no adaptation cites, oldest first. */
export function unusedInsights(state: UnderstandingState, asOf: Instant, { settings }: Policy) {
  const used = new Set([...state.activities, ...state.adaptations].flatMap(({ insightIds }) => insightIds));
  return Object.entries(state.insights)
    .filter(([id, { at }]) => !used.has(id) && daysBetween(at, asOf, settings) > unusedDays)
    .map(([insightId, { at, topic, eventId }]) => ({
      insightId,
      topic,
      at: iso(at),
      days: daysBetween(at, asOf, settings),
      /** Start of the first day on which it was unused for too long. */
      since: iso(startOfDay(dayOf(at, settings) + unusedDays + 1, settings)),
      eventId,
    }))
    .sort((a, b) => b.days - a.days || (a.insightId < b.insightId ? -1 : 1));
}

/** What we do otherwise, how long it took from each insight, and what it did to relative strength two quarters later (G2). */
export function adaptationsOf(state: UnderstandingState, asOf: Instant, { settings }: Policy) {
  const first = new Map<string, number>();
  const items = state.adaptations.map(({ at, insightIds, eventId }) => {
    const insights = insightIds.map((insightId) => {
      const insight = own(state.insights, insightId);
      if (!insight) return { insightId, lagDays: null, lagReason: 'insight-unknown' };
      const lagDays = daysBetween(insight.at, at, settings);
      if (lagDays < 0) return { insightId, lagDays: null, lagReason: 'adapted-before-recorded' };
      if (!first.has(insightId)) first.set(insightId, lagDays);
      return { insightId, lagDays };
    });
    return { at: iso(at), eventId, insights, ...strengthChange(state, at, asOf, settings) };
  });
  const lags = [...first.values()];
  return {
    n: items.length,
    insightsAdapted: lags.length,
    medianLagDays: median(lags),
    ...(lags.length === 0 ? { medianLagReason: 'no-adaptation' } : {}),
    items,
  };
}

/** Relative strength at an adaptation and two quarters after it. */
function strengthChange(state: UnderstandingState, at: Instant, asOf: Instant, calendar: Policy['settings']) {
  const then = monthsLater(at, judgedMonths, calendar);
  const before = strengthThen(state, at);
  const after = then > asOf ? null : strengthThen(state, then);
  const reason =
    then > asOf ? 'not-yet-two-quarters' : before === null || after === null ? 'no-relative-strength' : null;
  const strengthDelta = reason === null ? after! - before! : null;
  return { strengthBefore: before, strengthAfter: after, strengthDelta, ...(reason && { strengthReason: reason }) };
}

const strengthThen = (state: UnderstandingState, t: Instant): number | null =>
  state.strength.findLast(([at]) => at <= t)?.[1] ?? null;

/** Our knowledge of each domain against their own, the widest gap first; passed with "equal or better" on 80 % of domains (F4). */
export function knowledgeOf(state: UnderstandingState) {
  const domains = Object.entries(state.domains)
    .map(([domain, { at, ...known }]) => ({
      domain,
      ...known,
      gap: Math.round((known.ours - known.theirs) * 1e6) / 1e6,
      at: iso(at),
    }))
    .sort((a, b) => a.gap - b.gap || (a.domain < b.domain ? -1 : 1));
  const equal = domains.filter(({ gap }) => gap >= 0).length;
  const share = domains.length === 0 ? null : equal / domains.length;
  return {
    domains,
    n: domains.length,
    equalOrBetter: equal,
    share,
    passed: share === null ? null : atLeast(share, passShare),
    ...(share === null ? { reason: 'nothing-assessed' } : {}),
  };
}

/** Whether a deed stands on an insight that is on record. */
const cites = (state: UnderstandingState, { insightIds }: Deed): boolean =>
  insightIds.some((id) => Object.hasOwn(state.insights, id));
