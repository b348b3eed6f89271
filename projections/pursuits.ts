import type { ActivityEvent } from '../src/domain/activity/activity.events.js';
import { inParts, once } from '../src/kernel/figures.js';
import { iso } from '../src/kernel/instant.js';
import type { Money } from '../src/kernel/money.js';
import type { Policy } from '../src/kernel/policy.js';
import type { Projection, Subject } from '../src/kernel/projection.js';
import { own, ownOr } from './keyed.js';
import { orderDaysOf } from './performance/days.js';
import { keyOf } from './performance/books.js';
import { inCurrency, pairOf } from './performance/pricing.js';
import type { PerformanceState } from './performance/state.js';
import { linesOf, type PursuitLine } from './pursuits/course.js';
import { initial, opened, type PursuitsState } from './pursuits/state.js';

/** The answer of `pursuits`. */
export interface PursuitsView {
  readonly pursuits: readonly PursuitLine[];
  readonly open: number;
  readonly won: number;
  readonly lost: number;
  readonly winRate: number | null;
  readonly winRateReason?: 'none-decided';
  /** Wins from competitors as claimed, and those of them that an order followed (H3). */
  readonly captures: { readonly claimed: number; readonly counted: number };
  readonly firstContact: { readonly at: string; readonly eventId: string } | null;
  readonly firstContactReason?: 'never-met';
  /** People of theirs ever spoken to, both ways. */
  readonly contactsMet: number;
}

/** What we went after at an account, and what came of it. */
export const pursuits: Projection<PursuitsState, PursuitsView, ActivityEvent> = {
  name: 'pursuits',
  version: 2,
  of: 'account',
  question: { en: 'What are we going after, and what came of it?', zh: '我们在争取什么业务,结果如何?' },
  initial,
  policy: ['fx'],
  uses: ['performance'],
  on: {
    PursuitOpened: (state, event, rules, subject) => {
      const { id, time, data } = event;
      ownOr(state.pursuits, keyOf(event, data.pursuitId, subject), () =>
        opened(data, [time, id], worth(data.value, rules, subject)),
      );
    },
    PursuitAdvanced: (state, event, _rules, subject) => {
      const { pursuitId, stage } = event.data;
      own(state.pursuits, keyOf(event, pursuitId, subject))?.steps.push({ stage, at: event.time, eventId: event.id });
    },
    PursuitWon: (state, event, rules, subject) => {
      const { id, time, data } = event;
      const pursuit = own(state.pursuits, keyOf(event, data.pursuitId, subject));
      if (!pursuit) return;
      const { value } = worth(data.value, rules, subject);
      const approach = data.approach ?? null;
      pursuit.close ??= { won: true, at: time, eventId: id, value, approach, wonBy: data.wonBy, lostTo: null };
    },
    PursuitLost: (state, event, _rules, subject) => {
      const { id, time, data } = event;
      const pursuit = own(state.pursuits, keyOf(event, data.pursuitId, subject));
      const lostTo = data.lostTo ?? null;
      if (pursuit)
        pursuit.close ??= { won: false, at: time, eventId: id, value: null, approach: null, wonBy: [], lostTo };
    },
    InteractionLogged: (state, { id, time, data: { kind, twoWay, ours, theirs } }) => {
      if (kind === 'CAMPAIGN' || !(twoWay ?? kind !== 'MESSAGE') || ours.length === 0 || theirs.length === 0) return;
      state.firstContact ??= [time, id];
      for (const { contactId } of theirs) ownOr(state.met, contactId, () => time);
    },
  },
  view: (state, { asOf }, { settings }, used) => {
    const lines = once(() => {
      const performance = used.states.performance as PerformanceState | undefined;
      return linesOf(state, performance ? orderDaysOf(performance) : [], asOf, settings);
    });
    const standing = (what: PursuitLine['standing']) => lines().filter((line) => line.standing === what).length;
    const [won, lost] = [once(() => standing('WON')), once(() => standing('LOST'))];
    const decided = () => won() + lost();
    const captures = () => lines().flatMap(({ capture }) => capture ?? []);
    const first = state.firstContact;
    return inParts<PursuitsView>([
      ['pursuits', () => ({ pursuits: lines() })],
      ['open won lost', () => ({ open: lines().length - decided(), won: won(), lost: lost() })],
      [
        'winRate winRateReason',
        () => (decided() === 0 ? { winRate: null, winRateReason: 'none-decided' } : { winRate: won() / decided() }),
      ],
      [
        'captures',
        () => ({
          captures: { claimed: captures().length, counted: captures().filter(({ counted }) => counted).length },
        }),
      ],
      [
        'firstContact firstContactReason',
        () =>
          first
            ? { firstContact: { at: iso(first[0]), eventId: first[1] } }
            : { firstContact: null, firstContactReason: 'never-met' },
      ],
      ['contactsMet', () => ({ contactsMet: Object.keys(state.met).length })],
    ]);
  },
  rows: {
    columns: {
      pursuitId: { kind: 'text', says: 'The pursuit' },
      purpose: { kind: 'text', says: 'ACQUISITION, GROWTH or WIN_BACK' },
      openedAt: { kind: 'instant', says: 'When it was opened' },
      stage: { kind: 'text', says: 'How far it came before it was decided; null: no further than opened' },
      closedAt: { kind: 'instant', says: 'When it was told won or lost; null: not told' },
      won: { kind: 'integer', says: '1 told won, 0 told lost; null: neither' },
      value: { kind: 'money', says: 'Value as won, else as estimated, in the account’s currency' },
      approach: { kind: 'text', says: 'Way of selling' },
      fromCompetitor: { kind: 'text', says: 'The competitor that held the business' },
    },
    of: (state) =>
      Object.entries(state.pursuits).map(
        ([pursuitId, { purpose, at, steps, close, value, approach, fromCompetitor }]) => ({
          pursuitId,
          purpose,
          openedAt: iso(at),
          stage: steps.at(-1)?.stage ?? null,
          closedAt: close ? iso(close.at) : null,
          won: close ? Number(close.won) : null,
          value: close?.value ?? value,
          approach: close?.approach ?? approach,
          fromCompetitor,
        }),
      ),
  },
};

/** An amount in the account's currency at the rate of its time; without one, the pair that is missing. */
function worth(
  amount: Money | undefined,
  { fx }: Policy,
  subject: Subject,
): { readonly value: number | null; readonly missing: string | null } {
  if (amount === undefined) return { value: null, missing: null };
  const currency = subject.currency ?? amount.currency;
  const value = inCurrency(amount, currency, fx);
  return { value, missing: value === null ? pairOf(amount.currency, currency) : null };
}
