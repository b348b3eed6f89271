import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Reads } from '../../src/app/reads.js';
import { acme, sponsor } from '../support/cast/ids.js';
import { closeAll, dayAt, known } from '../support/knowing.js';

afterAll(closeAll);

/** What happened to an account: regular orders and days on which it left, each with the day on which it became known. */
interface Course {
  readonly orders: readonly { readonly day: number; readonly known: number }[];
  readonly exits: readonly { readonly day: number; readonly known: number }[];
}

const churn = 365;
const [trained, last] = [1_500, 2_400];
const late = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 700 }));

/** Orders at some distance from each other until they cease, perhaps a return, perhaps an exit. */
const anyCourse: fc.Arbitrary<Course> = fc
  .record({
    first: fc.integer({ min: 0, max: 1_300 }),
    gaps: fc.array(fc.integer({ min: 20, max: 420 }), { maxLength: 8 }),
    lates: fc.array(late, { minLength: 9, maxLength: 9 }),
    exit: fc.option(fc.tuple(fc.integer({ min: 100, max: 2_300 }), late), { freq: 3 }),
  })
  .map(({ first, gaps, lates, exit }) => {
    const days = [first];
    for (const gap of gaps) if (days.at(-1)! + gap < last) days.push(days.at(-1)! + gap);
    return {
      orders: days.map((day, i) => ({ day, known: day + lates[i]! })),
      exits: exit === null ? [] : [{ day: exit[0], known: exit[0] + exit[1] }],
    };
  });

/** The account's spells at the end of a day, walked through day by day: from an order to an exit or to a year of silence. */
function spells({ orders, exits }: Course, at: number, knownBy: number): { from: number; to: number | null }[] {
  const told = (list: Course['orders']) => new Set(list.filter((one) => one.known <= knownBy).map(({ day }) => day));
  const [ordered, left] = [told(orders), told(exits)];
  const found: { from: number; to: number | null }[] = [];
  let since = 0;
  for (let day = 0; day <= at; day++) {
    const open = found.at(-1)?.to === null ? found.at(-1)! : null;
    if (ordered.has(day)) {
      since = day;
      if (!open) found.push({ from: day, to: null });
    }
    const now = found.at(-1);
    if (now?.to === null && (left.has(day) || day - since >= churn)) now.to = day;
  }
  return found;
}

/** Kaplan–Meier by its definition: at every end, the share of those still watched that went. */
function curveOf(spans: readonly { readonly days: number; readonly ended: boolean }[]): (t: number) => number | null {
  const longest = Math.max(...spans.map(({ days }) => days));
  return (t) => {
    if (t > longest) return null;
    const ends = [...new Set(spans.flatMap(({ days, ended }) => (ended && days <= t ? [days] : [])))];
    return ends.reduce((product, end) => {
      const watched = spans.filter(({ days }) => days >= end).length;
      return product * (1 - spans.filter(({ days, ended }) => ended && days === end).length / watched);
    }, 1);
  };
}

/** What was predicted of every account that was ours on the day of training, and whether it was kept, from what happened alone. */
function plainly(courses: readonly Course[]): { readonly predicted: number; readonly kept: boolean }[] {
  const then = courses.map((course) => spells(course, trained, trained));
  const firsts = then.flatMap(([first]) =>
    first ? [{ days: (first.to ?? trained) - first.from, ended: first.to !== null }] : [],
  );
  if (firsts.filter(({ ended }) => ended).length < 20) return [];
  const survival = curveOf(firsts);
  return then.flatMap((all, i) => {
    const now = all.at(-1);
    if (now?.to !== null || now === undefined) return [];
    const [here, there] = [survival(trained - now.from), survival(trained - now.from + 365)];
    if (!here || there === null) return [];
    const later = spells(courses[i]!, trained + 365, last * 2).filter(({ from }) => from <= trained);
    return [{ predicted: there / here, kept: later.at(-1)?.to === null }];
  });
}

describe('calibration (capability 9)', () => {
  it('scores what a count by hand scores, from what happened and when it became known', async () => {
    let scored = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyCourse, { minLength: 60, maxLength: 60 }), async (courses) => {
        const log = await known(Date.parse(dayAt(last * 2)));
        const override = { reason: 'It is so', approver: sponsor };
        for (const [n, { orders, exits }] of courses.entries()) {
          const accountId = `${acme}-${n}`;
          const about = {
            accountId,
            name: accountId,
            customerType: 'OEM_MAKER',
            currency: 'EUR',
            occurredAt: dayAt(0),
          };
          await log.order('RegisterAccount', about, dayAt(0));
          for (const [i, { day, known: by }] of orders.entries()) {
            const body = { accountId, orderId: `O${i}`, amount: { minor: 1, currency: 'EUR' }, occurredAt: dayAt(day) };
            await log.order('PlaceOrder', body, dayAt(by));
          }
          for (const { day, known: by } of exits) {
            const body = { accountId, stage: 'EXITED', evidenceIds: [], override, occurredAt: dayAt(day + 0.5) };
            await log.order('DeclareStage', body, dayAt(by + 0.5));
          }
        }
        const asOf = Date.parse(dayAt(last));
        const query = { from: null, to: null, parameters: { calibrate: dayAt(trained).slice(0, 10) }, filters: {} };
        const answer = (await new Reads(log.taproot).report('survival', { asOf, knownAt: asOf * 2 }, query)) as {
          data: { calibration: { models: { n: number; brier: number | null; accounts: object[] }[] } };
        };
        const [tenure] = answer.data.calibration.models;
        const mine = plainly(courses);
        scored += mine.length;
        const shown = (all: readonly object[]) =>
          (all as ReturnType<typeof plainly>).map(({ predicted, kept }) => `${predicted.toFixed(9)} ${kept}`).sort();
        expect(shown(tenure!.accounts)).toEqual(shown(mine));
        const brier = mine.reduce((sum, { predicted, kept }) => sum + (predicted - Number(kept)) ** 2, 0) / mine.length;
        if (mine.length > 0) expect(tenure!.brier).toBeCloseTo(brier, 9);
      }),
      { numRuns: 3 },
    );
    expect(scored).toBeGreaterThan(10);
  });
});
