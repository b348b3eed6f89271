import { projectionNamed } from '../../projections/registry.js';
import type { Event } from '../kernel/event.js';
import { difference, figuresIn, pathOf, valueAt } from '../kernel/figures.js';
import { ALWAYS, type Instant, iso } from '../kernel/instant.js';
import { Keeper } from '../kernel/keeper.js';
import type { AnyProjection, Moment, Subject } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import { Folder, type FoldStates } from './folder.js';
import { beginning } from './histories.js';
import { type Asked, type Moments, usedBy } from './moments.js';
import { checkFrom } from './parameters.js';
import { foldOn, unfolded } from './refold.js';

/** An event that a term is about. */
export interface Told {
  readonly eventId: string;
  readonly type: string;
  readonly position: number;
}

/** One line of a figure's bank statement. Numbers have a delta; other values only what they were and became. */
export interface Term {
  readonly kind: 'time' | 'rules' | 'structure' | 'event';
  readonly eventId?: string;
  readonly type?: string;
  readonly time?: string;
  readonly position?: number;
  readonly before: unknown;
  readonly after: unknown;
  readonly delta: number | null;
  /** Of the term *rules* the programme's events, of the term *structure* the merges and partings. */
  readonly events?: readonly Told[];
}

/** How a figure came to be what it is: `from` + all terms = `to`. */
export interface Explanation {
  readonly figure: string;
  readonly from: { readonly asOf: string | null; readonly value: unknown };
  readonly to: { readonly asOf: string; readonly value: unknown };
  readonly terms: readonly Term[];
}

/** The bank statement of one figure of an account's view: the passing of time, the change of rules, accounts merged into it or parted from it since, then each event that moved it. */
export function explain(
  moments: Moments,
  view: string,
  id: string,
  figure: string,
  moment: Moment,
  from: Instant | null,
  asked: Asked = {},
): Explanation {
  checkFrom(from, moment.asOf);
  const projection = named(view);
  const subject = moments.subject(projection.of, id, moment.knownAt, asked);
  const folder = new Folder(usedBy(projection, asked.parameters));
  const start: Moment = { asOf: from ?? ALWAYS, knownAt: moment.knownAt };
  let reached = from === null ? unfolded(folder, '') : moments.reached(folder, subject, start, asked);
  const policies = moments.policies(moment, asked);
  const path = pathOf(figure);
  const looking = (asOf: Instant, rulesAt: Instant, states = reached.states): (() => unknown) => {
    const seen = { asOf, knownAt: moment.knownAt, subject };
    const look = moments.looking(projection, states, seen, policies.at(rulesAt), asked);
    return () => still(valueAt(look(), path));
  };
  const see = (asOf: Instant, rulesAt: Instant): unknown => looking(asOf, rulesAt)();
  const first = see(start.asOf, start.asOf);
  const aged = see(moment.asOf, start.asOf);
  const ruled = see(moment.asOf, moment.asOf);
  const terms: Term[] = [];
  if (!Object.is(first, aged))
    terms.push({ kind: 'time', before: first ?? null, after: aged ?? null, delta: difference(first, aged) });
  if (!Object.is(aged, ruled)) {
    const events = policies.stepsBetween(start.asOf, moment.asOf).map(toldOf);
    terms.push({ kind: 'rules', before: aged ?? null, after: ruled ?? null, delta: difference(aged, ruled), events });
  }
  let before: unknown = ruled;
  let pages: Iterable<readonly Event<string, object>[]>;
  const joined = from === null ? [] : structureBetween(moments, subject, start, moment);
  if (joined.length === 0)
    pages = moments.histories.pages(subject, moment, from === null ? beginning : reached, folder.wanted);
  else {
    const all = moments.histories.events(subject, moment, beginning, folder.wanted);
    const until = upTo(all, 0, start.asOf);
    reached = foldOn(folder, unfolded(folder, ''), [all.slice(0, until)], policies, subject);
    pages = [all.slice(until)];
    const after = see(moment.asOf, moment.asOf);
    if (!same(before, after))
      terms.push({
        kind: 'structure',
        before: before ?? null,
        after: after ?? null,
        delta: difference(before, after),
        events: joined,
      });
    before = after;
  }
  const keeper = new Keeper();
  const folded = mapped(reached.states, (state) => keeper.folded(state));
  const seen = mapped(reached.states, (state) => keeper.seen(state));
  const now = looking(moment.asOf, moment.asOf, seen);
  const step = folder.stepping(folded, policies, subject);
  for (const page of pages) {
    for (const event of page) {
      keeper.next();
      step(event);
      const after = keeper.part('figure', now);
      if (!same(before, after)) terms.push(termOf(event, before, after));
      before = after;
    }
  }
  if (before === undefined) throw figureUnknown(moments, view, id, figure, moment, asked);
  return {
    figure,
    from: { asOf: from === null ? null : iso(from), value: first ?? null },
    to: { asOf: iso(moment.asOf), value: before },
    terms,
  };
}

/** Merges and partings after which another History is the account's; none where it is the same. */
function structureBetween({ histories, structures }: Moments, subject: Subject, a: Moment, b: Moment): Told[] {
  const [then, now] = [a, b].map((moment) => histories.composition(subject, moment));
  if (then!.join() === now!.join()) return [];
  const sides = new Set([...then!, ...now!]);
  return structures
    .known(b.knownAt)
    .filter(({ type, time, data }) => {
      const { from } = data as { from?: string };
      return type !== 'AccountPlacedUnder' && time > a.asOf && time <= b.asOf && from !== undefined && sides.has(from);
    })
    .map(toldOf);
}

const mapped = (states: FoldStates, to: (state: object) => object): FoldStates =>
  Object.fromEntries(Object.entries(states).map(([key, state]) => [key, to(state)]));

const toldOf = ({ id: eventId, type, position }: Event<string, object>): Told => ({ eventId, type, position });

/** How many of the events, which are in order, had happened by an instant; counted from one that had. */
export function upTo(events: readonly Event<string, object>[], from: number, asOf: Instant): number {
  let index = from;
  while (index < events.length && events[index]!.time <= asOf) index++;
  return index;
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
export const still = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value;

const same = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));

/** The projection of a view. */
export function named(view: string): AnyProjection {
  const projection = projectionNamed(view);
  if (!projection) throw new Refusal('view/unknown', `There is no view ${view}; GET /v1/catalogue lists them`);
  return projection;
}

/** Refuses a pointer that no figure stands at, naming one that is there. */
export function figureUnknown(
  moments: Moments,
  view: string,
  id: string,
  figure: string,
  moment: Moment,
  asked: Asked,
): Refusal {
  return new Refusal(
    'view/figure-unknown',
    `There is no figure ${figure} in ${view} of ${id} at that moment; figures are JSON pointers into data, such as ${example(moments, view, id, moment, asked)}`,
  );
}

function example(moments: Moments, view: string, id: string, moment: Moment, asked: Asked): string {
  const found = [...figuresIn(moments.view(view, id, moment, asked))].find(([, value]) => typeof value === 'number');
  return found?.[0] ?? '/total/net';
}
