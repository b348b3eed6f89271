import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { Events } from '../../src/app/events.js';
import { mapping, note, person, reject } from '../../src/app/import/mapping.js';
import { Reads } from '../../src/app/reads.js';
import type { Taproot } from '../../src/app/taproot.js';
import { admin } from '../../src/http/access.js';
import { importOf } from './imports.js';
import { freshDirectory, openIn } from './service.js';

/** A row of an old system's bills. */
export interface BillRow {
  readonly id: string;
  readonly customer: string;
  readonly name?: string;
  readonly amount: string;
  readonly day: string;
  readonly known?: string;
  readonly by?: string;
  readonly buyer?: string;
}

/** Bills of an old system: a customer with a name is registered, a buyer added. */
export const bills = mapping<BillRow>({
  source: 'oldbooks',
  key: ({ id }) => (id === undefined || id === '' ? null : id),
  claims: ([first]) => ({
    ...(first!.known ? { knownAt: first!.known } : {}),
    ...(first!.by ? { actor: first!.by } : {}),
  }),
  commands: ([row]) => {
    const { id, customer, name, amount, day, buyer } = row!;
    if (!/^\d+$/.test(amount)) {
      reject(row, 'amount', `${amount} is no amount`);
      return [];
    }
    const accountId = customer.trim();
    if (customer !== accountId) note(row, 'customer', customer, accountId);
    const account = { accountId, name, customerType: 'OEM_MAKER', currency: 'EUR', occurredAt: '2024-01-01' };
    const gross = { minor: Number(amount), currency: 'EUR' };
    const contact = { accountId, name: buyer, function: 'PURCHASING', seniority: 1, occurredAt: day };
    return [
      ...(name ? [{ command: 'RegisterAccount', ...account }] : []),
      { command: 'IssueInvoice', accountId, invoiceId: id, occurredAt: day, gross },
      ...(buyer ? [{ command: 'AddContact', contactId: person(buyer, 'contact'), ...contact }] : []),
    ];
  },
});

/** An event as a reader of the log has it. */
export interface Told {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

/** A fresh log for each test, with a clock that the test sets, and files to import into it. */
export function importing() {
  const now: { taproot?: Taproot; directory?: string } = {};
  const clock = { now: 0 };
  beforeEach(async () => {
    clock.now = Date.parse('2026-01-10T00:00:00Z');
    now.directory = freshDirectory();
    now.taproot = await openIn(now.directory, () => clock.now);
  });
  afterEach(() => now.taproot!.close());
  const told = async (type: string, taproot = now.taproot!): Promise<Told[]> => {
    await taproot.store.flushed();
    const all: object[] = [];
    const events = new Events(taproot, new Reads(taproot));
    for await (const event of events.all({ after: 0, type }, Number.POSITIVE_INFINITY, admin)) all.push(event);
    return all as Told[];
  };
  return {
    clock,
    get taproot(): Taproot {
      return now.taproot!;
    },
    /** Another log with the same name and clock; the test closes it. */
    other: () => openIn(freshDirectory(), () => clock.now),
    file: (name: string, content: string | Buffer): string => {
      const path = join(now.directory!, name);
      writeFileSync(path, content);
      return path;
    },
    run: (paths: readonly string[], more: Parameters<typeof importOf>[3] = {}, map: object = bills) =>
      importOf(now.taproot!, map as never, paths, more),
    told,
    /** Numbers and amounts of the invoices in the log. */
    billed: async () =>
      (await told('InvoiceIssued')).map(({ data }) => [data.invoiceId, (data.gross as { minor: number }).minor]),
  };
}
