import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { projectionNamed } from '../../projections/registry.js';
import { csvOf } from '../../src/app/export.js';
import { acme, globex } from '../support/cast/ids.js';
import { invoice, registered, scene } from '../support/scene.js';

const s = scene('2025-12-31T12:00:00.000Z');
const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

beforeAll(async () => {
  for (const id of [acme, globex]) await s.tell('RegisterAccount', registered(id));
  await s.tell('IssueInvoice', invoice('I-1', '2025-02-01', 100, 40));
  await s.tell('IssueInvoice', invoice('I-2', '2025-08-01', 300, 50));
});

describe('rows of a projection', () => {
  it('are the same as NDJSON and as CSV, with the columns that the catalogue names', async () => {
    const json = await s.at.get('/v1/rows/performance');
    const csv = await s.at.get('/v1/rows/performance?format=csv');
    expect(json.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows = lines(json.text);
    expect(rows.length).toBeGreaterThan(0);
    const columns = new Set(['accountId', ...Object.keys(projectionNamed('performance')!.rows!.columns)]);
    for (const row of rows) expect(new Set(Object.keys(row))).toEqual(columns);
    const asText = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? '' : String(value)])),
    );
    expect(parse(csv.text, { columns: true })).toEqual(asText);
  });

  it('are those of the moment asked for', async () => {
    const at = async (query: string) => lines((await s.at.get(`/v1/rows/performance?${query}`)).text).length;
    expect(await at('asOf=2025-03-31')).toBeLessThan(await at('asOf=2025-12-31'));
    expect(await at('knownAt=0')).toBe(0);
  });

  it('are refused where there are none of that name, or in another format', async () => {
    const none = await s.at.get('/v1/rows/nothing');
    expect([none.status, none.body.code]).toEqual([404, 'view/unknown']);
    const format = await s.at.get('/v1/rows/performance?format=xlsx');
    expect([format.status, format.body.errors[0].pointer]).toEqual([400, '?format']);
  });
});

describe('a cell of CSV', () => {
  const cells = (...values: (string | number | null)[]) => {
    const [, ...rows] = [
      ...csvOf(
        values.map((value) => ({ value, end: 1 })),
        ['value', 'end'],
      ),
    ];
    return rows.map((row) => row.slice(0, -4));
  };

  it('that a spreadsheet would take for a formula is made text', () => {
    expect(cells('=1+1', '+1', '-1', '@sum', '\t=1', '=HYPERLINK("x","y")')).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@sum",
      "'\t=1",
      '"\'=HYPERLINK(""x"",""y"")"',
    ]);
  });

  it('is quoted where it must be, a number is left as it is, and null is empty', () => {
    expect(cells('a,b', 'say "no"', 'two\nlines', -5, 0.25, null, '大客户')).toEqual([
      '"a,b"',
      '"say ""no"""',
      '"two\nlines"',
      '-5',
      '0.25',
      '',
      '大客户',
    ]);
  });
});
