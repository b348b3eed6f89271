import type { DmuRole } from '../../src/domain/vocabulary.js';
import { once } from '../../src/kernel/figures.js';
import { DAY_MS, dayOf, type Instant, NEVER, quarterOf, startOfDay } from '../../src/kernel/instant.js';
import type { Policy, Settings } from '../../src/kernel/policy.js';
import { boundsOf } from '../quarters.js';
import { contactFiguresAt } from './matrix.js';
import { breadthAt, diamondIndexAt } from './met.js';
import { assignedAt, sizesAt, theirsFrom } from './people.js';
import type { Closed, ContactsState, Counted, Departure } from './state.js';

/** Days after a departure at which the back-test looks again. */
export const laterDays = 90;

/** Departures in order, with what the simulation said and what came of it as far as the fold has come. */
export const departuresOf = (state: ContactsState): readonly Departure[] =>
  state.departures.filter((one) => one.step !== -1);

/** Closes the quarters and settles the departures that are due by an instant. Called before an event of that instant is taken in; O(1) where nothing is due. */
export function settle(state: ContactsState, time: Instant, policy: Policy): void {
  if (time < state.due) return;
  state.open ??= quarterWith(time, policy.settings);
  while (state.open.to <= time) {
    state.closed.push(closedBy(state, state.open, policy));
    state.open = quarterWith(state.open.to, policy.settings);
  }
  state.due = state.open.to;
  state.departures.forEach((one, i) => {
    const settled = settledBy(state, one, time, policy);
    state.departures[i] = settled;
    state.due = Math.min(state.due, nextStep(settled));
  });
}

/** Somebody leaves at an instant, which may be still to come. */
export function depart(
  state: ContactsState,
  who: Pick<Departure, 'personId' | 'side' | 'at' | 'eventId'> & { readonly roles?: readonly DmuRole[] },
): void {
  state.departures.push({ roles: [], ...who, before: null, predicted: null, later: null, step: 0 });
  state.due = Math.min(state.due, who.at);
}

/** A quarter of a series. */
export type InSeries = Closed & { readonly open: boolean };

/** A quarter whose figures are reckoned when they are looked at. */
class Reckoned implements InSeries {
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly us: number;
  readonly them: number;
  readonly joint: number;
  readonly campaigns: number;
  readonly units: number;

  constructor(
    quarter: Counted,
    readonly open: boolean,
    private readonly at: { readonly state: ContactsState; readonly t: Instant; readonly policy: Policy },
    private readonly theirsAt: (t: Instant) => number,
  ) {
    ({ name: this.name, from: this.from, to: this.to, us: this.us, them: this.them } = quarter);
    ({ joint: this.joint, campaigns: this.campaigns, units: this.units } = quarter);
  }

  get diamondIndex(): number | null {
    const { state, t, policy } = this.at;
    return diamondIndexAt(state, t, policy);
  }

  get breadth(): number | null {
    const { state, t, policy } = this.at;
    return breadthAt(state, t, policy, this.theirsAt);
  }
}

/** First instant of the series; null where it is empty. */
export const seriesBegins = ({ closed, open }: ContactsState): Instant | null => (closed[0] ?? open)?.from ?? null;

/** Quarters from the first event to the one that holds `asOf`, which is open. */
export function contactSeries(state: ContactsState, asOf: Instant, policy: Policy): InSeries[] {
  const closed: InSeries[] = state.closed.map((quarter) => ({ ...quarter, open: false }));
  return [...closed, ...reckonedSeries(state, asOf, policy)];
}

/** Of the series the quarters that no event has closed yet. */
export function reckonedSeries(state: ContactsState, asOf: Instant, policy: Policy): InSeries[] {
  const series: InSeries[] = [];
  if (!state.open) return series;
  const theirs = once(() => theirsFrom(state));
  const theirsAt = (t: Instant) => theirs()(t);
  let quarter: Counted = state.open;
  for (; quarter.to <= asOf; quarter = quarterWith(quarter.to, policy.settings))
    series.push(new Reckoned(quarter, false, { state, t: quarter.to - 1, policy }, theirsAt));
  series.push(new Reckoned(quarter, true, { state, t: asOf, policy }, theirsAt));
  return series;
}

/** A departure as it stands at an instant at or after the last event. */
export function settledBy(state: ContactsState, one: Departure, time: Instant, policy: Policy): Departure {
  let settled = one;
  if (settled.step === 0 && settled.at <= time) {
    if (one.side === 'OURS' && assignedAt(state, one.personId, one.at)) return { ...one, step: -1 };
    const dayBefore = startOfDay(dayOf(one.at, policy.settings), policy.settings) - 1;
    const before = contactFiguresAt(state, dayBefore, policy).diamondIndex;
    const predicted = contactFiguresAt(state, dayBefore, policy, { without: one.personId }).diamondIndex;
    settled = { ...settled, before, predicted, step: 1 };
  }
  const then = one.at + laterDays * DAY_MS;
  if (settled.step === 1 && then <= time)
    settled = { ...settled, later: contactFiguresAt(state, then, policy).diamondIndex, step: 2 };
  return settled;
}

function nextStep({ step, at }: Departure): Instant {
  return step === 0 ? at : step === 1 ? at + laterDays * DAY_MS : NEVER;
}

function closedBy(state: ContactsState, quarter: Counted, policy: Policy): Closed {
  const t = quarter.to - 1;
  const sizes = sizesAt(state, t);
  const breadth = breadthAt(state, t, policy, () => sizes.theirs);
  return { ...quarter, diamondIndex: diamondIndexAt(state, t, policy, sizes), breadth };
}

function quarterWith(t: Instant, settings: Settings): Counted {
  const { name, from, to } = boundsOf(quarterOf(t, settings), settings);
  return { name, from, to, us: 0, them: 0, joint: 0, campaigns: 0, units: 0 };
}
