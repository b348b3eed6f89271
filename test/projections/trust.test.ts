import { describe, expect, it } from '@jest/globals';
import { trust } from '../../projections/trust.js';
import { mutualSince } from '../../projections/trust/commitments.js';
import { defaultPolicy } from '../../src/kernel/policy.js';
import { event, foldOf, unsayable, viewAt } from '../support/folding.js';

type Told = ReturnType<typeof event>;

/** Promises of one side due on the same day, the first `kept` of them kept in time, the others broken. */
function promised(by: 'US' | 'THEM', n: number, kept: number, due = '2025-06-11T00:00:00.000Z'): Told[] {
  return Array.from({ length: n }, (_, i) => `${by}-${due.slice(0, 10)}-${i}`).flatMap((commitmentId, i) => [
    event('CommitmentMade', '2025-06-01', { commitmentId, by, ownerId: 'someone', due }),
    i < kept
      ? event('CommitmentKept', '2025-06-09', { commitmentId })
      : event('CommitmentBroken', '2025-06-10', { commitmentId }),
  ]);
}

const one = event('CommitmentMade', '2025-03-01', {
  commitmentId: 'C1',
  by: 'THEM',
  ownerId: 'someone',
  due: '2025-03-11T00:00:00.000Z',
});

describe('keeping one’s word (C8)', () => {
  it('is kept ÷ (kept + broken) for each side', () => {
    const { commitments } = viewAt(trust, [...promised('US', 20, 18), ...promised('THEM', 10, 9)], '2025-12-31');
    expect(commitments.US).toMatchObject({ kept: 18, broken: 2, n: 20, rate: 0.9 });
    expect(commitments.THEM).toMatchObject({ kept: 9, broken: 1, n: 10, rate: 0.9 });
  });
  it('counts a promise by its due day, for 365 days', () => {
    const events = promised('US', 5, 5);
    expect(viewAt(trust, events, '2025-06-09').commitments.US).toMatchObject({
      n: 0,
      rate: null,
      reason: 'nothing-due',
    });
    expect(viewAt(trust, events, '2025-06-10').commitments.US.n).toBe(5);
    expect(viewAt(trust, events, '2026-06-09').commitments.US.n).toBe(5);
    expect(viewAt(trust, events, '2026-06-10').commitments.US.n).toBe(0);
  });
  it('counts an open promise as broken 30 days past its due day', () => {
    expect(viewAt(trust, [one], '2025-04-08').commitments.THEM).toMatchObject({ n: 0, open: 1 });
    expect(viewAt(trust, [one], '2025-04-09').commitments.THEM).toMatchObject({ broken: 1, n: 1, rate: 0 });
  });
  it('counts a promise kept late as kept, and shows it late', () => {
    const { commitments } = viewAt(
      trust,
      [one, event('CommitmentKept', '2025-05-20', { commitmentId: 'C1' })],
      '2025-06-01',
    );
    expect(commitments.THEM).toMatchObject({ kept: 1, broken: 0, late: 1 });
    expect(commitments.list).toMatchObject([{ commitmentId: 'C1', state: 'kept', late: true, days: 71 }]);
  });
  it('follows a due day that both sides moved', () => {
    const moved = event('CommitmentMoved', '2025-03-05', { commitmentId: 'C1', due: '2025-09-01T00:00:00.000Z' });
    expect(viewAt(trust, [one, moved], '2025-06-01').commitments.THEM).toMatchObject({ n: 0, open: 1 });
  });
  it('alarms when a side kept under .6 of at least five in the last quarter that is over', () => {
    const { findings } = viewAt(trust, promised('THEM', 5, 2), '2025-07-01');
    expect(findings).toMatchObject([{ code: 'COMMITMENTS_BROKEN', since: '2025-07-01T00:00:00.000Z' }]);
    expect(findings[0]!.eventIds).toHaveLength(3);
    expect(viewAt(trust, promised('THEM', 5, 3), '2025-07-01').findings).toEqual([]);
    expect(viewAt(trust, promised('THEM', 4, 0), '2025-07-01').findings).toEqual([]);
    expect(viewAt(trust, promised('THEM', 5, 2), '2025-06-29').findings).toEqual([]);
  });
  it('knows since when trust has been mutual', () => {
    const state = foldOf(trust, [...promised('US', 20, 18), ...promised('THEM', 10, 9)]);
    const since = Date.parse('2025-06-10T23:59:59.999Z');
    expect(mutualSince(state, Date.parse('2025-12-31'), defaultPolicy)).toBe(since);
    expect(mutualSince(state, since - 1, defaultPolicy)).toBe(null);
    expect(mutualSince(state, Date.parse('2026-06-11'), defaultPolicy)).toBe(null);
    const late = promised('US', 2, 0, '2025-09-01T00:00:00.000Z');
    const fallen = foldOf(trust, [...promised('US', 20, 18), ...promised('THEM', 10, 9), ...late]);
    expect(mutualSince(fallen, Date.parse('2025-12-31'), defaultPolicy)).toBe(null);
  });
  it('shows a breach until it is made good', () => {
    const breach = event('TrustBreached', '2025-02-01', { breachId: 'B1', by: 'US', severity: 'MAJOR' });
    const repair = event('TrustRepaired', '2025-04-01', { breachId: 'B1' });
    expect(viewAt(trust, [breach], '2025-03-01')).toMatchObject({
      breaches: [{ breachId: 'B1', open: true, days: 28 }],
      findings: [{ code: 'BREACH_OPEN', eventIds: [breach.id] }],
    });
    expect(viewAt(trust, [breach, repair], '2025-05-01')).toMatchObject({
      breaches: [{ open: false, days: 59, eventIds: [breach.id, repair.id] }],
      findings: [],
    });
  });
});

describe('good faith (A4)', () => {
  const theirs = (kept: number, broken: number) => promised('THEM', kept + broken, kept);
  it('is 10/12 with nine kept and one broken', () => {
    const { integrity } = viewAt(trust, theirs(9, 1), '2025-12-31');
    expect(integrity.index).toBeCloseTo(10 / 12, 12);
    expect(integrity.evidenceIds).toHaveLength(10);
  });
  it('is .5 with three kept and three broken, the events listed', () => {
    const events = theirs(3, 3);
    const { integrity } = viewAt(trust, events, '2025-12-31');
    expect(integrity).toMatchObject({ index: 0.5, n: 6, good: 3, bad: 3, unproven: false });
    const outcomes = events.filter(({ type }) => type !== 'CommitmentMade').map(({ id }) => id);
    expect([...integrity.evidenceIds].sort()).toEqual(outcomes.sort());
  });
  it('is .5 and unproven without a sign, whatever we did ourselves', () => {
    expect(viewAt(trust, promised('US', 5, 5), '2025-12-31').integrity).toMatchObject({
      index: 0.5,
      status: 'unproven',
    });
  });
  it('takes what was signalled, for 24 months, and no payment', () => {
    const events = [
      event('IntegritySignalled', '2023-12-31', { kind: 'BAD_FAITH_DISPUTE', positive: false }),
      event('IntegritySignalled', '2024-01-02', { kind: 'HONOURED_TERMS', positive: true }),
      event('IntegritySignalled', '2024-02-01', { kind: 'SHARED_OPENLY', positive: true }),
      event('PaymentReceived', '2025-01-01', {
        paymentId: 'P',
        invoiceId: 'I',
        amount: { minor: 1, currency: 'EUR' },
        daysLate: 90,
      }),
    ];
    expect(viewAt(trust, events, '2025-12-31').integrity).toMatchObject({ index: 0.75, n: 2 });
  });
});

describe('governance (C6)', () => {
  const charter = event('CharterAgreed', '2025-01-01', { differentiatedServices: [], cadence: 'QUARTERLY' });
  const review = (day: string, more: object = {}) => event('InteractionLogged', day, { kind: 'JOINT_REVIEW', ...more });
  it('is .75 when three of four quarterly reviews were held', () => {
    const events = [charter, review('2025-02-10'), review('2025-02-20'), review('2025-05-10'), review('2025-11-10')];
    expect(viewAt(trust, events, '2025-12-31').governance).toMatchObject({
      due: 4,
      held: 3,
      adherence: 0.75,
      overdue: false,
    });
  });
  it('takes no review that only one side took part in', () => {
    const { governance } = viewAt(trust, [charter, review('2025-02-10', { twoWay: false })], '2025-03-31');
    expect(governance).toMatchObject({ due: 1, held: 0, adherence: 0 });
  });
  it('is overdue a cadence after the last review', () => {
    const events = [charter, review('2025-02-10')];
    expect(viewAt(trust, events, '2025-05-09').findings).toEqual([]);
    expect(viewAt(trust, events, '2025-05-10').findings).toMatchObject([{ code: 'GOVERNANCE_OVERDUE' }]);
  });
  it('is nothing without a charter', () => {
    expect(viewAt(trust, [], '2025-05-10').governance).toMatchObject({
      adherence: null,
      adherenceReason: 'no-charter',
    });
  });
});

/** Pledges due on 31 March; `late` of the delivered come a day after. */
function pledged(n: number, delivered: number, late = 0): Told[] {
  return Array.from({ length: n }, (_, i) => `S${i}`).flatMap((requestId, i) => [
    event('SupportPledged', '2025-03-01', { requestId, unit: 'LOGISTICS', due: '2025-04-01T00:00:00.000Z' }),
    ...(i < delivered
      ? [event('SupportDelivered', i < late ? '2025-04-01' : '2025-03-31', { requestId, unit: 'LOGISTICS' })]
      : []),
  ]);
}

describe('support of our own units (C3, D12, F5)', () => {
  it('is .8 when four of five due pledges were kept (C3)', () => {
    expect(viewAt(trust, pledged(5, 4), '2025-04-30').support.units.LOGISTICS).toMatchObject({
      due: 5,
      delivered: 4,
      rate: 0.8,
    });
  });
  it('is in time only before the due bound (D12)', () => {
    const { support } = viewAt(trust, pledged(9, 9, 2), '2025-04-30');
    expect(support.total).toMatchObject({ due: 9, onTime: 7, rate: 1 });
    expect(support.total.onTimeRate).toBeCloseTo(7 / 9, 12);
  });
  it('crosses functions with three units under one process (F5)', () => {
    const by = (unit: string, processId: string) =>
      event('SupportDelivered', '2025-03-01', { requestId: `${unit}-${processId}`, unit, processId });
    const events = [
      by('LOGISTICS', 'LAUNCH'),
      by('QUALITY', 'LAUNCH'),
      by('FINANCE', 'LAUNCH'),
      by('QUALITY', 'AUDIT'),
    ];
    expect(viewAt(trust, events, '2025-04-30').processes).toMatchObject([
      { processId: 'AUDIT', units: ['QUALITY'], crossFunctional: false },
      { processId: 'LAUNCH', units: ['QUALITY', 'LOGISTICS', 'FINANCE'], crossFunctional: true },
    ]);
  });
});

describe('trust, whatever happened', () => {
  const invoice = event('InvoiceIssued', '2025-01-05', {
    invoiceId: 'I1',
    gross: { minor: 1000, currency: 'EUR' },
    dueOn: '2025-02-01T00:00:00.000Z',
  });
  const payment = event('PaymentReceived', '2025-02-10', {
    paymentId: 'P1',
    invoiceId: 'I1',
    amount: { minor: 1000, currency: 'EUR' },
  });
  it('shows how they pay', () => {
    expect(viewAt(trust, [invoice, payment], '2025-03-01').payments).toMatchObject({
      lastYear: { n: 1, late: 1, meanDaysLate: 10 },
      quarters: [{ quarter: '2025-Q1', n: 1 }],
    });
  });
  it('says only what JSON can say, with a state that survives JSON half-way', () => {
    const events = [...promised('US', 5, 4), invoice, payment, ...pledged(3, 2, 1)];
    expect(unsayable(viewAt(trust, [], '2025-03-01'))).toEqual([]);
    expect(unsayable(viewAt(trust, events, '2025-07-01'))).toEqual([]);
    const half = JSON.parse(JSON.stringify(foldOf(trust, events, { asOf: '2025-02-15' })));
    const rest = events.filter(({ time }) => time > Date.parse('2025-02-15T23:59:59.999Z'));
    expect(foldOf(trust, rest, { from: half })).toEqual(foldOf(trust, events));
  });
  it('takes ids that a language has uses of its own for', () => {
    const events = [
      event('CommitmentKept', '2025-01-01', { commitmentId: 'constructor' }),
      event('CommitmentMoved', '2025-01-01', { commitmentId: 'toString', due: '2025-02-01T00:00:00.000Z' }),
    ];
    expect(viewAt(trust, events, '2025-03-01').commitments.US.n).toBe(0);
  });
});
