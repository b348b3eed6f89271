import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commandLine, registration } from '../support/command-line.js';
import { freshDirectory, service } from '../support/service.js';

const server = service();
const local = commandLine(freshDirectory());
const elsewhere = commandLine(freshDirectory());

const told = (accountId: string) =>
  JSON.stringify({ command: 'RegisterAccount', commandId: `batch-${accountId}`, ...registration(accountId) });

/** Lines that depend on each other, with an empty one, one that is no JSON, one that a rule refuses and one too long. */
const lines = [
  told('A'),
  JSON.stringify({ command: 'PlaceAccountUnder', commandId: 'place-1', accountId: 'B', parentId: 'A' }),
  told('B'),
  '',
  '{"command": "RegisterAccount"',
  JSON.stringify({ command: 'PlaceAccountUnder', commandId: 'place-2', accountId: 'B', parentId: 'A' }),
  JSON.stringify({ command: 'RegisterAccount', commandId: 'long', name: 'x'.repeat(70_000) }),
  told('C'),
];

describe.each([
  ['a data directory', () => local, () => [] as string[]],
  ['a service', () => elsewhere, () => ['--url', server.url]],
] as const)('taproot batch, over %s', (_where, line, to) => {
  const taproot = (args: readonly string[], input?: string) => line()([...args, ...to()], input);
  const directory = freshDirectory();
  const file = join(directory, 'commands.ndjson');
  writeFileSync(file, `${lines.join('\n')}\n`);

  it('carries out each line in order, lets none stop the others, and ends with 1 where any was refused', async () => {
    const report = join(directory, 'out.ndjson');
    const { code, out } = await taproot(['batch', file, '--report', report, '--json']);
    expect(code).toBe(1);
    const { refusals, ...counts } = JSON.parse(out);
    expect(counts).toEqual({ lines: 7, recorded: 4, repeated: 0, refused: 3 });
    expect(refusals.map((one: { line: number; code: string }) => [one.line, one.code])).toEqual([
      [2, 'account/unknown'],
      [5, 'request/malformed'],
      [7, 'request/too-large'],
    ]);
    const answers = readFileSync(report, 'utf8')
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one));
    expect(answers.map((one) => one.stream ?? one.status)).toEqual([
      'account-A',
      expect.any(Number),
      'account-B',
      400,
      'structure',
      413,
      'account-C',
    ]);
  });

  it('adds nothing the second time, and says so in words', async () => {
    const { code, out } = await taproot(['batch', '-'], lines.join('\n'));
    expect(code).toBe(1);
    // what was refused as too early is true by now
    expect(out).toMatch(/^7 lines: 0 recorded, 5 known already, 2 refused\n/);
    expect(out).toContain('  line 5: ');
  });

  it('goes through more lines than a request or the memory for answers takes, and keeps their numbers', async () => {
    const many = Array.from({ length: 5_200 }, (_, i) => (i % 1_300 === 7 ? '{}' : told('A')));
    const { code, out } = await taproot(['batch', '-', '--json'], many.join('\n'));
    expect(code).toBe(1);
    const { refusals, ...counts } = JSON.parse(out);
    expect(counts).toEqual({ lines: 5_200, recorded: 0, repeated: 5_196, refused: 4 });
    expect(refusals.map((one: { line: number }) => one.line)).toEqual([8, 1_308, 2_608, 3_908]);
  });

  it('ends with 0 where nothing was refused', async () => {
    expect(await taproot(['batch', '-'], told('D'))).toMatchObject({
      code: 0,
      out: '1 line: 1 recorded, 0 known already, 0 refused\n',
    });
  });

  it('is a wrong use without a file that exists', async () => {
    expect(await taproot(['batch', join(directory, 'none.ndjson')])).toMatchObject({ code: 3 });
    expect(await taproot(['batch'])).toMatchObject({ code: 3 });
  });
});
