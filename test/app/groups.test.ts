import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Reads } from '../../src/app/reads.js';
import { NEVER } from '../../src/kernel/instant.js';
import { eur } from '../support/scene.js';
import { accounts, closeAll, dayAt, known } from '../support/knowing.js';

afterAll(closeAll);

/** A step of a random story of groups: an invoice, a placing under another account or none, a merge or its end. */
const step = fc.record({
  what: fc.constantFrom('bill', 'bill', 'place', 'merge', 'part'),
  who: fc.nat(2),
  other: fc.nat(3),
  day: fc.integer({ min: 0, max: 700 }),
  amount: fc.integer({ min: 1, max: 100_000 }),
});

interface Placed {
  readonly who: number;
  readonly parent: string | null;
  readonly day: number;
  readonly n: number;
}
interface Billed {
  readonly who: number;
  readonly day: number;
  readonly amount: number;
}

/** Who stands above an account on a day, by the placings that went in: the latest on or before it. */
const parentOn = (placed: readonly Placed[], who: number, day: number): string | null =>
  placed
    .filter((one) => one.who === who && one.day <= day)
    .sort((a, b) => a.day - b.day || a.n - b.n)
    .at(-1)?.parent ?? null;
const under = (placed: readonly Placed[], who: number, head: string, day: number): boolean => {
  for (let one: string | null = accounts[who]!; one !== null; one = parentOn(placed, accounts.indexOf(one), day))
    if (one === head) return true;
  return false;
};

const net = (view: object): number => (view as { data: { total: { net: number } } }).data.total.net;

describe('groups of a random structure', () => {
  it('add up what each member told while it belonged, and by members now, what they told ever', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 30 }),
        fc.array(fc.nat(800), { minLength: 3, maxLength: 3 }),
        async (steps, days) => {
          const log = await known(Date.parse('2026-01-01'));
          const [placed, billed]: [Placed[], Billed[]] = [[], []];
          for (const [n, { what, who, other, day, amount }] of steps.entries()) {
            const accountId = accounts[who]!;
            const occurredAt = dayAt(day);
            if (
              what === 'bill' &&
              (await log.order('IssueInvoice', {
                accountId,
                invoiceId: `I${n}`,
                gross: eur(amount),
                cogs: eur(0),
                occurredAt,
              }))
            )
              billed.push({ who, day, amount });
            const parentId = accounts[other] ?? null;
            if (what === 'place' && (await log.order('PlaceAccountUnder', { accountId, parentId, occurredAt })))
              placed.push({ who, parent: parentId, day, n });
          }
          const reads = new Reads(log.taproot);
          for (const head of accounts)
            for (const day of days) {
              const moment = { asOf: Date.parse(dayAt(day)), knownAt: NEVER };
              const ask = (members: 'then' | 'now') =>
                net(reads.view({ view: 'performance', id: head, moment, scope: 'group', members, asked: {} }));
              const sum = (belongs: (one: Billed) => boolean) =>
                billed.filter((one) => one.day <= day && belongs(one)).reduce((all, one) => all + one.amount, 0);
              expect([head, day, ask('then')]).toEqual([
                head,
                day,
                sum((one) => under(placed, one.who, head, one.day)),
              ]);
              expect([head, day, ask('now')]).toEqual([head, day, sum((one) => under(placed, one.who, head, day))]);
            }
        },
      ),
      { numRuns: 30 },
    ));

  it('count every amount in one group, merges included: groups and accounts have one total', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 30 }),
        fc.array(fc.nat(800), { minLength: 3, maxLength: 3 }),
        async (steps, days) => {
          const log = await known(Date.parse('2026-01-01'));
          let all = 0;
          for (const [n, { what, who, other, day, amount }] of steps.entries()) {
            const [accountId, second] = [accounts[who]!, accounts[other] ?? null];
            const occurredAt = dayAt(day);
            if (what === 'bill') {
              await log.order('IssueInvoice', {
                accountId,
                invoiceId: `I${n}`,
                gross: eur(amount),
                cogs: eur(0),
                occurredAt,
              });
              all += amount;
            } else if (what === 'place')
              await log.order('PlaceAccountUnder', { accountId, parentId: second, occurredAt });
            else if (second !== null) {
              const body = { from: accountId, into: second, reason: 'one firm', occurredAt };
              await log.order(what === 'merge' ? 'MergeAccounts' : 'UnmergeAccounts', body);
            }
            if (n % 7 === 0) await log.projector.catchUp();
          }
          const reads = new Reads(log.taproot);
          const total = async (day: number, by: object) => {
            const query = { from: Date.parse('2022-01-01'), to: null, parameters: { ...by }, filters: {} };
            const moment = { asOf: Date.parse(dayAt(day)), knownAt: NEVER };
            return ((await reads.report('whale', moment, query)) as { data: { total: number } }).data.total;
          };
          for (const day of [...days, 900])
            expect([day, await total(day, { by: 'group' })]).toEqual([day, await total(day, {})]);
          if (all > 0) expect(await total(900, {})).toBe(all);
        },
      ),
      { numRuns: 30 },
    ));
});
