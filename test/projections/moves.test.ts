import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme, ada, bert, globex } from '../support/cast/ids.js';
import { people, registered, scene, type Scene } from '../support/scene.js';

// biome-ignore lint/suspicious/noExplicitAny: a test looks wherever it likes
type Shown = Record<string, any>;

/** ADA moves on 1 July 2025: ids of the two halves, as the log has them. */
async function moved(s: Scene, contactId: string = ada): Promise<{ left: string; joined: string }> {
  const reply = await s.at.command('MoveContact', {
    contactId,
    toAccountId: globex,
    roles: ['BUYER'],
    occurredAt: '2025-07-01',
  });
  expect(reply.body.events).toMatchObject([{ type: 'ContactLeft' }, { type: 'ContactJoined' }]);
  const [left, joined] = reply.body.events.map(({ id }: { id: string }) => id);
  return { left, joined };
}

const odd = async (s: Scene, query = ''): Promise<Shown[]> =>
  (await s.report('findings', `code=ODD_SEQUENCE&asOf=2025-12-31${query}`)).findings;

describe('half of a move between accounts, the other half retracted (F1, F2)', () => {
  const s = scene('2026-01-10T00:00:00Z');
  const ids: Record<'left' | 'joined' | 'leftOfBert' | 'joinedOfBert', string> = {
    left: '',
    joined: '',
    leftOfBert: '',
    joinedOfBert: '',
  };
  beforeAll(async () => {
    for (const id of [acme, globex]) await s.tell('RegisterAccount', registered(id));
    await people(s);
    Object.assign(ids, await moved(s));
    const other = await moved(s, bert);
    Object.assign(ids, { leftOfBert: other.left, joinedOfBert: other.joined });
  });

  it('is no finding while both halves stand', async () => {
    expect(await odd(s)).toEqual([]);
    expect((await s.data(`contacts/${ada}?asOf=2025-12-31`)).findings).toEqual([]);
    expect((await s.data(`contacts/${ada}?asOf=2025-07-01T00:00:00.000Z`)).findings).toEqual([]);
  });

  it('is one where the coming stands and the leaving does not: they are told of in both accounts', async () => {
    await s.tell('RetractEvent', { retracts: ids.left, reason: 'Keyed twice' });
    const [found, ...more] = await odd(s);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      accountId: acme,
      contactId: ada,
      from: 'contact',
      since: '2025-07-01T00:00:00.000Z',
      detail: `The contact came to ${globex}, and nothing says that they left ${acme}`,
      rule: { statements: ['B1', 'C7', 'C8', 'F2', 'I1'] },
      policy: {},
    });
    expect(found!.eventIds).toHaveLength(2);
    expect(found!.eventIds[1]).toBe(ids.joined);
    const person = await s.data(`contacts/${ada}?asOf=2025-12-31`);
    expect(person).toMatchObject({ accountId: globex, roles: ['BUYER'], findings: [{ code: 'ODD_SEQUENCE' }] });
    expect(person.accounts).toMatchObject([
      { accountId: acme, to: '2025-07-01T00:00:00.000Z' },
      { accountId: globex, to: null },
    ]);
    const present = async (id: string) =>
      (await s.view('contacts', 'asOf=2025-12-30', id)).series.at(-1).contactsPresent;
    expect([await present(acme), await present(globex)]).toEqual([1, 2]);
  });

  it('shows by its account, and not before it happened or was known', async () => {
    expect(await odd(s, `&account=${acme}`)).toHaveLength(1);
    expect(await odd(s, `&account=${globex}`)).toEqual([]);
    const before = await s.report('findings', 'code=ODD_SEQUENCE&asOf=2025-06-30');
    expect(before.findings).toEqual([]);
    expect((await s.data(`contacts/${ada}?asOf=2025-06-30`)).findings).toEqual([]);
  });

  it('is none again once the retraction is taken back', async () => {
    const [retraction] = (await s.at.get(`/v1/streams/contact-${ada}?limit=100`)).body.items.slice(-1);
    await s.tell('RetractEvent', { retracts: retraction.id, reason: 'It was right' });
    expect(await odd(s)).toEqual([]);
  });

  it('is one where the leaving stands and the coming does not: they are told of nowhere', async () => {
    await s.tell('RetractEvent', { retracts: ids.joinedOfBert, reason: 'Another person' });
    expect(await odd(s)).toMatchObject([
      {
        accountId: globex,
        contactId: bert,
        since: '2025-07-01T00:00:00.000Z',
        eventIds: [ids.leftOfBert],
        detail: `The contact left ${acme} for ${globex}, where nothing says that they came`,
      },
    ]);
    expect(await s.data(`contacts/${bert}?asOf=2025-12-31`)).toMatchObject({ accountId: null, roles: [] });
    await s.tell('CorrectEvent', { corrects: ids.leftOfBert, unset: ['toAccountId'], reason: 'They retired' });
    expect(await odd(s)).toEqual([]);
  });

  it('is one where the leaving was put after the coming, for as long as it stands so', async () => {
    await s.tell('CorrectEvent', { corrects: ids.left, time: '2025-08-01', reason: 'They stayed a month' });
    const [found] = await odd(s);
    expect(found).toMatchObject({ detail: `The contact came to ${globex} before they left ${acme}` });
    expect(found!.eventIds).toHaveLength(3);
    const person = await s.data(`contacts/${ada}?asOf=2025-12-31`);
    expect(person).toMatchObject({ accountId: globex, roles: ['BUYER'] });
    expect(person.accounts).toMatchObject([
      { accountId: acme, to: '2025-08-01T00:00:00.000Z' },
      { accountId: globex, to: null },
    ]);
  });
});
