import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { projections } from '../../projections/registry.js';
import { csvOf } from '../../src/app/export.js';
import { acme } from '../support/cast/ids.js';
import { invoice, registered, scene } from '../support/scene.js';

const csv = (...values: (string | number | null)[]): string => {
  const names = values.map((_, i) => `c${i}`);
  return [...csvOf([Object.fromEntries(values.map((value, i) => [`c${i}`, value]))], names)].slice(1).join('');
};

describe('a cell of CSV', () => {
  it.each([
    ['=1+2', "'=1+2"],
    ['+49 30 1', "'+49 30 1"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
  ])('that a spreadsheet would calculate begins with an apostrophe: %j', (value, cell) => {
    expect(csv(value)).toBe(`${cell}\r\n`);
  });

  it('that is a number stays one, also below zero; what is not there is empty', () => {
    expect(csv(-5, 0.25, null, 0, '')).toBe('-5,0.25,,0,\r\n');
  });

  it('with commas, quotes and lines is read back as it was', () => {
    const values = ['a,b', 'say "no"', 'two\r\nlines', '客户', ' blank '];
    expect(parse(csv(...values), { record_delimiter: '\r\n' })).toEqual([values]);
  });

  it('of a column that a row does not have is empty, whatever the first row has', () => {
    expect([...csvOf([{ a: 1 }, { b: 'x', a: 2 }], ['a', 'b'])].join('')).toBe('a,b\r\n1,\r\n2,x\r\n');
  });
});

describe('rows over HTTP', () => {
  const s = scene('2025-12-31T12:00:00.000Z');
  const rows = (name: string, query: string) => s.at.get(`/v1/rows/${name}?${query}`);

  it('of an empty log have their columns and nothing else', async () => {
    for (const { name, of, rows: kept } of projections.filter((one) => one.rows && one.of === 'account')) {
      const { text } = await rows(name, 'format=csv');
      expect([name, text.split('\r\n')[0]!.split(',')]).toEqual([
        name,
        [...new Set([`${of}Id`, ...Object.keys(kept!.columns)])],
      ]);
      expect((await rows(name, '')).text).toBe('');
    }
  });

  describe('of an account', () => {
    beforeAll(async () => {
      await s.tell('RegisterAccount', registered(acme));
      await s.tell('IssueInvoice', invoice('A', '2025-02-01', 100, 40));
      await s.tell('IssueInvoice', invoice('B', '2025-05-01', 50, 10));
    });

    it('say the same in both forms, at any moment', async () => {
      for (const [asOf, count] of [
        ['2025-01-31', 0],
        ['2025-03-31', 1],
        ['2025-12-31', 2],
      ] as const) {
        const lines = (await rows('performance', `asOf=${asOf}`)).text
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as object);
        expect([asOf, lines.length]).toEqual([asOf, count]);
        const { text, headers } = await rows('performance', `asOf=${asOf}&format=csv`);
        expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
        const told = lines.map((line) =>
          Object.fromEntries(Object.entries(line).map(([name, value]) => [name, value === null ? '' : String(value)])),
        );
        expect(parse(text, { columns: true, record_delimiter: '\r\n' })).toEqual(
          told.map((line) => expect.objectContaining(line)),
        );
      }
    });

    it('are refused of what has none, and in any other form', async () => {
      for (const query of ['', 'format=csv']) expect((await rows('nothing', query)).body.code).toBe('view/unknown');
      expect((await rows('performance', 'format=xml')).body.code).toBe('view/parameter-invalid');
    });
  });
});
