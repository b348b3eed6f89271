import { describe, expect, it } from '@jest/globals';
import { ImportRun } from '../../src/app/import/run.js';
import { ImportTarget } from '../../src/app/import/target.js';
import { Reads } from '../../src/app/reads.js';
import { admin } from '../../src/http/access.js';
import { bills, importing } from '../support/bills.js';
import { importOf, revertOf } from '../support/imports.js';

const i = importing();
const { run, file, told, clock } = i;
const head = 'id,customer,name,amount,day';
const good = `${head}\nB1,ACME,Acme,100,2025-01-05\nB2,ACME,Acme,200,2025-02-05\n`;
describe('an import', () => {
  it('adds nothing the second time, nor under another name of the file', async () => {
    await run([file('a.csv', good)]);
    const { head: before } = i.taproot;
    const again = await run([file('a.csv', good)]);
    expect([again.batchId, again.counts.repeated, i.taproot.head]).toEqual([null, 4, before]);
    expect((await run([file('b.csv', good)])).batchId).toBeNull();
    expect(i.taproot.head).toBe(before);
  });

  it('that is broken off goes on where it was, in its batch, and ends as if it never had been', async () => {
    const many = Array.from({ length: 60 }, (_, i) => `B${i},ACME,Acme,${i % 10 === 9 ? 'x' : i},2025-01-05`).join(
      '\n',
    );
    const path = file('many.csv', `${head}\n${many}\n`);
    let seen = 0;
    const broken = new ImportRun(new ImportTarget(i.taproot), bills as never, 'test.ts', {
      dryRun: false,
      changed: 'report',
      progress: () => undefined,
      report: () => {
        if (++seen === 3) throw new Error('the power went out');
      },
    });
    await expect(broken.run([path])).rejects.toThrow('the power went out');
    expect([(await told('InvoiceIssued')).length, (await told('ImportCompleted')).length]).toEqual([27, 0]);
    const { batchId, counts } = await run([path]);
    expect(counts).toMatchObject({ rejected: 6 });
    const started = await told('ImportStarted');
    expect(started.map(({ subject }) => subject)).toEqual([`batch-${batchId}`]);
    expect((await told('ImportCompleted')).length).toBe(1);
    const other = await i.other();
    await importOf(other, bills as never, [path]);
    const plain = ({ id, data, time }: Awaited<ReturnType<typeof told>>[number]) => ({ id, data, time });
    const straight = (await told('InvoiceIssued', other)).map(plain);
    expect((await told('InvoiceIssued')).map(plain)).toEqual(straight);
    expect(straight).toHaveLength(54);
    await other.close();
  });
});

describe('a row that the source has changed', () => {
  const before = `${head}\nB1,ACME,Acme,100,2025-01-05\nB2,ACME,Acme,200,2025-02-05\n`;
  const after = before.replace('200,2025-02-05', '250,2025-02-06');
  const net = (day: string) => {
    const moment = { asOf: Date.parse('2026-01-01'), knownAt: Date.parse(day) };
    return (i.taproot.moments.view('performance', 'ACME', moment) as { total: { gross: number } }).total.gross;
  };

  it('is reported with what changed, and nothing is written', async () => {
    await run([file('a.csv', before)]);
    const { head: position } = i.taproot;
    const { counts, lines, batchId } = await run([file('a.csv', after)]);
    expect(lines).toMatchObject([{ kind: 'changed', line: 3, command: 'IssueInvoice', field: 'gross, occurredAt' }]);
    expect([counts.changed, counts.refused, batchId, i.taproot.head]).toEqual([1, 0, null, position]);
  });

  it('is corrected where that is asked for, once; what was known before stays known', async () => {
    await run([file('a.csv', before)]);
    clock.now = Date.parse('2026-01-20T00:00:00Z');
    const { counts, batchId } = await run([file('a.csv', after)], { changed: 'correct' });
    expect(counts.changed).toBe(1);
    const [correction] = await told('EventCorrected');
    expect(correction).toMatchObject({
      recordedtime: '2026-01-20T00:00:00.000Z',
      time: '2026-01-20T00:00:00.000Z',
      correlationid: batchId,
      data: { set: { gross: { minor: 250, currency: 'EUR' } }, time: '2025-02-06T00:00:00.000Z' },
    });
    expect([net('2026-01-15'), net('2026-01-21')]).toEqual([300, 350]);
    const { head: position } = i.taproot;
    const again = await run([file('a.csv', after)], { changed: 'correct' });
    expect([again.batchId, i.taproot.head, again.lines]).toEqual([null, position, []]);
    expect(again.counts).toMatchObject({ repeated: 4, changed: 0 });
  });

  it('is corrected again where it changes back, and again where it changes once more', async () => {
    await run([file('a.csv', before)]);
    const amounts: number[] = [];
    for (const content of [after, before, before, after, after]) {
      await run([file('a.csv', content)], { changed: 'correct' });
      amounts.push(net('2026-01-21'));
    }
    expect(amounts).toEqual([350, 300, 300, 350, 350]);
    expect(await told('EventCorrected')).toHaveLength(3);
  });

  it('is known from when the source says that it changed it, with who did; from now where it claims nothing newer', async () => {
    const claiming = (amount: number, known: string, by: string) =>
      file('a.csv', `id,customer,name,amount,day,known,by\nB2,ACME,Acme,${amount},2025-02-05,${known},${by}\n`);
    await run([claiming(200, '2025-02-06', 'kim')]);
    clock.now = Date.parse('2026-01-20T00:00:00Z');
    await run([claiming(250, '2025-06-01', 'lou')], { changed: 'correct' });
    expect([net('2025-05-31'), net('2025-06-01')]).toEqual([200, 250]);
    await run([claiming(270, '2025-06-01', 'lou')], { changed: 'correct' });
    expect([net('2025-06-01'), net('2026-01-19'), net('2026-01-20')]).toEqual([250, 250, 270]);
    expect(await told('EventCorrected')).toMatchObject([
      { knowntime: '2025-06-01T00:00:00.000Z', sourceactor: 'lou', recordedtime: '2026-01-20T00:00:00.000Z' },
      { recordedtime: '2026-01-20T00:00:00.000Z' },
    ]);
    expect((await told('EventCorrected'))[1]).not.toHaveProperty('knowntime');
  });

  it('leaves alone what a person corrected, where the source still says the same', async () => {
    await run([file('a.csv', before)]);
    const [, bill] = await told('InvoiceIssued');
    await i.taproot.execute.run({
      name: 'CorrectEvent',
      body: { corrects: bill!.id, set: { gross: { minor: 240, currency: 'EUR' } }, reason: 'Keyed wrongly' },
      commandId: 'by-hand',
      actor: admin,
    });
    const again = await run([file('a.csv', before)], { changed: 'correct' });
    expect([again.batchId, again.lines, net('2026-01-21')]).toEqual([null, [], 340]);
  });
});

describe('an import that is taken back', () => {
  it('leaves the account as it was, and can be imported again', async () => {
    const path = file('a.csv', good);
    const { batchId } = await run([path]);
    expect(await revertOf(i.taproot, batchId!)).toEqual({ batchId, retracted: 3 });
    expect((await told('EventRetracted')).length).toBe(3);
    expect(new Reads(i.taproot).listed.at({ asOf: clock.now, knownAt: clock.now })).toEqual([]);
    expect(await revertOf(i.taproot, batchId!)).toEqual({ batchId, retracted: 0 });
    const again = await run([path]);
    expect(again.batchId).not.toBe(batchId);
    expect(again.counts).toMatchObject({ recorded: 3, repeated: 1, refused: 0 });
    expect((await told('InvoiceIssued')).length).toBe(4);
    expect((await run([path])).batchId).toBeNull();
  });

  it('is refused where there is no such batch', async () => {
    await expect(revertOf(i.taproot, 'nothing')).rejects.toMatchObject({ code: 'batch/unknown' });
  });
});
