import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import maven from '../../examples/maven-crm.js';
import { Events } from '../../src/app/events.js';
import type { ReportLine } from '../../src/app/import/report.js';
import { Reads } from '../../src/app/reads.js';
import type { Taproot } from '../../src/app/taproot.js';
import { admin } from '../../src/http/access.js';
import { hasData, importOf, revertOf, sharedData } from '../support/imports.js';
import { freshDirectory, openIn } from '../support/service.js';

const data = join(sharedData, 'maven_crm');
const files = ['accounts.csv', 'sales_teams.csv', 'sales_pipeline.csv'].map((name) => join(data, name));

interface Won {
  readonly time: string;
  readonly data: { readonly value: { readonly minor: number } };
}

(hasData('maven_crm') ? describe : describe.skip)('Maven CRM', () => {
  let taproot: Taproot;
  let batchId: string;
  let lines: ReportLine[];
  beforeAll(async () => {
    taproot = await openIn(freshDirectory());
    const first = await importOf(taproot, maven as never, files);
    batchId = first.batchId!;
    lines = first.lines;
  }, 120_000);
  afterAll(() => taproot.close());

  async function told<T>(type: string): Promise<T[]> {
    const events = new Events(taproot, new Reads(taproot));
    const all: T[] = [];
    for await (const event of events.all({ after: 0, type }, Number.POSITIVE_INFINITY, admin)) all.push(event as T);
    return all;
  }
  const golden = JSON.parse(hasData('maven_crm') ? readFileSync(join(data, 'golden.json'), 'utf8') : '{}') as {
    won_value: string;
    won_by_close_month: Record<string, string>;
    by_stage: Record<string, number>;
    blank_account_by_stage: Record<string, number>;
  };

  it('wins and loses as many as published, and wins what is published, in total and by month', async () => {
    const won = await told<Won>('PursuitWon');
    expect(won.length).toBe(golden.by_stage.Won);
    expect((await told('PursuitLost')).length).toBe(golden.by_stage.Lost);
    expect(won.reduce((sum, one) => sum + one.data.value.minor, 0)).toBe(Number(golden.won_value) * 100);
    const months: Record<string, number> = {};
    for (const { time, data } of won) months[time.slice(0, 7)] = (months[time.slice(0, 7)] ?? 0) + data.value.minor;
    expect(months).toEqual(
      Object.fromEntries(
        Object.entries(golden.won_by_close_month).map(([month, value]) => [month, Number(value) * 100]),
      ),
    );
  });

  it('takes in the open opportunities that name an account, and reports the others', async () => {
    const engaging = golden.by_stage.Engaging! - golden.blank_account_by_stage.Engaging!;
    expect((await told('PursuitOpened')).length).toBe(golden.by_stage.Won! + golden.by_stage.Lost! + engaging);
    const rejected = lines.filter((line) => line.kind === 'rejected');
    const of = (stage: string) => rejected.filter((line) => (line.row as { deal_stage?: string }).deal_stage === stage);
    expect(of('Engaging').length).toBe(1088);
    expect(of('Prospecting').length).toBe(500);
    expect(rejected.length).toBe(1588);
    expect(rejected.every((line) => line.field !== '' && line.line > 0)).toBe(true);
  });

  it('reports the dirty names that it reads as others', () => {
    const noted = lines.filter((line) => line.kind === 'noted');
    expect(noted.some((line) => line.field === 'product' && line.reason.includes('GTXPro'))).toBe(true);
    expect(noted.some((line) => line.field === 'sector' && line.reason.includes('technolgy'))).toBe(true);
    expect(lines.filter((line) => line.kind === 'refused')).toEqual([]);
  });

  it('adds nothing the second time, leaves with a revert, and comes back', async () => {
    const head = taproot.head;
    expect((await importOf(taproot, maven as never, files)).batchId).toBeNull();
    expect(taproot.head).toBe(head);
    await revertOf(taproot, batchId);
    const now = { asOf: Date.parse('2026-01-01T00:00:00.000Z'), knownAt: Number.POSITIVE_INFINITY };
    expect(new Reads(taproot).listed.at(now)).toEqual([]);
    const third = await importOf(taproot, maven as never, files);
    expect(third.counts).toMatchObject({ refused: 0, repeated: 0 });
    expect(new Reads(taproot).listed.at(now).length).toBe(85);
  }, 120_000);
});
