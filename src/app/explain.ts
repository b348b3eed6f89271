import { projectionNamed } from '../../projections/registry.js';
import type { Event } from '../kernel/event.js';
import { difference, figureAt, figuresIn } from '../kernel/figures.js';
import {
  ALWAYS,
  type Calendar,
  dayOf,
  type Instant,
  iso,
  monthOf,
  quarterOf,
  startOfDay,
  startOfMonth,
  startOfQuarter,
} from '../kernel/instant.js';
import type { AnyProjection, Moment } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import { Folder } from './folder.js';
import { beginning } from './histories.js';
import { type Asked, type Moments, usedBy } from './moments.js';
import { foldOn, type Reached, unfolded } from './refold.js';

/** One line of a figure's bank statement. Numbers have a delta; other values only what they were and became. */
export interface Term {
  readonly kind: 'time' | 'rules' | 'event';
  readonly eventId?: string;
  readonly type?: string;
  readonly time?: string;
  readonly position?: number;
  readonly before: unknown;
  readonly after: unknown;
  readonly delta: number | null;
  /** Of the term *rules*: the programme's events. */
  readonly events?: readonly { readonly eventId: string; readonly type: string; readonly position: number }[];
}

/** How a figure came to be what it is: `from` + all terms = `to`. */
export interface Explanation {
  readonly figure: string;
  readonly from: { readonly asOf: string | null; readonly value: unknown };
  readonly to: { readonly asOf: string; readonly value: unknown };
  readonly terms: readonly Term[];
}

/** The bank statement of one figure of an account's view: the passing of time, the change of rules, then each event that moved it. */
export function explain(
  moments: Moments,
  view: string,
  id: string,
  figure: string,
  moment: Moment,
  from: Instant | null,
  asked: Asked = {},
): Explanation {
  const projection = named(view);
  const subject = moments.subject(projection.of, id, moment.knownAt, asked);
  const folder = new Folder(usedBy(projection));
  const start: Moment = { asOf: from ?? ALWAYS, knownAt: moment.knownAt };
  const reached = from === null ? unfolded(folder, '') : moments.reached(folder, subject, start, asked);
  const policies = moments.policies(moment, asked);
  const see = (asOf: Instant, rulesAt: Instant): unknown =>
    still(
      figureAt(
        moments.viewAs(
          projection,
          reached.states,
          { asOf, knownAt: moment.knownAt, subject },
          policies.at(rulesAt),
          asked,
        ),
        figure,
      ),
    );
  const first = see(start.asOf, start.asOf);
  const aged = see(moment.asOf, start.asOf);
  const ruled = see(moment.asOf, moment.asOf);
  const terms: Term[] = [];
  if (!Object.is(first, aged))
    terms.push({ kind: 'time', before: first ?? null, after: aged ?? null, delta: difference(first, aged) });
  if (!Object.is(aged, ruled)) {
    const events = policies
      .stepsBetween(start.asOf, moment.asOf)
      .map(({ id: eventId, type, position }) => ({ eventId, type, position }));
    terms.push({ kind: 'rules', before: aged ?? null, after: ruled ?? null, delta: difference(aged, ruled), events });
  }
  let before: unknown = ruled;
  const pages = moments.histories.pages(subject, moment, from === null ? beginning : reached, folder.wanted);
  for (const page of pages) {
    for (const event of page) {
      folder.step(reached.states, event, policies, subject);
      const after = see(moment.asOf, moment.asOf);
      if (!same(before, after)) terms.push(termOf(event, before, after));
      before = after;
    }
  }
  if (before === undefined)
    throw new Refusal(
      'view/figure-unknown',
      `There is no figure ${figure} in ${view} of ${id} at that moment; figures are JSON pointers into data, such as ${example(moments, view, id, moment, asked)}`,
    );
  return {
    figure,
    from: { asOf: from === null ? null : iso(from), value: first ?? null },
    to: { asOf: iso(moment.asOf), value: before },
    terms,
  };
}

/** What changed between two moments, figure by figure. */
export function compare(
  moments: Moments,
  view: string,
  id: string,
  a: Moment,
  b: Moment,
  asked: Asked = {},
): { figure: string; before: unknown; after: unknown; delta: number | null }[] {
  const [then, now] = [a, b].map((moment) => figuresIn(moments.view(view, id, moment, asked)));
  const names = [...new Set([...then!.keys(), ...now!.keys()])].sort();
  return names.flatMap((figure) => {
    const [before, after] = [then!.get(figure) ?? null, now!.get(figure) ?? null];
    return same(before, after) ? [] : [{ figure, before, after, delta: difference(before, after) }];
  });
}

/** Steps that a series may take. */
export const everies = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Every = (typeof everies)[number];

/** Points of a series at the most. */
const maxPoints = 2_000;

/** One figure at the end of each day, week, month, quarter or year, in one pass over the History. The last point is the moment itself. */
export function series(
  moments: Moments,
  view: string,
  id: string,
  figure: string,
  every: Every,
  from: Instant | null,
  moment: Moment,
  asked: Asked = {},
): { asOf: string; value: unknown }[] {
  const projection = named(view);
  const subject = moments.subject(projection.of, id, moment.knownAt, asked);
  const folder = new Folder(usedBy(projection));
  const policies = moments.policies(moment, asked);
  const events = moments.histories.events(subject, moment, beginning, folder.wanted);
  const first = from ?? events[0]?.time ?? moment.asOf;
  const ends = endsOf(every, first, moment.asOf, policies.at(moment.asOf).settings);
  if (ends.length > maxPoints) {
    throw new Refusal(
      'view/parameter-invalid',
      `A series of ${ends.length} points is too long, at most ${maxPoints}; take larger steps or a later from`,
      { errors: [{ pointer: '?every', code: 'points', detail: 'take larger steps' }] },
    );
  }
  let reached: Reached = unfolded(folder, '');
  let next = 0;
  return ends.map((asOf) => {
    const until = upTo(events, next, asOf);
    reached = foldOn(folder, reached, [events.slice(next, until)], policies, subject);
    next = until;
    const seen = { asOf, knownAt: moment.knownAt, subject };
    return {
      asOf: iso(asOf),
      value:
        still(figureAt(moments.viewAs(projection, reached.states, seen, policies.at(asOf), asked), figure)) ?? null,
    };
  });
}

function upTo(events: readonly Event<string, object>[], from: number, asOf: Instant): number {
  let index = from;
  while (index < events.length && events[index]!.time <= asOf) index++;
  return index;
}

/** Last instants of the periods from the one that holds `from` on; the moment itself closes the list. */
function endsOf(every: Every, from: Instant, to: Instant, calendar: Calendar): Instant[] {
  const starts: Record<Every, (index: number) => Instant> = {
    day: (i) => startOfDay(dayOf(from, calendar) + i, calendar),
    week: (i) => startOfDay(dayOf(from, calendar) - ((dayOf(from, calendar) + 3) % 7) + 7 * i, calendar),
    month: (i) => startOfMonth(monthOf(from, calendar) + i, calendar),
    quarter: (i) => startOfQuarter(quarterOf(from, calendar) + i, calendar),
    year: (i) => startOfQuarter(Math.floor(quarterOf(from, calendar) / 4) * 4 + 4 * i, calendar),
  };
  const ends: Instant[] = [];
  for (let i = 1; i <= maxPoints + 1; i++) {
    const end = starts[every](i) - 1;
    if (end >= to) break;
    ends.push(end);
  }
  return from <= to ? [...ends, to] : [];
}

function termOf(event: Event<string, object>, before: unknown, after: unknown): Term {
  const { id, type, time, position } = event;
  return {
    kind: 'event',
    eventId: id,
    type,
    time: iso(time),
    position,
    before: before ?? null,
    after: after ?? null,
    delta: difference(before, after),
  };
}

/** The value as it is now: a view's parts are of the state, which goes on. */
const still = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value;

const same = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));

function named(view: string): AnyProjection {
  const projection = projectionNamed(view);
  if (!projection) throw new Refusal('view/unknown', `There is no view ${view}; GET /v1/catalogue lists them`);
  return projection;
}

function example(moments: Moments, view: string, id: string, moment: Moment, asked: Asked): string {
  const found = [...figuresIn(moments.view(view, id, moment, asked))].find(([, value]) => typeof value === 'number');
  return found?.[0] ?? '/total/net';
}
