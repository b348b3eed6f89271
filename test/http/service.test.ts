import { beforeAll, describe, expect, it } from '@jest/globals';
import { Health } from '../../src/app/health.js';
import { Access, sessionCookie } from '../../src/http/access.js';
import { serve } from '../../src/http/server.js';
import { acme } from '../support/cast/ids.js';
import { registered } from '../support/scene.js';
import { freshDirectory, openIn, service, token } from '../support/service.js';
import { asking, bytes } from '../support/sockets.js';

const at = service();
const nobody = { authorization: '' };

beforeAll(async () => {
  expect((await at.command('RegisterAccount', registered(acme))).status).toBe(201);
});

describe('health', () => {
  it('is told to everybody: alive, and ready with how far it is', async () => {
    expect((await at.get('/healthz/live', nobody)).body).toEqual({ status: 'live' });
    await at.level();
    const ready = await at.get('/healthz/ready', nobody);
    expect(ready.status).toBe(200);
    expect(ready.body).toEqual({ status: 'ready', head: at.taproot.head, projectionLag: 0, mirrorLag: null });
  });

  it('is not ready while the service stops, though still alive', async () => {
    const taproot = await openIn(freshDirectory());
    const door = await serve(taproot, token, '127.0.0.1', 0);
    door.app.get(Health).stop();
    const ready = await fetch(`${door.url}/healthz/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([
      503,
      { status: 'not-ready', reason: expect.any(String) },
    ]);
    expect((await fetch(`${door.url}/healthz/live`)).status).toBe(200);
    await door.app.close();
    await taproot.close();
  });

  it('is measured in the form of Prometheus, for auditors, with no id in a label', async () => {
    expect((await at.get('/metrics', nobody)).status).toBe(401);
    const { text, headers } = await at.get('/metrics');
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = text.trimEnd().split('\n');
    const samples = lines.filter((line) => !line.startsWith('#'));
    expect(samples.length).toBeGreaterThan(4);
    for (const sample of samples) expect(sample).toMatch(/^[a-z_]+ \d+(\.\d+)?$/);
    for (const name of samples.map((line) => line.split(' ')[0]))
      expect([name, lines.includes(`# TYPE ${name} gauge`)]).toEqual([name, true]);
    expect(text).toContain(`taproot_log_events ${at.taproot.head}\n`);
    expect(text).not.toContain(acme);
  });
});

describe('the page to try it', () => {
  it('and its script and style are served to everybody, and nothing inline or from elsewhere is allowed', async () => {
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/docs', 'text/html'],
      ['/docs.js', 'text/javascript'],
      ['/docs.css', 'text/css'],
    ] as const) {
      const { status, headers } = await at.get(path, nobody);
      expect([path, status, headers.get('content-type')]).toEqual([path, 200, `${type}; charset=utf-8`]);
      const policy = headers.get('content-security-policy');
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect([headers.get('x-content-type-options'), headers.get('x-powered-by')]).toEqual(['nosniff', null]);
    }
    const page = (await at.get('/docs', nobody)).text;
    expect([...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url)).toEqual(
      expect.arrayContaining(['/docs.js', '/docs.css', '/openapi.json']),
    );
    expect(page).not.toMatch(/<script>|<style|onclick|https?:/);
  });
});

describe('the sign-in link', () => {
  it('opens a session once, by a cookie that no script reads and no other site sends', async () => {
    const taproot = await openIn(freshDirectory());
    const door = await serve(taproot, token, '127.0.0.1', 0);
    const signIn = (code: unknown) =>
      fetch(`${door.url}/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      });
    const code = door.access.newCode(Date.now());
    const first = await signIn(code);
    const cookie = first.headers.get('set-cookie')!;
    expect([first.status, await first.text()]).toEqual([204, '']);
    expect(cookie).toMatch(
      new RegExp(`^${sessionCookie}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=\\d+$`),
    );
    for (const bad of [code, 'nonsense', '', 7, undefined, { code }]) {
      const reply = await signIn(bad);
      expect([bad, reply.status, reply.headers.get('set-cookie')]).toEqual([bad, 401, null]);
    }
    const read = (value: string) => fetch(`${door.url}/v1/accounts`, { headers: { cookie: value } });
    expect((await read(cookie.split(';')[0]!)).status).toBe(200);
    expect((await read(`other=1; ${cookie.split(';')[0]}; more=2`)).status).toBe(200);
    expect((await read(`${sessionCookie}=nonsense`)).status).toBe(401);
    await door.app.close();
    await taproot.close();
  });

  it('and its session end with time', () => {
    const access = new Access(token);
    const now = Date.parse('2026-01-01T00:00:00Z');
    const day = 86_400_000;
    expect(access.signIn(access.newCode(now), now + day + 1)).toBeUndefined();
    const session = access.signIn(access.newCode(now), now + day)!;
    const headers = { cookie: `${sessionCookie}=${session}` };
    expect(access.actor(headers, now + 30 * day)).toMatchObject({ authtype: 'user', authid: 'admin' });
    expect(access.actor(headers, now + 32 * day)).toBeUndefined();
    expect(access.actor({ authorization: 'Basic abc', ...headers }, now)).toMatchObject({ authtype: 'user' });
    expect(access.actor({ authorization: 'Bearer wrong', ...headers }, now)).toBeUndefined();
  });
});

describe('an answer', () => {
  it('with data is stored by nobody on the way', async () => {
    for (const path of [
      '/v1/accounts',
      `/v1/accounts/${acme}/profile`,
      '/v1/events',
      '/v1/rows/performance',
      '/v1/none',
    ])
      expect([path, (await at.get(path)).headers.get('cache-control')]).toEqual([path, 'no-store']);
  });

  it('to a route or a method that does not exist is a problem', async () => {
    for (const [method, path] of [
      ['GET', '/v1/nothing'],
      ['DELETE', `/v1/accounts/${acme}`],
      ['PUT', '/v1/commands/IssueInvoice'],
      ['PATCH', '/v1/events'],
      ['GET', '/v1/commands/IssueInvoice'],
      ['OPTIONS', '/v1/accounts'],
    ] as const) {
      const reply = await fetch(`${at.url}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
      expect([method, reply.status, await reply.json()]).toMatchObject([
        method,
        404,
        { code: 'request/unknown-route' },
      ]);
      expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    }
  });

  it('to an address that cannot be read is a problem', async () => {
    for (const [path, status] of [
      ['/v1/accounts/%ZZ/profile', 400],
      [`/v1/accounts/${'x'.repeat(400)}/profile`, 413],
      ['/v1/accounts/a%00b/profile', 404],
    ] as const) {
      const { first, body } = await bytes(at.url, asking(path));
      expect([path.slice(0, 30), first.split(' ')[1], JSON.parse(body)]).toMatchObject([
        path.slice(0, 30),
        String(status),
        { status },
      ]);
    }
  });

  it('to a parameter that is misspelt or given twice is a problem that names it', async () => {
    const misspelt = await at.get(`/v1/accounts/${acme}/profile?asof=2025-01-01`);
    expect([misspelt.status, misspelt.body.errors[0].pointer]).toEqual([400, '?asof']);
    const twice = await at.get(`/v1/accounts/${acme}/profile?asOf=2025-01-01&asOf=2025-01-02`);
    expect([twice.status, twice.body.errors[0].pointer]).toEqual([400, '?asOf']);
  });
});
