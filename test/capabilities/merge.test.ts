import { afterAll, describe, expect, it } from '@jest/globals';
import type { Taproot } from '../../src/app/taproot.js';
import { NEVER } from '../../src/kernel/instant.js';
import { acme, ada, bert, globex, manager, sponsor } from '../support/cast/ids.js';
import { eur, meeting, people, registered, scene } from '../support/scene.js';
import { freshDirectory, openIn } from '../support/service.js';
import { answersAt, beginning, type Said, tell } from '../support/telling.js';

const opened: Taproot[] = [];
afterAll(() => Promise.all(opened.map((taproot) => taproot.close())));

async function logOf(said: readonly Said[]): Promise<Taproot> {
  const taproot = await openIn(freshDirectory());
  opened.push(taproot);
  await tell(taproot, said);
  return taproot;
}

const bill = (accountId: string, invoiceId: string, gross: number, occurredAt: string): Said => ({
  name: 'IssueInvoice',
  body: { accountId, invoiceId, gross: eur(gross), cogs: eur(Math.trunc(gross / 3)), occurredAt },
});
const promise = (accountId: string, commitmentId: string, occurredAt: string): Said => ({
  name: 'MakeCommitment',
  body: { accountId, commitmentId, by: 'US', ownerId: manager, what: 'A thing', due: '2025-12-01', occurredAt },
});
const before: readonly Said[] = [
  ...beginning,
  bill(acme, 'A1', 1_000, '2024-02-01T00:00:00Z'),
  bill(globex, 'G1', 200, '2024-03-01T00:00:00Z'),
  promise(globex, 'GP', '2024-04-01T00:00:00Z'),
  {
    name: 'DeclareSupplierStatus',
    body: {
      accountId: globex,
      category: 'drives',
      status: 'PRIMARY',
      source: 'buyer',
      occurredAt: '2024-05-01T00:00:00Z',
    },
  },
];
const pair = { from: globex, into: acme, reason: 'Entered twice' };
const merge: Said = { name: 'MergeAccounts', body: { ...pair, occurredAt: '2025-01-01T00:00:00Z' } };
const during: readonly Said[] = [
  bill(globex, 'G2', 40, '2025-02-01T00:00:00Z'),
  promise(globex, 'GQ', '2025-02-02T00:00:00Z'),
  bill(acme, 'A2', 8, '2025-02-03T00:00:00Z'),
];
const unmerge: Said = { name: 'UnmergeAccounts', body: { ...pair, occurredAt: '2025-03-01T00:00:00Z' } };
const at = (day: string) => ({ asOf: Date.parse(day), knownAt: NEVER });
const net = (taproot: Taproot, id: string, day: string): number =>
  (taproot.moments.view('performance', id, at(day)) as { total: { net: number } }).total.net;

describe('a merge is lossless and can be taken back (capability 5)', () => {
  it('after merge, three events and unmerge each account is what its own events make it', async () => {
    const parted = await logOf([...before, merge, ...during, unmerge]);
    const never = await logOf([...before, ...during]);
    expect(answersAt(parted, at('2025-06-01'))).toEqual(answersAt(never, at('2025-06-01')));
    await parted.projector.level();
    expect(answersAt(parted, at('2025-06-01'))).toEqual(answersAt(never, at('2025-06-01')));
  });

  it('while it lasts the survivor has the dealings of both, at all times, and the other still answers for itself', async () => {
    const merged = await logOf([...before, merge, ...during]);
    for (const level of [false, true]) {
      if (level) await merged.projector.level();
      expect(net(merged, acme, '2025-02-28')).toBe(1_248);
      expect(net(merged, globex, '2025-02-28')).toBe(240);
      const trust = merged.moments.view('trust', acme, at('2025-02-28')) as { commitments: object };
      expect(JSON.stringify(trust)).toContain('GQ');
      const profile = merged.moments.view('profile', globex, at('2025-02-28'));
      expect(JSON.stringify(profile)).toContain('PRIMARY');
      expect(profile).toMatchObject({ group: { mergedInto: acme } });
      expect(JSON.stringify(merged.moments.view('profile', acme, at('2025-02-28')))).not.toContain('PRIMARY');
    }
  });

  it('before the merge, and as known before it, both stand by themselves', async () => {
    const merged = await logOf([...before, merge, ...during]);
    expect(net(merged, acme, '2024-12-31')).toBe(1_000);
    const said = merged.moments.reader.ofType('AccountsMerged', 0, 1)[0]!.position;
    const known = { asOf: Date.parse('2025-02-28'), knownAt: { position: said - 1 } };
    expect(merged.moments.view('performance', acme, known)).toMatchObject({ total: { net: 1_000 } });
  });

  it('writes one event and says nothing of the others again', async () => {
    const taproot = await logOf(before);
    const { head } = taproot;
    await tell(taproot, [merge]);
    expect(taproot.head).toBe(head + 1);
    await tell(taproot, [unmerge]);
    expect(taproot.head).toBe(head + 2);
  });
});

describe('a merge shows its conflicts first, and accounts can be placed elsewhere (capability 5)', () => {
  const s = scene('2025-12-31T12:00:00.000Z');
  const key = (accountId: string, managerId: string) => ({
    accountId,
    managerId,
    thesis: 'Growth',
    horizonYears: 3,
    targetStage: 'COOPERATIVE',
    occurredAt: '2024-02-01',
  });

  it('a dry run names two currencies and two managers, and writes nothing', async () => {
    await s.tell('RegisterAccount', registered(acme));
    await s.tell('RegisterAccount', registered(globex, 'USD'));
    await people(s);
    await s.tell('DesignateKeyAccount', key(acme, manager));
    await s.tell('DesignateKeyAccount', key(globex, sponsor));
    const { head } = s.at.taproot;
    const dry = await s.at.command('MergeAccounts?dryRun=true', { ...pair, occurredAt: '2025-01-01' });
    expect([dry.status, dry.body.events.map(({ type }: { type: string }) => type)]).toEqual([200, ['AccountsMerged']]);
    expect(dry.body.conflicts.map(({ code }: { code: string }) => code)).toEqual([
      'account/currency-differs',
      'account/owner-differs',
    ]);
    expect(s.at.taproot.head).toBe(head);
  });

  it('amounts of two currencies add up only by a rate that was in force', async () => {
    const usd = {
      accountId: globex,
      invoiceId: 'U',
      gross: { minor: 1_000, currency: 'USD' },
      occurredAt: '2025-02-01',
    };
    await s.tell('IssueInvoice', usd);
    await s.tell('MergeAccounts', { ...pair, occurredAt: '2025-03-01' });
    expect((await s.view('performance', 'asOf=2025-03-31')).total).toMatchObject({
      net: null,
      missingRates: ['USD/EUR'],
    });
    await s.tell('SetFxRate', { base: 'USD', quote: 'EUR', rate: '0.8', from: '2025-01-01' });
    expect((await s.view('performance', 'asOf=2025-03-31')).total).toMatchObject({ net: 800, missingRates: [] });
    expect((await s.view('performance', 'asOf=2025-03-31', globex)).total.net).toBe(1_000);
  });

  it('lists the survivor alone while the merge lasts', async () => {
    const names = async (day: string) =>
      (await s.at.get(`/v1/accounts?asOf=${day}`)).body.items.map(({ accountId }: { accountId: string }) => accountId);
    expect(await names('2025-02-28')).toEqual([acme, globex]);
    expect(await names('2025-03-31')).toEqual([acme]);
    await s.tell('UnmergeAccounts', { ...pair, occurredAt: '2025-04-01' });
    expect(await names('2025-04-30')).toEqual([acme, globex]);
    expect(await names('2025-03-31')).toEqual([acme]);
  });

  it('a person who moved keeps both halves of the story', async () => {
    await s.tell('LogInteraction', meeting('m', '2025-05-05T10:00:00Z', 'manager', 'bert'));
    await s.tell('MoveContact', {
      contactId: bert,
      toAccountId: globex,
      reason: 'A new post',
      occurredAt: '2025-06-01',
    });
    const place = async (day: string) => (await s.data(`contacts/${bert}?asOf=${day}`)).accountId;
    expect([await place('2025-05-31'), await place('2025-06-01')]).toEqual([acme, globex]);
    const left = await s.view('contacts', 'asOf=2025-06-30');
    expect(left.departures).toMatchObject([{ personId: bert, side: 'THEIRS', at: '2025-06-01T00:00:00.000Z' }]);
    expect((await s.view('contacts', `asOf=2025-05-31&without=${ada}`)).without.side).toBe('THEIRS');
  });

  it('placing an account elsewhere changes its group from that day, and not before', async () => {
    await s.tell('PlaceAccountUnder', { accountId: globex, parentId: acme, occurredAt: '2025-07-01' });
    await s.tell('PlaceAccountUnder', { accountId: globex, parentId: null, occurredAt: '2025-09-01' });
    const group = async (day: string) => (await s.view('profile', `asOf=${day}`, globex)).group;
    expect(await group('2025-06-30')).toMatchObject({ parentId: null });
    expect(await group('2025-08-31')).toMatchObject({ parentId: acme });
    expect(await group('2025-09-01')).toMatchObject({ parentId: null });
  });
});
