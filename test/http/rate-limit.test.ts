import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Taproot } from '../../src/app/taproot.js';
import { rateOf, readConfig, settings, shown } from '../../src/config.js';
import { type Door, serve } from '../../src/http/server.js';
import { RateLimit } from '../../src/http/rate-limit.js';
import { freshDirectory, token } from '../support/service.js';

const now = Date.parse('2026-01-01T00:00:00Z');

describe('a bucket of tokens', () => {
  it('lets as many through at once as the limit says, then one each time a token is there again', () => {
    const limit = new RateLimit(60);
    const taken = Array.from({ length: 60 }, () => limit.take('a', now)!);
    expect(taken.every(({ wait }) => wait === 0)).toBe(true);
    expect([taken[0], taken[59]]).toEqual([
      { limit: 60, remaining: 59, reset: 1, wait: 0 },
      { limit: 60, remaining: 0, reset: 60, wait: 0 },
    ]);
    expect(limit.take('a', now)).toEqual({ limit: 60, remaining: 0, reset: 60, wait: 1 });
    expect(limit.take('a', now + 999)).toMatchObject({ wait: 1 });
    expect(limit.take('a', now + 1_000)).toMatchObject({ remaining: 0, wait: 0 });
    expect(limit.take('a', now + 1_000)).toMatchObject({ wait: 1 });
    expect(limit.take('a', now + 3_600_000)).toMatchObject({ remaining: 59 });
  });

  it('counts each principal apart, and a clock that goes back gives nothing', () => {
    const limit = new RateLimit(1);
    expect(limit.take('a', now)).toMatchObject({ wait: 0 });
    expect(limit.take('b', now)).toMatchObject({ wait: 0 });
    expect(limit.take('a', now - 3_600_000)).toMatchObject({ wait: 60 });
  });

  it('is none where the limit is off', () => {
    expect(new RateLimit(null).take('a', now)).toBeUndefined();
  });
});

describe('TAPROOT_RATE_LIMIT', () => {
  const rate = (value?: string) => rateOf(readConfig(value === undefined ? {} : { TAPROOT_RATE_LIMIT: value }));
  it('is 200,000 unless set, a whole number, or off', () => {
    expect([rate(), rate('7'), rate('off')]).toEqual([200_000, 7, null]);
    for (const bad of ['0', '-1', '1.5', 'many', ''])
      expect(() => rate(bad)).toThrow(/TAPROOT_RATE_LIMIT must be a whole number from 1, or off/);
  });
  it('is shown among the settings', () => {
    expect(shown(readConfig({}))).toContainEqual({
      name: 'TAPROOT_RATE_LIMIT',
      value: '200000',
      meaning: settings.rateLimit.meaning,
    });
  });
});

describe('a principal who asks too often', () => {
  let taproot: Taproot;
  let door: Door;
  beforeAll(async () => {
    const config = readConfig({
      TAPROOT_DATA: freshDirectory(),
      TAPROOT_LOG: 'silent',
      TAPROOT_RATE_LIMIT: '3',
    });
    taproot = await Taproot.open(config, { projector: 'inline' });
    door = await serve(taproot, token, '127.0.0.1', 0);
  });
  afterAll(async () => {
    await door.app.close();
    await taproot.close();
  });

  it('is told what is left, then refused with the time to wait; what is open to everybody stays open', async () => {
    const ask = (path: string, authorization = `Bearer ${token}`) =>
      fetch(`${door.url}${path}`, { headers: { authorization } });
    const left: (string | null)[] = [];
    for (let i = 0; i < 3; i++) left.push((await ask('/v1/accounts')).headers.get('ratelimit-remaining'));
    expect(left).toEqual(['2', '1', '0']);
    const refused = await ask('/v1/accounts');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(10);
    expect(refused.headers.get('ratelimit-policy')).toBe('3;w=60');
    expect(refused.headers.get('ratelimit-limit')).toBe('3');
    expect(Number(refused.headers.get('ratelimit-reset'))).toBeGreaterThan(50);
    expect(await refused.json()).toMatchObject({ code: 'request/rate-limited', status: 429 });
    const command = await fetch(`${door.url}/v1/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
      body: '{}\n',
    });
    expect(command.status).toBe(429);
    expect((await ask('/v1/accounts', 'Bearer wrong')).status).toBe(401);
    for (const path of ['/healthz/ready', '/docs', '/openapi.json']) expect((await ask(path)).status).toBe(200);
  });
});
