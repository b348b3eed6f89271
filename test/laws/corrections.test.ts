import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { explain } from '../../src/app/explain.js';
import type { Taproot } from '../../src/app/taproot.js';
import { admin } from '../../src/http/access.js';
import { figuresIn } from '../../src/kernel/figures.js';
import { acme } from '../support/cast/ids.js';
import { freshDirectory, openIn } from '../support/service.js';
import { anyHistory, answersAt, beginning, now, type Said, tell } from '../support/telling.js';

const opened: Taproot[] = [];
afterAll(() => Promise.all(opened.map((taproot) => taproot.close())));

async function logOf(said: readonly Said[]): Promise<Taproot> {
  const taproot = await openIn(freshDirectory());
  opened.push(taproot);
  await tell(taproot, [...beginning, ...said]);
  return taproot;
}

let sent = 0;
async function order(taproot: Taproot, name: string, body: object): Promise<string> {
  const receipt = await taproot.execute.run({ name, body, commandId: `law-${++sent}`, actor: admin });
  return receipt.events[0]!.id;
}

const amount = (minor: number) => ({ minor, currency: 'EUR' });
const invoice = (gross: number, occurredAt: string): Said => ({
  name: 'IssueInvoice',
  body: { accountId: acme, invoiceId: 'LAW', gross: amount(gross), occurredAt },
});

/** A history, an amount told wrong and right, and the day it is about. */
const mistaken = fc.tuple(
  anyHistory(25),
  fc.integer({ min: 1, max: 900_000 }),
  fc.integer({ min: 1, max: 900_000 }),
  fc.integer({ min: 0, max: 800 }),
);
const dayAt = (day: number): string =>
  new Date(Date.parse('2023-02-01T12:00:00.000Z') + day * 86_400_000).toISOString();

describe('laws of corrections', () => {
  it('what is corrected is as if it had been told right the first time', () =>
    fc.assert(
      fc.asyncProperty(mistaken, fc.integer({ min: 0, max: 800 }), async ([said, wrong, right, day], other) => {
        const corrected = await logOf(said);
        await tell(corrected, [invoice(wrong, dayAt(day))]);
        await corrected.projector.level();
        const [row] = corrected.moments.reader.ofType('InvoiceIssued', corrected.head - 1, 1);
        const corrects = (JSON.parse(row!.entry) as { id: string }).id;
        await order(corrected, 'CorrectEvent', {
          corrects,
          set: { gross: amount(right) },
          time: dayAt(other),
          reason: 'keyed wrong',
        });
        const straight = await logOf(said);
        await tell(straight, [invoice(right, dayAt(other))]);
        const ids = (answers: object, taproot: Taproot) =>
          JSON.parse(JSON.stringify(answers).replaceAll(idOf(taproot), 'the-invoice')) as object;
        const idOf = (taproot: Taproot) =>
          (JSON.parse(taproot.moments.reader.ofType('InvoiceIssued', 0, -1).at(-1)!.entry) as { id: string }).id;
        const expected = ids(answersAt(straight), straight);
        expect(ids(answersAt(corrected), corrected)).toEqual(expected);
        await corrected.projector.level();
        expect(ids(answersAt(corrected), corrected)).toEqual(expected);
      }),
      { numRuns: 10 },
    ));

  it('a correction taken back gives the earlier version, and a retraction taken back the event', () =>
    fc.assert(
      fc.asyncProperty(mistaken, async ([said, before, after, day]) => {
        const taproot = await logOf(said);
        await tell(taproot, [invoice(before, dayAt(day))]);
        const told = answersAt(taproot);
        const [row] = taproot.moments.reader.ofType('InvoiceIssued', taproot.head - 1, 1);
        const id = (JSON.parse(row!.entry) as { id: string }).id;
        const correction = await order(taproot, 'CorrectEvent', {
          corrects: id,
          set: { gross: amount(after + 1) },
          reason: 'a',
        });
        await taproot.projector.level();
        await order(taproot, 'RetractEvent', { retracts: correction, reason: 'b' });
        expect(answersAt(taproot)).toEqual(told);
        const retraction = await order(taproot, 'RetractEvent', { retracts: id, reason: 'c' });
        await taproot.projector.level();
        expect(answersAt(taproot)).not.toEqual(told);
        await order(taproot, 'RetractEvent', { retracts: retraction, reason: 'd' });
        expect(answersAt(taproot)).toEqual(told);
        await taproot.projector.level();
        expect(answersAt(taproot)).toEqual(told);
      }),
      { numRuns: 10 },
    ));

  it('what was known at a position stays what it was, whatever is told later', () =>
    fc.assert(
      fc.asyncProperty(anyHistory(25), anyHistory(25), async (earlier, later) => {
        const taproot = await logOf(earlier);
        const then = { asOf: now.asOf, knownAt: { position: taproot.head } };
        const answered = answersAt(taproot, then);
        await tell(
          taproot,
          later.map(({ name, body }) => ({ name, body: { ...body, ...fresh(body) } })),
        );
        await taproot.projector.level();
        expect(answersAt(taproot, then)).toEqual(answered);
      }),
      { numRuns: 8 },
    ));

  it("explain's terms lead from nothing to the figure, and whole numbers add up to the last digit", () =>
    fc.assert(
      fc.asyncProperty(anyHistory(30), async (said) => {
        const taproot = await logOf(said);
        for (const view of ['performance', 'contacts', 'trust']) {
          const figures = [...figuresIn(taproot.moments.view(view, acme, now))].filter(
            ([, value]) => typeof value === 'number',
          );
          for (const [figure, value] of figures.slice(0, 12)) {
            const { from, to, terms } = explain(taproot.moments, view, acme, figure, now, null);
            expect(to.value).toEqual(value);
            terms.forEach((term, i) => {
              if (i > 0) expect(term.before).toEqual(terms[i - 1]!.after);
            });
            if (terms.length > 0) expect(terms.at(-1)!.after).toEqual(value);
            if (typeof from.value !== 'number' || terms.some((term) => term.delta === null)) continue;
            const sum = terms.reduce((all, term) => all + term.delta!, from.value);
            expect(Math.abs(sum - (value as number))).toBeLessThanOrEqual(
              1e-9 * Math.max(1, Math.abs(value as number)),
            );
          }
        }
      }),
      { numRuns: 5 },
    ));
});

/** Other ids for what is told later. */
const fresh = (body: object): object =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      /^(invoice|credit|order|cost|interaction|commitment)Id$/.test(name) ? [[name, `L${String(value)}`]] : [],
    ),
  );
