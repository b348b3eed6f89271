import { describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/cli/run.js';
import { settings } from '../../src/config.js';
import { freshDirectory, openIn, token } from '../support/service.js';

/** Runs one command line under an environment of its own. */
async function line(args: readonly string[], env: Record<string, string>) {
  const [out, error]: [string[], string[]] = [[], []];
  const ends = { out: (text: string) => void out.push(text), error: (text: string) => void error.push(text) };
  const code = await run(args, env, { ...ends, projector: 'inline' });
  return { code, out: out.join(''), error: error.join('') };
}
const doctor = (env: Record<string, string>, ...args: string[]) => line(['doctor', ...args], env);

describe('settings', () => {
  it.each([
    ['TAPROOT_PORT', '70000'],
    ['TAPROOT_PORT', 'http'],
    ['TAPROOT_STORE', 'postgres://localhost'],
    ['TAPROOT_TOKEN', 'too-short'],
    ['TAPROOT_ORIGIN', 'with space'],
    ['TAPROOT_DEMO', 'yes'],
    ['TAPROOT_SIGNER', 'maybe'],
    ['TAPROOT_VAULT', 'keeper.example'],
    ['TAPROOT_STREAM_PREFIX', 'a/b'],
    ['TAPROOT_LOG', 'loud'],
  ])('that are wrong end with 78 and a sentence that names them: %s=%s', async (name, value) => {
    const came = await doctor({ TAPROOT_DATA: freshDirectory(), [name]: value });
    expect([came.code, came.out]).toEqual([78, '']);
    expect(came.error).toMatch(new RegExp(`^${name} must be .{6,}`));
    const json = await doctor({ TAPROOT_DATA: freshDirectory(), [name]: value }, '--json');
    expect(JSON.parse(json.error)).toMatchObject({ code: 'config/invalid' });
  });

  it('do not let the service be reached from elsewhere before it has a token of its owner', async () => {
    const data = { TAPROOT_DATA: freshDirectory() };
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'taproot.example']) {
      const came = await doctor({ ...data, TAPROOT_HOST: host });
      expect([host, came.code, came.error]).toEqual([host, 78, expect.stringContaining('TAPROOT_TOKEN')]);
    }
  });

  it('never say a secret: neither a token nor a password in an address', async () => {
    const secret = 'a-secret-that-nobody-should-see';
    const short = await doctor({ TAPROOT_DATA: freshDirectory(), TAPROOT_TOKEN: 'short-secret' });
    expect(short.error).not.toContain('short-secret');
    const bad = await doctor({ TAPROOT_DATA: freshDirectory(), TAPROOT_STORE: `mysql://admin:${secret}@localhost` });
    expect([bad.code, bad.error.includes(secret), bad.error.includes('mysql://admin:***@')]).toEqual([78, false, true]);
    const directory = freshDirectory();
    await (await openIn(directory)).close();
    const shown = await doctor({
      TAPROOT_DATA: directory,
      TAPROOT_TOKEN: token,
      TAPROOT_STORE: `esdb://admin:${secret}@localhost:2113`,
    });
    expect(shown.code).toBe(0);
    expect(shown.out + shown.error).not.toContain(secret);
    expect(shown.out + shown.error).not.toContain(token);
    for (const { name, meaning } of Object.values(settings)) {
      expect(shown.out).toContain(`${name.padEnd(26)} `);
      expect(shown.out).toContain(meaning);
    }
  });

  it('that a log has had since its first event cannot be changed', async () => {
    const directory = freshDirectory();
    const taproot = await openIn(directory);
    const body = { accountId: 'A', name: 'A', customerType: 'OTHER', currency: 'EUR' };
    const actor = { authtype: 'service', authid: 'admin', scope: 'admin', roles: ['commander'] } as const;
    await taproot.execute.run({ name: 'RegisterAccount', body, commandId: 'a', actor });
    await taproot.close();
    const { code, error } = await line(['rebuild'], { TAPROOT_DATA: directory, TAPROOT_ORIGIN: 'other.example' });
    expect([code, error]).toEqual([78, expect.stringMatching(/TAPROOT_ORIGIN is other\.example.*test\.example/)]);
  });

  it('name a data directory that is none: 74', async () => {
    const file = join(freshDirectory(), 'a-file');
    writeFileSync(file, 'x');
    const { code, error } = await line(['rebuild'], { TAPROOT_DATA: file });
    expect([code, error]).toEqual([74, expect.stringContaining(file)]);
  });
});
