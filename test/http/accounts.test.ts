import { beforeAll, describe, expect, it } from '@jest/globals';
import { registered, scene } from '../support/scene.js';

const s = scene('2025-12-31T12:00:00.000Z');
const ids = ['A1', 'B2', 'C3', 'D4', 'E5'];
const names: Record<string, string> = { A1: 'Zulu', B2: 'Echo', C3: 'Echo', D4: '安科', E5: 'Alpha' };
const page = async (query: string) => {
  const { status, body } = await s.at.get(`/v1/accounts?${query}`);
  expect([query, status, body.detail]).toEqual([query, 200, undefined]);
  return body as { items: { accountId: string }[]; next: string | null };
};
const idsOf = ({ items }: { items: { accountId: string }[] }) => items.map(({ accountId }) => accountId);

beforeAll(async () => {
  for (const id of ids) await s.tell('RegisterAccount', { ...registered(id), name: names[id] });
});

describe('the list of accounts', () => {
  it.each([
    ['accountId', ids],
    ['-accountId', [...ids].reverse()],
    ['name', ['E5', 'B2', 'C3', 'A1', 'D4']],
    ['-name', ['D4', 'A1', 'C3', 'B2', 'E5']],
  ])('is the same page after page, by %s, ties by id', async (sort, expected) => {
    expect(idsOf(await page(`sort=${sort}`))).toEqual(expected);
    for (const limit of [1, 2, 3]) {
      const paged: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const one = await page(`sort=${sort}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
        expect(one.items.length).toBeGreaterThan(0);
        paged.push(...idsOf(one));
        cursor = one.next;
      }
      expect(paged).toEqual(expected);
    }
  });

  it('goes on after an account that is no longer there', async () => {
    const { next } = await page('limit=2');
    await s.tell('MergeAccounts', { from: 'B2', into: 'A1', reason: 'One firm', occurredAt: '2025-06-01' });
    expect(idsOf(await page(`limit=2&cursor=${next}`))).toEqual(['C3', 'D4']);
    expect(idsOf(await page('limit=2'))).toEqual(['A1', 'C3']);
  });

  it('refuses a cursor that it did not give, and an order that it does not know', async () => {
    for (const [query, pointer] of [
      ['cursor=B2', '?cursor'],
      ['cursor=%00', '?cursor'],
      [`cursor=${Buffer.from('["A1"]').toString('base64url')}`, '?cursor'],
      ['sort=size', '?sort'],
      ['limit=0', '?limit'],
    ]) {
      const { status, body } = await s.at.get(`/v1/accounts?${query}`);
      expect([query, status, body.errors[0].pointer]).toEqual([query, 400, pointer]);
    }
  });
});
