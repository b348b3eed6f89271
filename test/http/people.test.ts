import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme, ada, bert, manager, sponsor } from '../support/cast/ids.js';
import { people, registered, scene } from '../support/scene.js';

const s = scene('2025-01-31T12:00:00.000Z');
const get = (path: string) => s.at.get(`/v1/${path}`);

beforeAll(async () => {
  await s.tell('RegisterAccount', registered(acme));
  await people(s);
  s.on('2025-06-30T12:00:00.000Z');
});

describe('persons of ours', () => {
  it('are listed page after page, as of any moment and as known at any', async () => {
    const ids = async (query: string) => {
      const { status, body } = await get(`members?${query}`);
      expect([query, status, body.detail]).toEqual([query, 200, undefined]);
      return [body.items.map(({ memberId }: { memberId: string }) => memberId), body.next];
    };
    expect(await ids('')).toEqual([[manager, sponsor], null]);
    expect(await ids('limit=1')).toEqual([[manager], manager]);
    expect(await ids(`limit=1&cursor=${manager}`)).toEqual([[sponsor], null]);
    expect(await ids('knownAt=2025-01-01')).toEqual([[], null]);
    expect(await ids('knownAt=0')).toEqual([[], null]);
  });

  it('and of theirs answer one by one; nobody else does, nor before they were told of', async () => {
    for (const [path, id] of [
      ['members', manager],
      ['contacts', ada],
      ['contacts', bert],
    ]) {
      expect([path, (await get(`${path}/${id}`)).status]).toEqual([path, 200]);
      for (const query of ['knownAt=0', 'knownAt=2024-12-31']) {
        const { status, body } = await get(`${path}/${id}?${query}`);
        expect([path, query, status, body.code]).toEqual([path, query, 404, 'view/person-unknown']);
      }
      const nobody = await get(`${path}/99999999-9999-4999-8999-999999999999`);
      expect([path, nobody.status, nobody.body.code]).toEqual([path, 404, 'view/person-unknown']);
    }
    expect((await get(`contacts/${manager}`)).status).toBe(404);
  });
});

describe('the programme', () => {
  it('answers at any moment, also where nothing was told yet', async () => {
    for (const query of ['', 'asOf=1990-01-01', 'knownAt=0', 'asOf=2100-01-01'])
      for (const path of ['programme', 'programme/policy']) {
        const { status, body } = await get(`${path}?${query}`);
        expect([path, query, status, typeof body.data]).toEqual([path, query, 200, 'object']);
      }
  });
});
