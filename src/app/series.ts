import {
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
import { figureAt } from '../kernel/figures.js';
import type { Moment } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import { figureUnknown, named, still, upTo } from './explain.js';
import { Folder } from './folder.js';
import { beginning } from './histories.js';
import { type Asked, type Moments, usedBy } from './moments.js';
import { checkFrom } from './parameters.js';
import { foldOn, type Reached, unfolded } from './refold.js';

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
  checkFrom(from, moment.asOf);
  const projection = named(view);
  const subject = moments.subject(projection.of, id, moment.knownAt, asked);
  const folder = new Folder(usedBy(projection, asked.parameters));
  const policies = moments.policies(moment, asked);
  let events = moments.histories.events(subject, moment, beginning, folder.wanted);
  const first = from ?? events[0]?.time ?? moment.asOf;
  const ends = endsOf(every, first, moment.asOf, policies.at(moment.asOf).settings);
  if (ends.length > maxPoints) {
    throw new Refusal(
      'view/parameter-invalid',
      `A series of ${ends.length} points is too long, at most ${maxPoints}; take larger steps or a later from`,
      { errors: [{ pointer: '?every', code: 'points', detail: 'take larger steps' }] },
    );
  }
  const membersAt = (asOf: Instant) => moments.histories.composition(subject, { ...moment, asOf }).join();
  let [reached, next, members]: [Reached, number, string] = [unfolded(folder, ''), 0, membersAt(moment.asOf)];
  const values = ends.map((asOf, i) => {
    const now = membersAt(asOf);
    if (now !== members) {
      // another account was merged into it or parted from it: another History from here on
      const until = ends.findIndex((later, j) => j > i && membersAt(later) !== now);
      const last = ends[until === -1 ? ends.length - 1 : until - 1]!;
      events = moments.histories.events(subject, { ...moment, asOf: last }, beginning, folder.wanted);
      [reached, next, members] = [unfolded(folder, ''), 0, now];
    }
    const until = upTo(events, next, asOf);
    reached = foldOn(folder, reached, [events.slice(next, until)], policies, subject);
    next = until;
    const seen = { asOf, knownAt: moment.knownAt, subject };
    return still(figureAt(moments.viewAs(projection, reached.states, seen, policies.at(asOf), asked), figure));
  });
  if (ends.length > 0 && values.every((value) => value === undefined))
    throw figureUnknown(moments, view, id, figure, moment, asked);
  return ends.map((asOf, i) => ({ asOf: iso(asOf), value: values[i] ?? null }));
}

/** Last instants of the periods from the one that holds `from` on; the moment itself closes the list. */
function endsOf(every: Every, from: Instant, to: Instant, calendar: Calendar): Instant[] {
  const starts: Record<Every, (index: number) => Instant> = {
    day: (i) => startOfDay(dayOf(from, calendar) + i, calendar),
    week: (i) => startOfDay(Math.floor((dayOf(from, calendar) + 3) / 7) * 7 - 3 + 7 * i, calendar),
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
