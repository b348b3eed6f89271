import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commandLine, registration } from '../support/command-line.js';
import { crmFiles, crmMapping } from '../support/crm.js';
import { freshDirectory, service, token } from '../support/service.js';

const server = service();
const own = freshDirectory();
const local = commandLine(own);
const remote = (args: readonly string[]) => local([...args, '--url', server.url]);
const { files, change } = crmFiles();
const imported = ['import', crmMapping, ...files, '--json'];

interface Told {
  readonly id: string;
  readonly type: string;
  readonly authtype: string;
  readonly time: string;
  readonly sourcekey?: string;
}

/** What the import of a log told about the world, in order, without what differs from log to log. */
async function toldBy(taproot: typeof local): Promise<object[]> {
  const { out } = await taproot(['export', 'events']);
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told);
  return events
    .filter((event) => event.authtype === 'import' && !/^Import/.test(event.type))
    .map(({ id, type, time }) => ({ id, type, time }));
}

describe('taproot import --url', () => {
  const counts = { rows: 7, records: 6, refused: 1, rejected: 1, noted: 2, changed: 0 };
  let batchId = '';

  it('says in a dry run what would go in, and writes nothing', async () => {
    const { code, out } = await remote([...imported, '--dry-run']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ batchId: null, dryRun: true, rejected: 1, noted: 2 });
    expect(server.taproot.head).toBe(0);
  });

  it('tells the service what an import into a directory tells: the same events under the same ids', async () => {
    const report = join(freshDirectory(), 'rows.ndjson');
    const there = await remote([...imported, '--report', report]);
    const here = await local(imported);
    expect(there).toMatchObject({ code: 0, error: '' });
    const [a, b] = [JSON.parse(there.out), JSON.parse(here.out)];
    expect(a).toEqual({
      batchId: expect.stringMatching(/^maven-crm-/),
      dryRun: false,
      ...counts,
      recorded: 8,
      repeated: 0,
    });
    expect(b).toEqual(a);
    batchId = a.batchId;
    expect(await toldBy(remote)).toEqual(await toldBy(local));
    const lines = readFileSync(report, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ kind, field }) => [kind, field]).sort()).toEqual([
      ['noted', 'product'],
      ['noted', 'sector'],
      ['refused', '/accountId'],
      ['rejected', 'account'],
    ]);
  });

  it('adds nothing the second time', async () => {
    const { head } = server.taproot;
    const { code, out } = await remote(imported);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ batchId: null, ...counts, recorded: 0, repeated: 8 });
    expect(JSON.parse((await remote([...imported, '--dry-run'])).out)).toMatchObject({ recorded: 0, repeated: 8 });
    expect(server.taproot.head).toBe(head);
  });

  it('reports a row that changed since, and corrects it where that is asked for', async () => {
    change('Won,2016-10-21,2017-03-01,1054', 'Won,2016-10-21,2017-03-01,1155');
    const { head } = server.taproot;
    expect(JSON.parse((await remote(imported)).out)).toMatchObject({ recorded: 0, repeated: 7, changed: 1 });
    expect(server.taproot.head).toBe(head);
    const corrected = await remote([...imported, '--changed=correct']);
    expect(JSON.parse(corrected.out)).toMatchObject({ batchId: expect.any(String), changed: 1, refused: 1 });
    const told = await remote(['export', 'events']);
    const correction = told.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .find((one) => one.type === 'EventCorrected');
    expect(correction.data.set).toEqual({ value: { minor: 115500, currency: 'USD' } });
    change('2017-03-01,1155', '2017-03-01,1054');
  });

  it('sees that a row has changed back to what was imported first', async () => {
    expect(JSON.parse((await remote([...imported, '--dry-run'])).out)).toMatchObject({ repeated: 7, changed: 1 });
    const back = await remote([...imported, '--changed=correct']);
    expect(JSON.parse(back.out)).toMatchObject({ batchId: expect.any(String), changed: 1 });
    expect(JSON.parse((await remote(imported)).out)).toMatchObject({ batchId: null, repeated: 8, changed: 0 });
  });

  it('takes a batch back with --revert, and brings it back in another round', async () => {
    const { code, out } = await remote(['import', '--revert', batchId, '--json']);
    expect({ code, result: JSON.parse(out) }).toEqual({ code: 0, result: { batchId, retracted: 8 } });
    expect((await server.get('/v1/accounts')).body.items).toEqual([]);
    expect(JSON.parse((await remote(['import', '--revert', batchId, '--json'])).out).retracted).toBe(0);
    const again = JSON.parse((await remote(imported)).out);
    expect(again).toMatchObject({ ...counts, recorded: 8, repeated: 0 });
    expect(again.batchId).not.toBe(batchId);
    expect((await server.get('/v1/accounts')).body.items).toHaveLength(2);
    await local(['import', '--revert', batchId]);
    await local(imported);
    const world = async (taproot: typeof local) =>
      (await toldBy(taproot)).filter((one) => !/^Event/.test((one as Told).type));
    expect(await world(remote)).toEqual(await world(local));
  });

  it('is refused for a batch that the service does not know', async () => {
    expect(await remote(['import', '--revert', 'nothing-1'])).toMatchObject({
      code: 1,
      error: expect.stringContaining('There is no import batch nothing-1'),
    });
  });
});

describe('reading with --url', () => {
  const when = ['--as-of', '2024-01-01', '--known-at', '2030-01-01', '--json'];

  it.each([
    ['view', ['view', 'Acme-Corp', 'profile']],
    ['a timeline', ['view', 'Acme-Corp', 'timeline', '--order', 'asc', '--limit', '1']],
    ['a report', ['report', 'whale', '--region', 'Kenya']],
    ['an explanation', ['explain', 'Acme-Corp', 'profile', '/name']],
  ])('answers %s as the data directory of the service does', async (_what, words) => {
    const beside = commandLine(server.directory);
    await server.level();
    const here = await beside([...words, ...when]);
    expect(here).toMatchObject({ code: 0, error: '' });
    expect(await remote([...words, ...when])).toEqual(here);
  });

  it('exports rows and the exact lines of the log as they are in the directory', async () => {
    const beside = commandLine(server.directory);
    for (const words of [
      ['export', 'events'],
      ['export', 'rows', 'pursuits'],
      ['export', 'rows', 'pursuits', '--format=csv'],
    ]) {
      const { code, out } = await remote(words);
      expect(code).toBe(0);
      expect(out).toBe((await beside(words)).out);
      expect(out.length).toBeGreaterThan(100);
    }
  });

  it('tells a refusal of the service with its sentence', async () => {
    const there = await remote(['view', 'NOBODY', 'profile']);
    expect(there).toEqual({ code: 1, out: '', error: 'There is no account NOBODY\n' });
  });
});

describe('a directory that a service holds', () => {
  it('refuses a writing command with its pid and the address to use', async () => {
    server.taproot.hold.at(process.pid, server.url);
    const body = JSON.stringify({ commandId: 'held-1', ...registration('HELD') });
    const { code, error } = await commandLine(server.directory)(['command', 'RegisterAccount', body]);
    expect(code).toBe(78);
    expect(error).toContain(`process ${process.pid}`);
    expect(error).toContain(`--url ${server.url}`);
  });
});

describe('--url and --token', () => {
  it.each(['serve', 'verify', 'rebuild', 'replay', 'doctor'])('are no options of taproot %s', async (name) => {
    for (const extra of [
      ['--url', 'http://127.0.0.1:1'],
      ['--token', token],
    ])
      expect(await local([name, ...extra])).toMatchObject({
        code: 3,
        error: expect.stringContaining(`${extra[0]} is no option`),
      });
  });

  it('are refused for the demo portfolio, for whole logs and for addresses that are none', async () => {
    expect(await remote(['demo'])).toMatchObject({ code: 3, error: expect.stringContaining('empty log') });
    expect(await remote(['import', '--events', 'x'])).toMatchObject({ code: 3 });
    expect(await local(['command', '--list', '--url', 'ftp://x'])).toMatchObject({ code: 3 });
    expect(await local(['command', '--list', '--token', token])).toMatchObject({ code: 3 });
  });

  it('end with 74 where nobody answers, and with 1 where the token is not the one', async () => {
    expect(await local(['view', 'A', 'profile', '--url', 'http://127.0.0.1:1'])).toMatchObject({
      code: 74,
      error: expect.stringContaining('http://127.0.0.1:1'),
    });
    expect(await remote([...imported, '--token', 'another-token-that-is-not-the-right-one'])).toMatchObject({
      code: 1,
    });
  });
});
