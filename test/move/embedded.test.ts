import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { look } from '../../src/app/look.js';
import { headFile } from '../../src/app/move/bundle.js';
import { Taproot } from '../../src/app/taproot.js';
import { readConfig } from '../../src/config.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { incoming, stamp } from '../../src/store/stamp.js';
import { unstamped } from '../support/entries.js';
import { contentOf, logIn, origin, taproot } from '../support/moving.js';
import { freshDirectory } from '../support/service.js';

const count = 20_000;
const settings = (directory: string) => readConfig({ TAPROOT_DATA: directory, TAPROOT_DEMO: 'off' });
const openAt = (directory: string) => Taproot.open(settings(directory), { projector: 'inline' });
const moveInto = (directory: string, from: string) => taproot(directory, ['import', '--events', from, '--json']);

/** Puts the first entries of one log into another directory, as an interrupted move leaves them. */
function beginning(from: string, directory: string, size: number): void {
  const source = Ledger.open(from);
  const target = Ledger.open(directory);
  target.fix('origin', origin);
  target.append(source.reader.scan(0, size).map((row) => incoming({ entry: JSON.parse(row.entry), text: row.entry })));
  source.close();
  target.close();
}

/** Puts one more event into a log. */
function goOn(directory: string, name: string, under = origin): void {
  const ledger = Ledger.open(directory);
  ledger.append([
    incoming(stamp(unstamped(name), under, `activity-${name}`, 0, Date.parse('2026-01-15T10:00:00.000Z'))),
  ]);
  ledger.close();
}

describe('moving a log from one directory to another', () => {
  const source = freshDirectory();
  const target = freshDirectory();
  let before: ReturnType<typeof contentOf>;
  beforeAll(async () => {
    logIn(source, count);
    before = contentOf(source);
    expect(await moveInto(target, source)).toMatchObject({ code: 0 });
  }, 60_000);

  it('keeps the bytes of every event, its position, the root and the name of the log', () => {
    expect(before.rows).toHaveLength(count);
    expect(before.annotations.length).toBeGreaterThan(10);
    expect(contentOf(target)).toEqual(before);
  });
  it('lets the source take no more events, and says where the log is now', async () => {
    await expect(openAt(source)).rejects.toThrow(`moved to ${target}`);
    const still = look(settings(source));
    expect(still.moments.reader.head()).toBe(count);
    still.close();
  });
  it('adds nothing the second time, also when the log went on meanwhile', async () => {
    const again = JSON.parse((await moveInto(target, source)).out);
    expect(again).toMatchObject({ size: count, before: count, root: before.root });
    goOn(target, 'later');
    const oncemore = JSON.parse((await moveInto(target, source)).out);
    expect(oncemore).toMatchObject({ size: count, before: count + 1 });
    expect(contentOf(target).rows).toHaveLength(count + 1);
  });
});

describe('a move that was interrupted', () => {
  it.each([1, 999, 1_000, 2_321])('goes on after %i events', async (size) => {
    const [source, target] = [freshDirectory(), freshDirectory()];
    logIn(source, 2_500);
    beginning(source, target, size);
    const moved = JSON.parse((await moveInto(target, source)).out);
    expect(moved).toMatchObject({ size: 2_500, before: size });
    expect(contentOf(target)).toEqual(contentOf(source));
  });
});

describe('a log that holds something else', () => {
  it('is left as it is', async () => {
    const [source, target] = [freshDirectory(), freshDirectory()];
    logIn(source, 50);
    goOn(target, 'other');
    await expect(moveInto(target, source)).rejects.toMatchObject({ code: 'bundle/not-a-prefix' });
    expect(contentOf(target).rows).toHaveLength(1);
    await expect(openAt(source).then((opened) => opened.close())).resolves.toBeUndefined();
  });
  it('is no target either where it only went another way later', async () => {
    const [source, target] = [freshDirectory(), freshDirectory()];
    logIn(source, 50);
    beginning(source, target, 20);
    goOn(target, 'aside');
    await expect(moveInto(target, source)).rejects.toMatchObject({ code: 'bundle/not-a-prefix' });
  });
  it('is not renamed: a name that was set must be the name of the log that moves in', async () => {
    const [source, target] = [freshDirectory(), freshDirectory()];
    logIn(source, 3);
    const move = taproot(target, ['import', '--events', source], { TAPROOT_ORIGIN: 'another.example' });
    await expect(move).rejects.toThrow(/TAPROOT_ORIGIN is another.example/);
  });
});

describe('moving by a bundle', () => {
  const source = freshDirectory();
  const bundle = join(source, 'bundle.ndjson');
  beforeAll(async () => {
    logIn(source, 3_000);
    expect((await taproot(source, ['export', 'events', '--out', bundle])).code).toBe(0);
  });
  /** Another bundle, with lines changed and with or without what the export noted beside it. */
  const changed = (change: (lines: string[]) => string[], head: boolean): string => {
    const file = join(freshDirectory(), 'changed.ndjson');
    writeFileSync(file, change(readFileSync(bundle, 'utf8').split('\n')).join('\n'));
    if (head) writeFileSync(headFile(file), readFileSync(headFile(bundle)));
    return file;
  };

  it('gives the same log', async () => {
    const target = freshDirectory();
    expect((await moveInto(target, bundle)).code).toBe(0);
    expect(contentOf(target)).toEqual(contentOf(source));
  });
  it('may be compressed', async () => {
    const target = freshDirectory();
    const file = changed((lines) => lines, true);
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
    expect((await moveInto(target, `${file}.gz`)).code).toBe(0);
    expect(contentOf(target)).toEqual(contentOf(source));
  });
  it.each([
    ['was cut off', (lines: string[]) => lines.slice(0, 2_000), true],
    ['was cut off inside a line', (lines: string[]) => [...lines.slice(0, 2_000), lines[2_000]!.slice(0, 80)], false],
    ['lacks a line', (lines: string[]) => lines.toSpliced(1_500, 1), false],
    ['has lines in another order', (lines: string[]) => lines.toSpliced(10, 1).toSpliced(2_000, 0, lines[10]!), true],
    [
      'was written anew',
      (lines: string[]) => lines.with(5, JSON.stringify(JSON.parse(lines[5]!), null, 1).replaceAll('\n', ' ')),
      false,
    ],
    [
      'has an event that was changed',
      (lines: string[]) => lines.with(5, lines[5]!.replace('service', 'servicf')),
      true,
    ],
    ['is empty', () => [''], false],
  ])('refuses one that %s, before anything is written', async (_what, change, head) => {
    const target = freshDirectory();
    await expect(moveInto(target, changed(change, head))).rejects.toMatchObject({ code: 'bundle/invalid' });
    expect(contentOf(target)).toMatchObject({ rows: [] });
  });
  it('takes no more events after export with --seal, and can still be moved', async () => {
    const target = freshDirectory();
    const sealed = join(freshDirectory(), 'sealed.ndjson');
    expect((await taproot(source, ['export', 'events', '--out', sealed, '--seal'])).code).toBe(0);
    await expect(openAt(source)).rejects.toThrow(/moved to the bundle/);
    expect((await moveInto(target, sealed)).code).toBe(0);
    const opened = await openAt(target);
    expect(opened.head).toBe(3_000);
    await opened.close();
  });
});
