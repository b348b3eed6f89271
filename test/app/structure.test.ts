import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme, globex } from '../support/cast/ids.js';
import { invoice, registered, scene } from '../support/scene.js';

const s = scene('2025-12-31T12:00:00.000Z');
const types = async (id: string, query: string) =>
  (await s.view('timeline', query, id)).items.map(
    ({ type, stream }: { type: string; stream: string }) => `${type} ${stream}`,
  );
const group = async (id: string, query: string) => (await s.view('profile', query, id)).group;

beforeAll(async () => {
  for (const id of [acme, globex, 'HOLDING', 'OTHER'])
    await s.tell('RegisterAccount', registered(id, 'EUR', '2024-01-01'));
  await s.tell('IssueInvoice', { ...invoice('G', '2025-02-01', 10, 0), accountId: globex });
  await s.tell('PlaceAccountUnder', { accountId: globex, parentId: 'HOLDING', occurredAt: '2025-03-01' });
  await s.tell('MergeAccounts', { from: globex, into: acme, reason: 'One firm', occurredAt: '2025-06-01' });
});

describe('the timeline of an account', () => {
  it('has the dealings of what is merged into it, not what was said of who that is', async () => {
    expect(await types(acme, 'asOf=2025-06-30&order=asc')).toEqual([
      `AccountRegistered account-${acme}`,
      `InvoiceIssued books-${globex}`,
      'AccountsMerged structure',
    ]);
    expect(await types(acme, 'asOf=2025-05-31')).toEqual([`AccountRegistered account-${acme}`]);
  });

  it('shows a placing to all whom it names, page after page, whichever way', async () => {
    expect(await types('HOLDING', 'order=asc')).toEqual([
      'AccountRegistered account-HOLDING',
      'AccountPlacedUnder structure',
    ]);
    for (const order of ['asc', 'desc']) {
      const all = await types(globex, `order=${order}`);
      expect(all).toHaveLength(4);
      const paged: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { items: { type: string; stream: string }[]; next: string | null } = await s.view(
          'timeline',
          `order=${order}&limit=1${cursor && `&cursor=${cursor}`}`,
          globex,
        );
        paged.push(...page.items.map(({ type, stream }) => `${type} ${stream}`));
        cursor = page.next;
      }
      expect(paged).toEqual(all);
    }
  });
});

describe('an account that is merged', () => {
  it('answers for itself, and every answer names the account that it counts as', async () => {
    for (const [query, mergedInto] of [
      ['asOf=2025-06-30', acme],
      ['asOf=2025-05-31', undefined],
    ]) {
      for (const view of ['performance', 'profile', 'timeline', 'performance/series?every=year&figure=/total/net'])
        expect(
          (await s.at.get(`/v1/accounts/${globex}/${view}${view.includes('?') ? '&' : '?'}${query}`)).body,
        ).toMatchObject(mergedInto === undefined ? { accountId: globex } : { accountId: globex, mergedInto });
      const { body } = await s.at.get(`/v1/accounts/${globex}/performance?${query}`);
      expect(body.mergedInto).toBe(mergedInto);
    }
    expect((await s.at.get(`/v1/accounts/${acme}/performance`)).body).not.toHaveProperty('mergedInto');
  });
});

describe('a placing that is corrected', () => {
  it('is as it was known then for whoever asks as of then, though both are asked one after the other', async () => {
    const placed = await s.tell('PlaceAccountUnder', { accountId: 'OTHER', parentId: acme, occurredAt: '2025-07-01' });
    const { head } = s.at.taproot;
    await s.tell('CorrectEvent', { corrects: placed, set: { parentId: 'HOLDING' }, reason: 'the other firm' });
    for (let again = 0; again < 2; again++) {
      expect(await group('OTHER', `asOf=2025-08-01&knownAt=${head}`)).toMatchObject({ parentId: acme });
      expect(await group('OTHER', 'asOf=2025-08-01')).toMatchObject({ parentId: 'HOLDING' });
    }
    expect(await types('HOLDING', 'asOf=2026-01-01')).toEqual(expect.arrayContaining(['EventCorrected structure']));
  });
});
