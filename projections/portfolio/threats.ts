import { daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import type { Report, ReportAccount } from '../../src/kernel/projection.js';
import { reductionsOf } from '../profile/agreed.js';
import { type Defence, defenceOf, defendedDays, defendedPoints } from '../profile/rivals.js';
import type { ProfileState } from '../profile/state.js';
import type { StagesState } from '../stages/state.js';
import { type Interval, proportionInterval } from '../statistics/intervals.js';
import { byId } from './window.js';

/** What a competitor did to a customer, and whether we held our share. */
export interface MoveLine extends Defence {
  readonly accountId: string;
  readonly moveId: string;
  readonly competitor: string;
  readonly category: string;
  readonly impact: string;
  readonly at: string;
  readonly daysAgo: number;
  readonly posture: string | null;
}

/** How often we held our share; n leaves out moves that cannot be judged (yet). */
export interface Defended {
  readonly value: number | null;
  readonly reason?: 'none-judged';
  readonly defended: number;
  readonly n: number;
  readonly undecided: number;
  readonly interval: Interval | null;
}

/** A programme by which a customer cuts down its suppliers, with what staying would be worth (E6). */
export type ReductionLine = { readonly accountId: string } & ReturnType<typeof reductionsOf>[number];

/** Dangers from outside: competitors, and customers that want fewer suppliers. */
export interface ThreatsReport {
  readonly moves: readonly MoveLine[];
  readonly defended: Defended;
  readonly competitors: readonly ({ readonly competitor: string; readonly moves: number } & Defended)[];
  readonly reductions: readonly ReductionLine[];
  /** Undecided reductions in which our place is not safe. */
  readonly exposed: readonly string[];
  readonly discountSchemes: readonly {
    readonly accountId: string;
    readonly schemeId: string;
    readonly category: string | null;
    readonly announcedAt: string;
    readonly until: string | null;
    readonly daysLeft: number | null;
    readonly eventId: string;
  }[];
  readonly rule: { readonly days: number; readonly points: number };
}

/** What is kept of an account: moves against it with their times, programmes that cut down suppliers, and discount schemes. */
interface Threatened {
  readonly accountId: string;
  readonly moves: readonly (MoveLine & { readonly time: Instant })[];
  readonly reductions: readonly ReductionLine[];
  readonly schemes: ThreatsReport['discountSchemes'];
}

/** Who attacks us, where, and whether we hold. From and to choose moves by their day; reductions are those of the moment. */
export const threats: Report<ThreatsReport, Threatened> = {
  name: 'threats',
  version: 1,
  question: { en: 'Who attacks us, and do we hold?', zh: '谁在进攻我们,我们守住了吗?' },
  uses: ['profile', 'stages'],
  extract: (account, { asOf, from, to }, { settings }) => {
    const { accountId, states } = account;
    const profile = states.profile as ProfileState;
    const stages = states.stages as StagesState;
    return {
      accountId,
      moves: profile.moves
        .filter(({ at }) => (from === null || at >= from) && (to === null || at < to))
        .map(({ at, eventId, ...move }) => {
          const { eventIds, ...defence } = defenceOf(stages, { ...move, at }, settings);
          const when = { at: iso(at), daysAgo: daysBetween(at, asOf, settings), time: at };
          const posture = profile.postures.at(-1)?.posture ?? null;
          return { accountId, ...move, ...when, posture, ...defence, eventIds: [eventId, ...eventIds] };
        }),
      reductions: reductionsOf(stages, asOf, settings).map((one) => ({ accountId, ...one })),
      schemes: schemesOf(account, asOf, settings),
    };
  },
  report: (told) => {
    const sorted = [...told].sort(byId);
    const moves = sorted
      .flatMap((one) => one.moves)
      .sort((a, b) => b.time - a.time || byId(a, b))
      .map(({ time: _time, ...move }): MoveLine => move);
    const reductions = sorted.flatMap((one) => one.reductions);
    reductions.sort((a, b) => Number(a.decided) - Number(b.decided) || a.daysLeft - b.daysLeft || byId(a, b));
    return {
      moves,
      defended: defendedOf(moves),
      competitors: [...new Set(moves.map(({ competitor }) => competitor))].sort().map((competitor) => {
        const own = moves.filter((move) => move.competitor === competitor);
        return { competitor, moves: own.length, ...defendedOf(own) };
      }),
      reductions,
      exposed: [
        ...new Set(
          reductions.filter(({ decided, ourSlot }) => !decided && ourSlot !== 'SAFE').map(({ accountId }) => accountId),
        ),
      ],
      discountSchemes: sorted.flatMap(({ schemes }) => schemes),
      rule: { days: defendedDays, points: defendedPoints },
    };
  },
};

function defendedOf(moves: readonly MoveLine[]): Defended {
  const judged = moves.filter((move) => move.defended !== null);
  const defended = judged.filter((move) => move.defended === true).length;
  const n = judged.length;
  const counted = { defended, n, undecided: moves.length - n, interval: proportionInterval(defended, n) };
  return n === 0 ? { value: null, reason: 'none-judged', ...counted } : { value: defended / n, ...counted };
}

function schemesOf(
  { accountId, states }: ReportAccount,
  asOf: number,
  settings: Parameters<typeof daysBetween>[2],
): ThreatsReport['discountSchemes'] {
  return Object.entries((states.profile as ProfileState).schemes)
    .filter(([, { until }]) => until === null || asOf < until)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([schemeId, { category, at, until, eventId }]) => ({
      accountId,
      schemeId,
      category,
      announcedAt: iso(at),
      until: until === null ? null : iso(until),
      daysLeft: until === null ? null : daysBetween(asOf, until - 1, settings),
      eventId,
    }));
}
