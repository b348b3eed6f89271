import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme, ada, manager } from '../support/cast/ids.js';
import { invoice, meeting, people, registered, scene } from '../support/scene.js';

const s = scene('2025-04-30T12:00:00.000Z');
const views = ['contacts', 'stages', 'loyalty', 'performance', 'profile', 'approach', 'timeline'];
const reports = ['whale', 'retention', 'matrix'];
const march = 'asOf=2025-03-31';

/** Everything that is answered of the end of March as known on a day. */
async function answers(knownAt: string): Promise<Record<string, unknown>> {
  const query = `${march}&knownAt=${knownAt}`;
  const told = [
    ...(await Promise.all(views.map(async (name) => [name, await s.view(name, query)] as const))),
    ...(await Promise.all(reports.map(async (name) => [name, await s.report(name, query)] as const))),
  ];
  return Object.fromEntries(told);
}

let inApril: Record<string, unknown>;

beforeAll(async () => {
  await s.tell('RegisterAccount', registered(acme));
  await people(s);
  await s.tell('LogInteraction', meeting('one', '2025-03-10T10:00:00Z'));
  const wrong = await s.tell('LogInteraction', meeting('two', '2025-03-10T10:00:00Z', 'sponsor', 'bert'));
  await s.tell('PlaceOrder', {
    accountId: acme,
    orderId: 'O',
    amount: { minor: 500, currency: 'EUR' },
    occurredAt: '2025-03-02',
  });
  const billed = await s.tell('IssueInvoice', invoice('I', '2025-03-12', 900, 400, { orderId: 'O' }));
  inApril = await answers('2025-04-30');
  s.on('2025-05-15T09:00:00.000Z');
  const set = {
    ours: [{ memberId: manager, function: 'KEY_ACCOUNT' }],
    theirs: [{ contactId: ada, function: 'PURCHASING', seniority: 2 }],
  };
  await s.tell('CorrectEvent', { corrects: wrong, set, reason: 'It was Ada whom Grace met' });
  await s.tell('CorrectEvent', {
    corrects: billed,
    set: { gross: { minor: 700, currency: 'EUR' } },
    reason: 'Keyed wrong',
  });
  s.on('2025-06-30T12:00:00.000Z');
});

describe('everything is replayed on both clocks (capability 1)', () => {
  it('a correction told in May leaves March as it was known in April', async () => {
    expect(await answers('2025-04-30')).toEqual(inApril);
    await s.at.level();
    expect(await answers('2025-04-30')).toEqual(inApril);
  });

  it('and changes March as it is known in June, in every view that the meeting moves', async () => {
    const inJune = await answers('2025-06-30');
    const figure = (all: Record<string, unknown>, name: string) => all[name] as Record<string, Record<string, unknown>>;
    expect(figure(inApril, 'contacts').diamondIndex).toBeCloseTo(0.5, 9);
    expect(figure(inJune, 'contacts').diamondIndex).toBe(0);
    expect([inApril, inJune].map((all) => figure(all, 'stages').derived!.index)).toEqual([7, 6]);
    const contact = (all: Record<string, unknown>) =>
      (figure(all, 'loyalty').health!.parts as { part: string; value: number }[])[1];
    expect(contact(inApril)!.value).toBeCloseTo(0.5, 9);
    expect(contact(inJune)!.value).toBe(0);
    expect([inApril, inJune].map((all) => figure(all, 'whale').total)).toEqual([500, 300]);
    expect([inApril, inJune].map((all) => figure(all, 'performance').total!.net)).toEqual([900, 700]);
  });

  it('shows both versions and the day of the correction in the timeline that knows it', async () => {
    const inJune = await s.view('timeline', `${march}&knownAt=2025-06-30&limit=100`);
    const line = inJune.items.find(
      ({ text }: { text: { en: string } }) => text.en.startsWith('MEETING') && text.en.includes('60 min'),
    );
    expect(line).toBeDefined();
    const corrected = inJune.items.filter((one: object) => 'correctedBy' in one);
    expect(corrected).toHaveLength(2);
    const known = await s.view('timeline', `${march}&knownAt=2025-04-30&limit=100`);
    expect(known.items.some((one: object) => 'correctedBy' in one)).toBe(false);
  });

  it('says by which clock it answered, and at a position as well as at an instant', async () => {
    const { body } = await s.at.get(`/v1/accounts/${acme}/contacts?${march}&knownAt=2025-04-30`);
    expect(body).toMatchObject({ asOf: '2025-03-31T23:59:59.999Z', knownAt: '2025-04-30T23:59:59.999Z' });
    const corrections = await s.at.get('/v1/events?after=0&type=EventCorrected&limit=1');
    const { position } = JSON.parse(corrections.text.split('\n')[0]!);
    expect(await s.view('contacts', `${march}&knownAt=${position - 1}`)).toEqual(inApril.contacts);
    expect((await s.view('contacts', `${march}&knownAt=${position}`)).diamondIndex).toBe(0);
  });
});
