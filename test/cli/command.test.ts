import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commandNames } from '../../src/domain/catalogue.js';
import { commandLine, registration } from '../support/command-line.js';
import { freshDirectory, service } from '../support/service.js';

const server = service();
const directory = freshDirectory();
const local = commandLine(directory);
const elsewhere = commandLine(freshDirectory());

const ways = [
  ['a data directory', () => local, () => [] as string[]],
  ['a service', () => elsewhere, () => ['--url', server.url]],
] as const;

describe.each(ways)('taproot command, over %s', (_where, line, to) => {
  const taproot = (args: readonly string[], input?: string) => line()([...args, ...to()], input);

  it('carries out the command and prints its receipt', async () => {
    const body = JSON.stringify({ commandId: 'register-1', ...registration('ONE') });
    const { code, out } = await taproot(['command', 'RegisterAccount', body, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      commandId: 'register-1',
      stream: 'account-ONE',
      revision: 0,
      events: [{ type: 'AccountRegistered' }],
      repeated: false,
    });
  });

  it('says a repeat in words, and adds nothing', async () => {
    const again = await taproot([
      'command',
      'RegisterAccount',
      JSON.stringify(registration('ONE')),
      '--id',
      'register-1',
    ]);
    expect(again.code).toBe(0);
    expect(again.out).toMatch(
      /^RegisterAccount had recorded AccountRegistered [0-9a-f-]{36}\nStream account-ONE is at revision 0/,
    );
  });

  it('takes the body from a file or from stdin', async () => {
    const file = join(freshDirectory(), 'body.json');
    writeFileSync(file, JSON.stringify(registration('TWO')));
    expect((await taproot(['command', 'RegisterAccount', file, '--id', 'register-2'])).code).toBe(0);
    const piped = await taproot(
      ['command', 'RegisterAccount', '-', '--id', 'r-3'],
      JSON.stringify(registration('THREE')),
    );
    expect(piped).toMatchObject({ code: 0, out: expect.stringContaining('Stream account-THREE') });
  });

  it('writes nothing with --dry-run, and says what it would record', async () => {
    const asked = ['command', 'RegisterAccount', JSON.stringify(registration('DRY')), '--id', 'dry-1', '--dry-run'];
    expect((await taproot(asked)).out).toContain('RegisterAccount would record AccountRegistered; nothing was written');
    const again = await taproot([...asked, '--json']);
    expect(JSON.parse(again.out)).toMatchObject({ dryRun: true, stream: 'account-DRY', revision: -1 });
  });

  it('is refused with exit code 1, its sentence, and every bad field', async () => {
    const bad = JSON.stringify({ commandId: 'bad-1', accountId: 'BAD', currency: 'euro', colour: 'red' });
    const words = await taproot(['command', 'RegisterAccount', bad]);
    expect(words).toMatchObject({ code: 1, out: '' });
    for (const pointer of ['/currency', '/colour', '/name', '/customerType'])
      expect(words.error).toContain(`${pointer}: `);
    const json = JSON.parse((await taproot(['command', 'RegisterAccount', bad, '--json'])).error);
    expect(json.code).toBe('command/invalid');
    expect(json.errors.map((one: { pointer: string }) => one.pointer)).toEqual(
      expect.arrayContaining(['/currency', '/colour', '/name', '/customerType']),
    );
  });

  it('needs an id, one and not two', async () => {
    const bare = await taproot(['command', 'RegisterAccount', JSON.stringify(registration('NOID')), '--json']);
    expect([bare.code, JSON.parse(bare.error).code]).toEqual([1, 'command/id-missing']);
    const body = JSON.stringify({ commandId: 'a', ...registration('NOID') });
    const both = await taproot(['command', 'RegisterAccount', body, '--id', 'b', '--json']);
    expect([both.code, JSON.parse(both.error).code]).toEqual([1, 'command/id-missing']);
  });

  it('is refused where the stream has moved on from --if-match', async () => {
    const body = JSON.stringify(registration('FOUR'));
    const stale = await taproot(['command', 'RegisterAccount', body, '--id', 'r-4', '--if-match', '3', '--json']);
    expect([stale.code, JSON.parse(stale.error).code]).toEqual([1, 'stream/revision-stale']);
    expect((await taproot(['command', 'RegisterAccount', body, '--id', 'r-4', '--if-match', '-1'])).code).toBe(0);
  });

  it('names every command with a sentence, and shows what one takes', async () => {
    const { out } = await taproot(['command', '--list']);
    expect(out.trim().split('\n')).toHaveLength(commandNames().length);
    expect(out).toMatch(/^RegisterAccount +\S.+$/m);
    const schema = JSON.parse((await taproot(['command', 'RegisterAccount', '--schema'])).out);
    expect(schema).toMatchObject({ type: 'object', required: expect.arrayContaining(['accountId', 'currency']) });
  });

  it('is refused for a name that no command has', async () => {
    expect(await taproot(['command', 'SellMoon', '{"commandId":"moon"}'])).toMatchObject({ code: 1 });
    expect(await taproot(['command', 'SellMoon', '--schema'])).toMatchObject({ code: 1 });
  });
});

describe('the same command of the same id', () => {
  it('makes the same events in a directory and at a service', async () => {
    const ids = async (taproot: typeof local, to: readonly string[]) => {
      const args = ['command', 'RegisterAccount', JSON.stringify(registration('ONE')), '--id', 'register-1', '--json'];
      return JSON.parse((await taproot([...args, ...to])).out).events;
    };
    expect(await ids(local, [])).toEqual(await ids(elsewhere, ['--url', server.url]));
  });
});
