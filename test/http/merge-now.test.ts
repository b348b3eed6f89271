import { describe, expect, it } from '@jest/globals';
import { service } from '../support/service.js';

describe('a merge told without a time', () => {
  const now = Date.parse('2026-06-30T12:00:00.000Z');
  const at = service(() => now);

  it.each(['M', '2019'])('happens now, whatever the id %s looks like', async (from) => {
    const account = { name: 'Some firm', customerType: 'OTHER', currency: 'EUR', occurredAt: '2024-01-01' };
    for (const accountId of [from, `${from}-E`])
      expect((await at.command('RegisterAccount', { accountId, ...account })).status).toBe(201);
    const body = { from, into: `${from}-E`, reason: 'one firm' };
    expect((await at.command('MergeAccounts', body)).status).toBe(201);
    expect((await at.command('UnmergeAccounts', body)).status).toBe(201);
    const { body: told } = await at.get('/v1/streams/structure');
    for (const item of told.items.slice(-2)) expect(item.time).toBe('2026-06-30T12:00:00.000Z');
  });
});
