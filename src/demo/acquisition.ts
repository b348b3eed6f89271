import type { AcquisitionType, CostCategory } from '../domain/books/books.events.js';
import type { Approach } from '../domain/vocabulary.js';
import type { Account } from './account.js';
import { days, plus, roll } from './days.js';
import { type Member, memberId } from './members.js';

/** How a customer was pursued. Amounts in whole units. */
export interface Pursuit {
  readonly id?: string;
  readonly purpose?: 'ACQUISITION' | 'GROWTH' | 'WIN_BACK';
  readonly from: string;
  readonly to: string;
  readonly by: Member;
  readonly approach: Approach;
  readonly value: number;
  readonly planned: number;
  /** What it really cost, as a multiple of what was planned. */
  readonly overrun?: number;
  readonly competitor?: string;
  readonly end?: 'WON' | 'LOST' | 'OPEN';
}

const kinds: readonly (readonly [AcquisitionType, CostCategory, share: number])[] = [
  ['TRIAL_DISCOUNT', 'OTHER', 18],
  ['FIRST_ORDER_DISCOUNT', 'OTHER', 14],
  ['CUSTOMER_STARTUP', 'STARTUP', 22],
  ['TIME', 'TEAM_TIME', 20],
  ['TRAVEL', 'TRAVEL', 9],
  ['PRESENTATION', 'PRE_SALES', 8],
  ['MEETING', 'MEETINGS', 5],
  ['ENTERTAINMENT', 'ENTERTAINMENT', 4],
];

/** What a pursuit spends on: who never ordered got no discount on an order, and more business with a customer is not acquisition. */
const spentOn = ({ purpose, end }: Pursuit): typeof kinds =>
  purpose === 'GROWTH'
    ? []
    : kinds.slice(end === 'LOST' ? 2 : 0).filter(([type]) => end !== 'OPEN' || type !== 'FIRST_ORDER_DISCOUNT');

/** Goes after a customer: people meet, money is spent in the eight ways, and it is won, lost or still open. */
export function pursue(account: Account, pursuit: Pursuit): void {
  const { from, to, by, approach, value, planned, competitor, purpose = 'ACQUISITION', end = 'WON' } = pursuit;
  const pursuitId = pursuit.id ?? 'first';
  const how = purpose === 'ACQUISITION' ? { approach } : {};
  account.tell('OpenPursuit', from, {
    pursuitId,
    purpose,
    plannedCost: account.money(planned),
    value: account.money(value),
    category: 'Gearboxes',
    ...how,
    ...(competitor === undefined ? {} : { fromCompetitor: competitor }),
  });
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  for (const [i, stage] of (['QUALIFIED', 'PROPOSED', 'NEGOTIATING'] as const).entries())
    if (end !== 'OPEN' || i < 2)
      account.tell('AdvancePursuit', plus(from, Math.round((length * (i + 1)) / 4.5)), { pursuitId, stage });
  const every = Math.max(8, Math.round(length / 12));
  for (const [n, day] of days(plus(from, 4), to, every).entries()) {
    const kind = (['CALL', 'VISIT', 'PRESENTATION', 'MEETING'] as const)[n % 4]!;
    account.meet(day, kind, [by], [account.contacts[n % Math.min(2, account.contacts.length)]!], { pursuitId });
  }
  for (const [i, [acquisition, category, share]] of spentOn(pursuit).entries()) {
    const amount = Math.round((planned * (pursuit.overrun ?? 1) * (share + roll(`${account.id}${i}`, 5) - 2)) / 100);
    const day = plus(from, Math.round((length * (i + 1)) / 9));
    account.tell('RecordCost', day, {
      costId: `A-${pursuitId}-${i + 1}`,
      category,
      amount: account.money(amount),
      pursuitId,
      acquisition,
    });
  }
  if (end === 'WON')
    account.tell('WinPursuit', to, { pursuitId, value: account.money(value), ...how, wonBy: [memberId(by)] });
  if (end === 'LOST')
    account.tell('LosePursuit', to, {
      pursuitId,
      reason: 'Their board preferred one supplier',
      lostTo: 'Nortek Drives',
    });
}
