import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme } from '../support/cast/ids.js';
import { invoice, registered, scene } from '../support/scene.js';

const s = scene('2024-01-31T12:00:00.000Z');
const questions = [
  `accounts/${acme}/performance?restatements=exact&asOf=2024-12-31`,
  'portfolio/restatements?asOf=2024-12-31',
  'portfolio/restatements?asOf=2024-12-31&saidAsOf=2024-06-30',
  'portfolio/restatements?asOf=2024-12-31&saidAsOf=2024-06-30&saidKnownAt=2024-08-31',
];
let position = 0;
let then: unknown[] = [];

const answers = (knownAt: number | string): Promise<unknown[]> =>
  Promise.all(questions.map((question) => s.data(`${question}&knownAt=${knownAt}`)));

/** An invoice is corrected after its quarter was closed. Behind that in the log, one of the next quarter is told before its own close. */
beforeAll(async () => {
  await s.tell('RegisterAccount', registered(acme, 'EUR', '2023-01-01'));
  const first = await s.tell('IssueInvoice', invoice('FIRST', '2023-11-15', 1_000, 400));
  s.on('2024-02-15T12:00:00.000Z');
  await s.tell('CorrectEvent', {
    corrects: first,
    set: { gross: { minor: 900, currency: 'EUR' } },
    reason: 'keyed wrong',
  });
  position = s.at.taproot.head;
  then = await answers(position);
  s.on('2024-03-20T12:00:00.000Z');
  const second = await s.tell('IssueInvoice', invoice('SECOND', '2024-03-15', 70, 20));
  s.on('2024-09-15T12:00:00.000Z');
  await s.tell('CorrectEvent', {
    corrects: second,
    set: { gross: { minor: 60, currency: 'EUR' } },
    reason: 'keyed wrong',
  });
  s.on('2025-01-15T12:00:00.000Z');
});

describe('what restatements knew at a position of the log', () => {
  it.each(questions.map((question, i) => [question, i] as const))('never changes again: %s', async (question, i) => {
    expect(await s.data(`${question}&knownAt=${position}`)).toEqual(then[i]);
  });

  it('is what was known by the instant at which that position was recorded', async () => {
    expect(await answers('2024-03-01')).toEqual(then);
  });

  it('is less than is known now, so that a moment that saw too much would be found out', async () => {
    const now = await answers(s.at.taproot.head);
    for (const i of questions.keys()) expect([questions[i], now[i]]).not.toEqual([questions[i], then[i]]);
  });
});
