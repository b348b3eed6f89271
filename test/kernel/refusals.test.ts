import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { problemOf } from '../../src/http/problem.js';
import { Refusal, type RefusalCode } from '../../src/kernel/refusal.js';
import { codes } from '../../src/kernel/refusals.js';

const page = readFileSync(new URL('../../docs/refusals.md', import.meta.url), 'utf8');
/** Rows of the page's tables: code, category, status, when, what to do. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.slice(2, -2).split(' | '));

describe('the page of refusals', () => {
  it('lists every code of the list, once, in its order', () => {
    expect(rows.map(([code]) => code)).toEqual(Object.keys(codes).map((code) => `\`${code}\``));
  });
  it('says of each the category and the status that it has', () => {
    const said = rows.map(([code, category, status]) => [code, category, Number(status)]);
    const has = Object.entries(codes).map(([code, category]) => {
      const { status } = problemOf(new Refusal(code as RefusalCode, 'A sentence.'));
      return [`\`${code}\``, category, status];
    });
    expect(said).toEqual(has);
  });
  it('says of each when it comes and what to do, in sentences', () => {
    expect(
      rows.filter((row) => row.length !== 5 || row.slice(3).some((text) => !/^[A-Z`].{6,}\.$/.test(text))),
    ).toEqual([]);
  });
});

describe('a code', () => {
  it('is one that something refuses with', () => {
    const root = new URL('../../src/', import.meta.url);
    const texts = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('kernel/refusals.ts'))
      .map((file) => readFileSync(new URL(file, root), 'utf8'));
    const made = ['need/not-active', 'driver/not-active']; // of the noun, in the rules of needs and drivers
    const used = (code: string) => made.includes(code) || texts.some((text) => text.includes(`'${code}'`));
    expect(Object.keys(codes).filter((code) => !used(code))).toEqual([]);
    expect(page).not.toContain('Reserved');
  });
  it('is a noun and what is wrong with it', () => {
    expect(Object.keys(codes).filter((code) => !/^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
  });
});
