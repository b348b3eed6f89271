import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { Reads } from '../../src/app/reads.js';
import { bills, importing } from '../support/bills.js';

const i = importing();
const { run, file, told, billed, clock } = i;
const head = 'id,customer,name,amount,day';
const good = `${head}\nB1,ACME,Acme,100,2025-01-05\nB2,ACME,Acme,200,2025-02-05\n`;
const both = [
  ['B1', 100],
  ['B2', 200],
];

describe('files of an import', () => {
  it.each([
    [
      'with quotes, commas and line ends in fields',
      'a.csv',
      `${head}\r\n"B1",ACME,"Acme, ""the"" firm\nof pumps",100,2025-01-05\r\n\r\nB2,ACME,"Acme, ""the"" firm\nof pumps",200,2025-02-05`,
      {},
    ],
    ['with a byte order mark', 'b.csv', `\ufeff${good}`, {}],
    ['with semicolons', 'c.csv', good.replaceAll(',', ';'), { delimiter: ';' }],
    ['with tabs', 'd.tsv', good.replaceAll(',', '\t'), { delimiter: '\t' }],
    ['gzipped', 'e.csv.gz', gzipSync(good), {}],
    [
      'as NDJSON',
      'f.ndjson',
      '{"id":"B1","customer":"ACME","name":"Acme","amount":"100","day":"2025-01-05"}\n\n{"id":"B2","customer":"ACME","name":"Acme","amount":"200","day":"2025-02-05"}',
      {},
    ],
    [
      'as gzipped NDJSON',
      'g.ndjson.gz',
      gzipSync(
        '{"id":"B1","customer":"ACME","name":"Acme","amount":"100","day":"2025-01-05"}\n{"id":"B2","customer":"ACME","name":"Acme","amount":"200","day":"2025-02-05"}\n',
      ),
      {},
    ],
    [
      'as a JSON array',
      'h.json',
      '[{"id":"B1","customer":"ACME","name":"Acme","amount":"100","day":"2025-01-05"},{"id":"B2","customer":"ACME","name":"Acme","amount":"200","day":"2025-02-05"}]',
      {},
    ],
  ])('are read %s', async (_says, name, content, more) => {
    const { counts, lines } = await run([file(name, content)], {}, { ...bills, ...more });
    expect(lines).toEqual([]);
    expect(counts).toMatchObject({ rows: 2, records: 2, rejected: 0, refused: 0 });
    expect(await billed()).toEqual(both);
  });

  it('that are not there, or are no JSON, are refused by name', async () => {
    for (const path of ['/nowhere/none.csv', file('x.json', '{"id":'), file('y.json', '{"id":"B1"}')])
      await expect(run([path])).rejects.toMatchObject({
        code: 'config/invalid',
        message: expect.stringContaining(path),
      });
    expect(await billed()).toEqual([]);
  });
});

describe('rows that cannot be used', () => {
  it('are reported with file, line, field, reason and row, and the others go in', async () => {
    const path = file(
      'rows.csv',
      `${head}\nB1,ACME,Acme,100,2025-01-05\n,ACME,Acme,5,2025-01-06\nB3,ACME,Acme,much,2025-01-07\nB4,ACME,Acme\nB2, ACME,Acme,200,2025-02-05\nB6,ACME,Acme,6,2999-01-01\n`,
    );
    const { counts, lines } = await run([path]);
    expect(await billed()).toEqual(both);
    const sorted = lines.sort((a, b) => a.line - b.line);
    expect(sorted.map(({ kind, line, field, command }) => [kind, line, field, command])).toEqual([
      ['rejected', 3, 'key', undefined],
      ['rejected', 4, 'amount', undefined],
      ['rejected', 5, '', undefined],
      ['noted', 6, 'customer', undefined],
      ['refused', 7, '/occurredAt', 'IssueInvoice'],
    ]);
    expect(sorted.every((line) => line.file === path && line.reason.length > 5)).toBe(true);
    expect(sorted[1]).toMatchObject({ reason: 'much is no amount', row: { id: 'B3', amount: 'much' } });
    expect(sorted[4]!.reason).toMatch(/^time\/in-future: /);
    expect(counts).toMatchObject({ rows: 6, rejected: 3, noted: 1, refused: 1, recorded: 3 });
    const [completed] = await told('ImportCompleted');
    expect(completed!.data).toMatchObject({ rejected: 3, counts: { refused: 1, noted: 1 } });
  });

  it('are told with the line that they begin on, whatever stands in the lines before', async () => {
    const rows = [
      'B1,ACME,"Acme\r\nof\r\npumps",100,2025-01-05',
      '',
      'B9,ACME',
      '"B\n3",ACME,Acme,x,2025-01-05',
      'B4,ACME,Acme,x,x',
    ];
    const { lines } = await run([file('lines.csv', `${[head, ...rows].join('\r\n')}\r\n`)]);
    expect(lines.map(({ line, field }) => [line, field])).toEqual([
      [6, ''],
      [7, 'amount'],
      [9, 'amount'],
    ]);
  });

  it('leave the other commands of their record standing', async () => {
    const path = file(
      'rows.ndjson',
      '{"id":"B1","customer":"NOBODY","amount":"1","day":"2025-01-01","buyer":"Ada"}\nnonsense\n[1]\n{"id":"B2","customer":"ACME","name":"Acme","amount":"2","day":"2025-01-01"}',
    );
    const { lines } = await run([path]);
    expect(lines.map(({ kind, line, command }) => [kind, line, command])).toEqual(
      expect.arrayContaining([
        ['refused', 1, 'IssueInvoice'],
        ['refused', 1, 'AddContact'],
        ['rejected', 2, undefined],
        ['rejected', 3, undefined],
      ]),
    );
    expect(await billed()).toEqual([['B2', 2]]);
  });
});

describe('rows that are not UTF-8', () => {
  it('are rejected, and the others go in', async () => {
    const row = (id: string, name: string) => `${id},ACME,${name},100,2025-01-05`;
    const content = Buffer.from([head, row('B1', 'Acme'), row('B2', 'Türen'), row('B3', 'Acme')].join('\n'), 'latin1');
    const { lines } = await run([file('latin.csv', content)]);
    expect(lines).toMatchObject([{ kind: 'rejected', line: 3, reason: expect.stringContaining('UTF-8') }]);
    expect((await billed()).map(([id]) => id)).toEqual(['B1', 'B3']);
  });
});

describe('a dry run', () => {
  it('says what would be recorded, and writes nothing', async () => {
    const path = file('dry.csv', `${good}B3,NOBODY,,x,2025-01-01\n`);
    const { batchId, counts, lines } = await run([path], { dryRun: true });
    expect([batchId, i.taproot.head]).toEqual([null, 0]);
    expect(counts).toMatchObject({ rows: 3, recorded: 3, refused: 0, rejected: 1 });
    expect(lines.filter(({ kind }) => kind === 'rejected')).toHaveLength(1);
  });
});

describe('an import', () => {
  it('keeps what the source claims: since when it knew, and who said so', async () => {
    const path = file('claims.csv', `${head},known,by\nB1,ACME,Acme,100,2025-01-05,2025-01-07T08:00:00Z,clerk-7\n`);
    const { batchId } = await run([path]);
    const [bill] = await told('InvoiceIssued');
    expect(bill).toMatchObject({
      time: '2025-01-05T00:00:00.000Z',
      knowntime: '2025-01-07T08:00:00.000Z',
      recordedtime: '2026-01-10T00:00:00.000Z',
      authtype: 'import',
      authid: 'import',
      sourcesystem: 'oldbooks',
      sourcekey: 'B1',
      sourceactor: 'clerk-7',
      correlationid: batchId,
    });
    const reads = new Reads(i.taproot);
    const at = (knownAt: string) => reads.listed.at({ asOf: clock.now, knownAt: Date.parse(knownAt) }).length;
    expect([at('2025-01-06T00:00:00Z'), at('2025-01-08T00:00:00Z')]).toEqual([0, 1]);
  });

  it('gives a person of the source the same id, in every file and every run, and never one that the key tells', async () => {
    const row = (id: string, buyer: string) =>
      JSON.stringify({ id, customer: 'ACME', name: 'Acme', amount: '1', day: '2025-01-05', buyer });
    await run([file('p1.ndjson', `${row('B1', 'Ada')}\n${row('B2', 'Bert')}\n`), file('p2.ndjson', row('B3', 'Ada'))]);
    await run([file('p3.ndjson', row('B4', 'Ada'))]);
    const added = await told('ContactAdded');
    expect(added.map(({ data }) => data.name)).toEqual(['Ada', 'Bert']);
    const id = await i.taproot.vault.known('contact', 'oldbooks', 'Ada');
    expect(added[0]!.subject).toBe(`contact-${id}`);
    expect(id).toMatch(/^[0-9a-f-]{14}4/);
    expect(added[0]!.sourcekey).not.toBe('B1');
  });
});
