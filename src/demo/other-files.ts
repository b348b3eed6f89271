import { Account } from './account.js';
import { type Pursuit, pursue } from './acquisition.js';
import { lastDay, plus, roll } from './days.js';
import { register } from './key-files.js';
import { callOn } from './meetings.js';
import { otherCustomers } from './other-customers.js';
import type { Telling } from './telling.js';
import { trade } from './trade.js';

/** How those were won who were not there from the first day. */
const won: Readonly<Record<string, Pursuit>> = {
  'HELIX-US': {
    from: '2022-01-20',
    to: '2022-03-28',
    by: 'wen',
    approach: 'FARMER',
    value: 400_000,
    planned: 22_000,
    overrun: 1.1,
  },
  FALCATA: {
    from: '2023-12-11',
    to: '2024-02-19',
    by: 'sharp',
    approach: 'HUNTER',
    value: 320_000,
    planned: 18_000,
    overrun: 2.3,
    competitor: 'Nortek Drives',
  },
  WISP: {
    from: '2022-11-21',
    to: '2023-01-30',
    by: 'sharp',
    approach: 'HUNTER',
    value: 150_000,
    planned: 12_000,
    overrun: 1.8,
    competitor: 'Alpenzahn',
  },
  RAPIER: {
    from: '2022-08-15',
    to: '2022-10-24',
    by: 'sharp',
    approach: 'HUNTER',
    value: 210_000,
    planned: 15_000,
    overrun: 1.4,
    competitor: 'Nortek Drives',
  },
  STILETTO: {
    from: '2022-06-07',
    to: '2024-05-14',
    by: 'sharp',
    approach: 'HUNTER',
    value: 260_000,
    planned: 14_000,
    overrun: 2.9,
    end: 'LOST',
  },
  NORDLYS: { from: '2021-12-20', to: '2022-04-25', by: 'oduya', approach: 'FARMER', value: 140_000, planned: 9_000 },
  TRAMLINE: {
    from: '2023-03-13',
    to: '2023-05-22',
    by: 'sharp',
    approach: 'HUNTER',
    value: 240_000,
    planned: 16_000,
    overrun: 1.2,
    competitor: 'Alpenzahn',
  },
  RAILCRAFT: {
    from: '2025-06-16',
    to: '2025-08-18',
    by: 'sharp',
    approach: 'HUNTER',
    value: 330_000,
    planned: 21_000,
    overrun: 1.5,
  },
  MARLOW: {
    from: '2021-12-13',
    to: '2022-08-22',
    by: 'moreau',
    approach: 'FARMER',
    value: 160_000,
    planned: 15_000,
    overrun: 1.3,
  },
  EMBER: { from: '2021-12-06', to: '2021-12-28', by: 'moreau', approach: 'FARMER', value: 60_000, planned: 3_000 },
  TONNE: { from: '2022-01-17', to: '2022-02-21', by: 'brink', approach: 'MILK_ROUND', value: 45_000, planned: 1_500 },
  REET: { from: '2021-12-08', to: '2021-12-27', by: 'brink', approach: 'MILK_ROUND', value: 50_000, planned: 1_200 },
  LARK: { from: '2021-12-09', to: '2022-01-24', by: 'oduya', approach: 'FARMER', value: 110_000, planned: 6_000 },
};

/** The files of the customers that are no key accounts: who they are, whom one knows, and their trade. */
export function otherFiles(telling: Telling, accounts: Map<string, Account>): void {
  for (const customer of otherCustomers) {
    const account = new Account(telling, customer);
    accounts.set(customer.id, account);
    const pursuit = won[customer.id];
    const first = pursuit?.from ?? (customer.since === undefined ? '2025-09-01' : `${customer.since}-01`);
    const begin = first <= '2021-12-20' ? '2021-12-01' : plus(first, -5);
    register(telling, account, `${begin}T05:40:00Z`);
    account.knows(`${begin}T06:00:00Z`, 'PURCHASING', 2, 'BUYER');
    if (customer.type === 'OEM_MAKER') account.knows(`${begin}T06:00:00Z`, 'ENGINEERING', 2, 'USER');
    if (pursuit) pursue(account, pursuit);
    trade(account);
    const from = pursuit?.to ?? plus(begin, 9);
    const until = customer.until ? `${customer.until}-28` : lastDay;
    if (customer.since && customer.seller !== 'brink') callOn(account, from, until, customer.every === 1 ? 66 : 84);
    approach(account, pursuit);
  }
}

/** How we mean to sell to them, and what they could be worth. */
function approach(account: Account, pursuit: Pursuit | undefined): void {
  const { seller, since, monthly, margin, growth } = account.customer;
  const chosen = seller === 'brink' ? 'MILK_ROUND' : (pursuit?.approach ?? 'FARMER');
  const at = pursuit?.to ?? `${since ?? '2025-09'}-15`;
  account.tell('AssignSellingApproach', at, { approach: chosen, reason: 'As they were won' });
  account.tell('EstimatePotential', at, {
    availableSales3y: account.money(monthly * 90_000 + 50_000),
    growthPct: Math.round(growth * 100),
    expectedRetention: (70 + roll(account.id, 20)) / 100,
    margin: account.money(Math.round(monthly * 12_000 * margin)),
    source: 'seller',
  });
}
