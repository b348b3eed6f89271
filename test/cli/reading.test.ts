import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { projections } from '../../projections/registry.js';
import { acme, globex } from '../support/cast/ids.js';
import { commandLine } from '../support/command-line.js';
import { invoice, people, registered, scene } from '../support/scene.js';
import { freshDirectory } from '../support/service.js';

const s = scene('2025-12-31T12:00:00.000Z');
const taproot = commandLine(s.at.directory);
const asked = async (...args: string[]) => {
  const came = await taproot(args);
  expect([args, came.code, came.error]).toEqual([args, 0, '']);
  return came.out;
};
const json = async (...args: string[]) => JSON.parse(await asked(...args, '--json')) as object;

beforeAll(async () => {
  for (const id of [acme, globex]) await s.tell('RegisterAccount', registered(id));
  await people(s);
  await s.tell('IssueInvoice', invoice('I-1', '2025-03-01', 100, 40));
  await s.tell('IssueInvoice', { ...invoice('I-2', '2025-05-01', 50, 10), accountId: globex });
  await s.tell('SetFirmSettings', { discountRate: 0.2, from: '2025-01-01' });
  await s.tell('PlaceAccountUnder', { accountId: globex, parentId: acme, occurredAt: '2025-01-01' });
  await s.at.level();
});

describe('questions on the command line', () => {
  const at = ['--as-of', '2025-06-30', '--known-at', '9'];
  const query = 'asOf=2025-06-30&knownAt=9';
  it.each([
    [['view', acme, 'performance'], `accounts/${acme}/performance?`],
    [['view', acme, 'performance', '--restatements', 'exact'], `accounts/${acme}/performance?restatements=exact&`],
    [['view', acme, 'performance', '--policy', '12'], `accounts/${acme}/performance?policy=12&`],
    [
      ['view', acme, 'performance', '--scope', 'group', '--members', 'now'],
      `accounts/${acme}/performance?scope=group&members=now&`,
    ],
    [['view', acme, 'timeline', '--order', 'asc', '--limit', '2'], `accounts/${acme}/timeline?order=asc&limit=2&`],
    [['report', 'whale'], 'portfolio/whale?'],
    [['report', 'whale', '--by', 'group', '--policy', '12'], 'portfolio/whale?by=group&policy=12&'],
    [
      ['report', 'retention', '--by', 'designation', '--from', '2025-01-01'],
      'portfolio/retention?by=designation&from=2025-01-01&',
    ],
    [
      ['explain', acme, 'performance', '/total/net', '--from', '2025-01-01'],
      `accounts/${acme}/performance/explain?figure=/total/net&from=2025-01-01&`,
    ],
    [
      ['explain', acme, 'performance', '/total/net', '--policy', '12'],
      `accounts/${acme}/performance/explain?figure=/total/net&policy=12&`,
    ],
  ])('%j has the answer of HTTP', async (args, path) => {
    const { status, body } = await s.at.get(`/v1/${path}${query}`);
    expect([path, status]).toEqual([path, 200]);
    expect(await json(...args, ...at)).toEqual(body);
  });

  it('are written for people as they are for programs, only wider', async () => {
    const wide = await asked('view', acme, 'performance', ...at);
    expect(wide.split('\n').length).toBeGreaterThan(20);
    expect(JSON.parse(wide)).toEqual(await json('view', acme, 'performance', ...at));
  });

  it('end with 1 where there is no such thing, and with 3 where they are asked wrongly', async () => {
    for (const [code, ...args] of [
      [1, 'view', 'NOBODY', 'performance'],
      [1, 'view', acme, 'nothing'],
      [1, 'report', 'nothing'],
      [1, 'explain', acme, 'performance', '/nothing'],
      [1, 'view', acme, 'stages', '--scope', 'group'],
      [3, 'view', acme],
      [3, 'view', acme, 'performance', '--as-of', '2025-02-30'],
      [3, 'view', acme, 'performance', '--known-at', 'yesterday'],
      [3, 'view', acme, 'performance', '--asof', '2025-02-28'],
      [3, 'view', acme, 'performance', '--from', '2025-02-28'],
      [3, 'view', acme, 'timeline', '--limit', 'many'],
      [3, 'report', 'whale', '--from', 'spring'],
      [3, 'explain', acme, 'performance', '/total/net', '--as-of', '2025-01-31', '--from', '2025-02-01'],
      [3, 'export', 'nothing'],
      [3, 'export', 'rows', 'performance', '--format', 'xml'],
      [3, 'rebuild', 'nothing'],
      [3, 'nothing'],
      [1, 'export', 'rows', 'nothing'],
    ] as [number, ...string[]][]) {
      const came = await taproot(args);
      expect([args, came.code, came.out]).toEqual([args, code, '']);
      expect([args, came.error.trim().length > 10]).toEqual([args, true]);
      const told = JSON.parse((await taproot([...args, '--json'])).error) as { code: string; detail: string };
      expect([args, came.error.startsWith(told.detail)]).toEqual([args, true]);
    }
  });
});

describe('exports', () => {
  it('have the exact lines of the log', async () => {
    const rows = s.at.taproot.moments.reader.scan(0, -1);
    expect(await asked('export', 'events')).toBe(rows.map(({ entry }) => `${entry}\n`).join(''));
  });

  it.each(projections.filter((one) => one.rows).map(({ name }) => name))(
    'have the rows of %s as HTTP and views.db have them',
    async (name) => {
      for (const format of ['ndjson', 'csv']) {
        const { text } = await s.at.get(`/v1/rows/${name}?format=${format}&asOf=2025-12-31`);
        expect(await asked('export', 'rows', name, `--format=${format}`, '--as-of', '2025-12-31')).toBe(text);
      }
      const lines = (await asked('export', 'rows', name))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as object);
      const views = new DatabaseSync(join(s.at.directory, 'views.db'), { readOnly: true });
      const stored = views
        .prepare(`SELECT * FROM "${name}"`)
        .all()
        .map((row) => ({ ...row }));
      views.close();
      const sorted = (list: object[]) => list.map((one) => JSON.stringify(one)).sort();
      expect(sorted(stored)).toEqual(sorted(lines));
    },
  );
});

describe('tending', () => {
  it('doctor shows every setting, secrets as set or unset, the log, who holds it, and every projection', async () => {
    const answer = (await json('doctor')) as {
      settings: { name: string; value: string }[];
      log: object;
      views: object[];
      holder: object;
    };
    expect(answer.log).toEqual({ origin: 'test.example', events: s.at.taproot.head });
    expect(answer.holder).toMatchObject({ pid: process.pid });
    expect(answer.settings.find(({ name }) => name === 'TAPROOT_TOKEN')?.value).toBe('set');
    expect(answer.views).toHaveLength(projections.length);
    expect(answer.views).toEqual(answer.views.map((one) => ({ ...one, lag: 0, live: true })));
  });

  it('replay finds what is stored the same, and says when it differs or is behind', async () => {
    expect(await json('replay')).toMatchObject({ differ: [], missing: 0 });
    const views = new DatabaseSync(join(s.at.directory, 'views.db'));
    const state = views
      .prepare("SELECT state FROM states WHERE subject = ? AND key LIKE 'performance@%'")
      .get(`account/${acme}`)!.state as string;
    const set = views.prepare("UPDATE states SET state = ? WHERE subject = ? AND key LIKE 'performance@%'");
    set.run(state.replace('100', '101'), `account/${acme}`);
    const bad = await taproot(['replay', '--json']);
    expect([bad.code, JSON.parse(bad.out).differ]).toEqual([
      1,
      [expect.stringMatching(/^performance@\d+ account\/ACME$/)],
    ]);
    views.exec("UPDATE checkpoints SET position = position - 1 WHERE key LIKE 'performance@%'");
    expect((await taproot(['replay'])).code).toBe(2);
    views.exec("UPDATE checkpoints SET position = position + 1 WHERE key LIKE 'performance@%'");
    set.run(state, `account/${acme}`);
    views.close();
    expect((await taproot(['replay'])).code).toBe(0);
  });

  it('verify finds the log sound while it is served; rebuild has to wait for the service', async () => {
    expect(await json('verify')).toMatchObject({ size: s.at.taproot.head, sound: true });
    const held = await taproot(['rebuild']);
    expect([held.code, held.error]).toEqual([78, expect.stringContaining(String(process.pid))]);
  });

  it('help lists every command; each of them is one of the manual', async () => {
    const help = await asked('help');
    const manual = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
    expect(manual).toContain('npx taproot');
    for (const name of [
      'serve',
      'demo',
      'import',
      'export',
      'replay',
      'rebuild',
      'view',
      'report',
      'explain',
      'verify',
      'doctor',
    ])
      expect(help).toContain(`taproot ${name}`);
  });

  it('there is nothing to read in a directory without a log: 78', async () => {
    const none = commandLine(freshDirectory());
    for (const args of [
      ['view', acme, 'performance'],
      ['report', 'whale'],
      ['verify'],
      ['replay'],
      ['doctor'],
      ['export', 'events'],
    ])
      expect([args, (await none(args)).code]).toEqual([args, 78]);
  });
});
