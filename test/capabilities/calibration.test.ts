import { beforeAll, describe, expect, it } from '@jest/globals';
import { sponsor } from '../support/cast/ids.js';
import { eur, registered, scene } from '../support/scene.js';

interface Model {
  readonly model: string;
  readonly n: number;
  readonly predicted: number;
  readonly observed: number;
  readonly brier: number;
  readonly trained: { readonly n: number; readonly ended: number };
  readonly bands: readonly {
    from: number;
    to: number;
    n: number;
    predicted: number;
    observed: number;
    low: number;
    high: number;
  }[];
  readonly accounts: readonly { readonly accountId: string; readonly predicted: number; readonly kept: boolean }[];
  readonly unscored: readonly object[];
}

const s = scene('2023-12-31T12:00:00.000Z');
const asked = 'calibrate=2023-12-31&asOf=2025-12-31';
const orders = (accountId: string, days: readonly string[]) =>
  days.map((day) => ({ command: 'PlaceOrder', accountId, orderId: `o${day}`, amount: eur(10), occurredAt: day }));
const name = (group: string, i: number) => `${group}${String(i).padStart(2, '0')}`;
let sent = 0;
const batch = async (lines: readonly object[]) => {
  for (const answer of await s.at.batch(lines.map((line) => ({ commandId: `c${++sent}`, ...line }))))
    expect([answer.code, answer.detail]).toEqual([undefined, undefined]);
};
const models = async (): Promise<Model[]> => (await s.report('survival', asked)).calibration.models;

/** 24 accounts that went after one year, 6 after two, 14 that have long stayed, and 20 of which nobody knows yet. */
beforeAll(async () => {
  const lines: object[] = [];
  const board = { memberId: sponsor, name: 'Hugo', function: 'MANAGEMENT', seniority: 4, qualifications: [] };
  await s.tell('AddMember', { ...board, occurredAt: '2019-01-01' });
  const override = { reason: 'Both boards know each other', approver: sponsor };
  const add = (accountId: string, days: readonly string[]) => {
    lines.push(
      { command: 'RegisterAccount', ...registered(accountId, 'EUR', '2019-01-01') },
      ...orders(accountId, days),
    );
  };
  for (let i = 0; i < 24; i++) add(name('G', i), ['2020-01-10']);
  for (let i = 0; i < 6; i++) add(name('H', i), ['2020-01-10', '2020-12-10']);
  for (let i = 0; i < 14; i++)
    add(name('L', i), ['2020-01-10', '2020-12-10', '2021-11-10', '2022-10-10', '2023-09-10']);
  for (let i = 0; i < 20; i++) add(name('K', i), ['2022-06-10', '2023-03-10', '2023-11-10']);
  for (let i = 0; i < 20; i++) {
    const accountId = name('K', i);
    lines.push({ command: 'DeclareStage', accountId, stage: 'EXPLORATORY', evidenceIds: [], occurredAt: '2022-06-11' });
    if (i < 8)
      lines.push({
        command: 'DeclareStage',
        accountId,
        stage: 'BASIC',
        evidenceIds: [],
        override,
        occurredAt: '2023-01-11',
      });
  }
  for (let i = 0; i < 12; i++) {
    const accountId = name('G', i);
    lines.push({ command: 'DeclareStage', accountId, stage: 'EXPLORATORY', evidenceIds: [], occurredAt: '2020-01-11' });
    lines.push({ command: 'DeclareStage', accountId, stage: 'EXITED', evidenceIds: [], occurredAt: '2021-03-11' });
  }
  await batch(lines);
  s.on('2026-01-31T12:00:00.000Z');
  // what came: 15 of the 20 order on, 5 do not; 3 leave by declaration
  const came: object[] = [];
  for (let i = 0; i < 15; i++) came.push(...orders(name('K', i), ['2024-06-10', '2025-03-10']));
  for (let i = 17; i < 20; i++)
    came.push({
      command: 'DeclareStage',
      accountId: name('K', i),
      stage: 'EXITED',
      evidenceIds: [],
      occurredAt: '2024-08-01',
    });
  await batch(came);
});

describe('how long relationships last, learnt from the past alone (capability 9)', () => {
  it('scores what was known on a day against what came twelve months later, by band, with n', async () => {
    const report = await s.report('survival', asked);
    expect(report.calibration).toMatchObject({
      trainedAsOf: '2023-12-31T23:59:59.999Z',
      scoredAsOf: '2024-12-30T23:59:59.999Z',
      horizonDays: 365,
      reason: null,
    });
    const [tenure] = report.calibration.models as Model[];
    expect(tenure).toMatchObject({ model: 'tenure', n: 20, trained: { n: 64, ended: 30 } });
    // at 569 days, S(934) ÷ S(569): of the twenty that were watched longer, six went after 700
    expect(tenure!.predicted).toBeCloseTo(14 / 20, 9);
    // those that were there from the beginning: nobody was watched long enough to tell
    expect(tenure!.unscored).toHaveLength(14);
    expect(tenure!.observed).toBe(15 / 20);
    expect(tenure!.brier).toBeCloseTo((15 * 0.3 ** 2 + 5 * 0.7 ** 2) / 20, 9);
    const band = tenure!.bands.find(({ n }) => n > 0)!;
    expect(band).toMatchObject({ from: 0.6, to: 0.8, n: 20, observed: 0.75 });
    expect(band.low).toBeLessThan(0.75);
    expect(band.high).toBeGreaterThan(0.75);
    expect(tenure!.bands.filter(({ n }) => n === 0)).toHaveLength(4);
  });

  it('scores the chain of stages as well, and shows what it is made of', async () => {
    const [, stages] = await models();
    expect(stages).toMatchObject({ model: 'stages', n: 20, trained: { n: 32, ended: 12 } });
    expect(stages!.observed).toBe(17 / 20);
    expect(stages!.predicted).toBeGreaterThan(0);
    expect(stages!.predicted).toBeLessThan(1);
    const report = await s.report('survival', 'asOf=2025-12-31');
    const line = report.stages.lines.find(({ stage }: { stage: string }) => stage === 'EXPLORATORY');
    expect(line).toMatchObject({ n: 32, ended: 23, disintegratingPerYear: 0 });
    expect(Object.values(line.next).reduce((a: number, b) => a + (b as number), 0)).toBeCloseTo(1, 9);
    expect(report.calibration).toBeNull();
  });

  it('looks at nothing that was told after the day, were it back-dated to before it', async () => {
    const before = await models();
    await batch(
      Array.from({ length: 6 }, (_, i) => orders(name('H', i), ['2021-11-10', '2022-10-10', '2023-09-10'])).flat(),
    );
    await batch(orders('G23', ['2021-01-05', '2021-12-05', '2022-11-05', '2023-10-05']));
    await batch([
      { command: 'DeclareStage', accountId: 'K00', stage: 'EXITED', evidenceIds: [], occurredAt: '2023-06-01' },
    ]);
    const after = await models();
    const told = (all: readonly Model[]) =>
      all.map(({ trained, n, predicted, accounts }) => ({
        trained,
        n,
        predicted,
        accounts: accounts.map((one) => [one.accountId, one.predicted]),
      }));
    expect(told(after)).toEqual(told(before));
    // what came is judged by what is known now
    expect([before, after].map(([, stages]) => stages!.observed)).toEqual([17 / 20, 16 / 20]);
    // the same day with what is known now has learnt something else
    const ends = async (query: string) => (await s.report('survival', query)).all.events;
    expect(await ends('asOf=2023-12-31&knownAt=2023-12-31')).toBe(30);
    expect(await ends('asOf=2023-12-31')).not.toBe(30);
  });

  it('can be made again from the log alone', async () => {
    const once = JSON.stringify(await s.report('survival', asked));
    await s.at.level();
    expect(JSON.stringify(await s.report('survival', `${asked}&knownAt=2026-01-31`))).toBe(once);
    expect(JSON.stringify(await s.report('survival', `${asked}&knownAt=${s.at.taproot.head}`))).toBe(once);
  });

  it('says why there is none: twelve months not over, too few ended', async () => {
    const reason = async (query: string) => (await s.report('survival', query)).calibration.reason;
    expect(await reason('calibrate=2025-12-31&asOf=2026-01-31')).toBe('twelve-months-are-not-over');
    const early = (await s.report('survival', 'calibrate=2020-06-30')).calibration;
    expect(early).toMatchObject({ reason: null });
    expect(early.models[0]).toMatchObject({ n: 0, predicted: null, observed: null, reason: 'nothing-predicted' });
  });
});
