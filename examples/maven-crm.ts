/**
 * Maven Analytics' "CRM Sales Opportunities" (a fictitious seller of computer hardware, public domain): accounts and their groups
 * from `accounts.csv`, agents from `sales_teams.csv`, pursuits from `sales_pipeline.csv`, in that order.
 *
 *     npx taproot import examples/maven-crm.ts accounts.csv sales_teams.csv sales_pipeline.csv
 *
 * A pursuit needs an account and a day on which it began: opportunities without are reported, not guessed.
 */
import { mapping, note, person, reject } from 'taproot/import';

type Row = Record<string, string>;

/** Misspellings of the source, as they are read. */
const products: Record<string, string> = { GTXPro: 'GTX Pro' };
const sectors: Record<string, string> = { technolgy: 'technology' };

export default mapping<Row>({
  source: 'maven-crm',
  // subsidiaries name accounts that stand further down, so the whole file of accounts is one record
  key: (row) =>
    row.opportunity_id
      ? `opportunity/${row.opportunity_id}`
      : row.sector !== undefined
        ? 'accounts'
        : row.manager
          ? `agent/${row.sales_agent}`
          : null,
  commands: (rows) => {
    const [first] = rows as [Row, ...Row[]];
    if (first.opportunity_id) return pursuit(first);
    return first.sector === undefined ? [agent(first)] : accounts(rows);
  },
});

const accountId = (name: string): string => name.trim().replace(/[^A-Za-z0-9]+/g, '-');

function accounts(rows: readonly Row[]) {
  const registered = rows.map((row) => {
    const industry = sectors[row.sector!] ?? row.sector!;
    if (industry !== row.sector) note(row, 'sector', row.sector, industry);
    return {
      command: 'RegisterAccount',
      accountId: accountId(row.account!),
      name: row.account,
      customerType: 'OTHER',
      currency: 'USD',
      industry,
      region: row.office_location,
      occurredAt: '2016-10-20',
    };
  });
  const placed = rows
    .filter((row) => row.subsidiary_of)
    .map((row) => ({
      command: 'PlaceAccountUnder',
      accountId: accountId(row.account!),
      parentId: accountId(row.subsidiary_of!),
      occurredAt: '2016-10-20',
    }));
  return [...registered, ...placed];
}

function agent(row: Row) {
  return {
    command: 'AddMember',
    memberId: person(row.sales_agent!, 'member'),
    name: row.sales_agent,
    function: 'SALES',
    seniority: 1,
    qualifications: [],
    occurredAt: '2016-10-20',
  };
}

function pursuit(row: Row) {
  if (!row.account) {
    reject(row, 'account', `an opportunity in stage ${row.deal_stage} names no account`);
    return [];
  }
  if (!row.engage_date) {
    reject(row, 'engage_date', `an opportunity in stage ${row.deal_stage} has no date on which it began`);
    return [];
  }
  const category = products[row.product!] ?? row.product!;
  if (category !== row.product) note(row, 'product', row.product, category);
  const at = { accountId: accountId(row.account), pursuitId: row.opportunity_id };
  const opened = { command: 'OpenPursuit', ...at, purpose: 'GROWTH', category, occurredAt: row.engage_date };
  if (row.deal_stage === 'Won') {
    const value = { minor: Math.round(Number(row.close_value) * 100), currency: 'USD' };
    return [
      opened,
      { command: 'WinPursuit', ...at, value, wonBy: [person(row.sales_agent!, 'member')], occurredAt: row.close_date },
    ];
  }
  return row.deal_stage === 'Lost' ? [opened, { command: 'LosePursuit', ...at, occurredAt: row.close_date }] : [opened];
}
