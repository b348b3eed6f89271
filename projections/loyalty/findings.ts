import { type Calendar, dateOf, iso } from '../../src/kernel/instant.js';
import type { Finding } from '../contacts/findings.js';
import type { Attitude, loyaltyType } from './attitude.js';
import type { Series } from './series.js';
import type { LoyaltyState } from './state.js';
import type { Spell } from './tenure.js';
import type { Wallet } from './wallet.js';

/** What the findings look at besides the state. */
export interface Looked {
  readonly type: ReturnType<typeof loyaltyType>;
  readonly trends: Series['trends'];
  readonly wallet: Wallet;
  readonly nps: Attitude;
  readonly spells: readonly Spell[];
}

/** Alarms about loyalty, each with the events it was drawn from. */
export function findingsOf(state: LoyaltyState, looked: Looked, calendar: Calendar): Finding[] {
  return [...spurious(looked), ...falling(state, looked), ...ended(state, looked, calendar)];
}

function spurious({ type, wallet, nps }: Looked): Finding[] {
  if (type.value !== 'SPURIOUS') return [];
  return [
    {
      code: 'SPURIOUS_LOYALTY',
      since: null,
      eventIds: [...wallet.categories.map(({ eventId }) => eventId), ...nps.eventIds],
      detail: `Share of wallet is ${wallet.value}, yet they recommend us at ${nps.recommend} on the mean of ${nps.n}`,
      policy: { recommendHigh: type.recommendHigh, walletHigh: type.walletHigh },
    },
  ];
}

/** A measure that falls significantly stands on every estimate, or every answer, that was told. */
function falling(state: LoyaltyState, { trends }: Looked): Finding[] {
  const told = {
    shareOfWallet: state.estimates.map(({ eventId }) => eventId),
    recommend: state.answers.map(([, , , , eventId]) => eventId),
  };
  return (['shareOfWallet', 'recommend'] as const).flatMap((measure): Finding[] => {
    const course = trends[measure];
    if (course.verdict !== 'falling') return [];
    const detail = `${measure} falls by ${-course.slope} a quarter over ${course.n} quarters from ${course.from} to ${course.to} (p ${course.p})`;
    return [{ code: 'LOYALTY_FALLING', since: null, eventIds: told[measure], detail }];
  });
}

function ended(state: LoyaltyState, { spells }: Looked, calendar: Calendar): Finding[] {
  const last = spells.at(-1);
  if (!last?.endAt) return [];
  const detail = `The account ended on ${dateOf(last.endAt, calendar)}: ${last.end}`;
  return [{ code: 'ENDED', since: iso(last.endAt), eventIds: endedBy(state, last), detail }];
}

/** The declaration of EXITED; what last was said of the contracts that ended then; or the last regular order, after which none came. */
function endedBy({ stages, contracts, lastOrder }: LoyaltyState, { end, endAt }: Spell): string[] {
  if (end === 'EXITED') return stages.flatMap(([, time, eventId]) => (time === endAt ? [eventId] : []));
  if (end === 'NO_ORDER') return lastOrder === null ? [] : [lastOrder.eventId];
  return Object.keys(contracts)
    .sort()
    .flatMap((id) => {
      const { spans, renewals, ended: over, eventId } = contracts[id]!;
      if (!spans.some(([, to]) => to === endAt)) return [];
      return [over?.time === endAt ? over.eventId : (renewals.at(-1)?.eventId ?? eventId)];
    });
}
