import { describe, expect, it } from '@jest/globals';
import { stages } from '../../projections/stages.js';
import { event, foldOf, unsayable } from '../support/folding.js';
import { ordered, proven, stagesAt } from '../support/standing.js';

const declared = (time: string, stage: string, more: object = {}) =>
  event('StageDeclared', time, { stage, evidenceIds: [], ...more });

const derived = (levels: readonly number[]) =>
  stagesAt([ordered('2024-01-01'), ...proven('2025-01-10', levels)], '2025-02-01').derived;

describe('the derived stage (I2)', () => {
  it('is INTERDEPENDENT at 17 with its gates open', () => {
    expect(derived([3, 3, 3, 3, 3, 2])).toMatchObject({ index: 17, band: 'INTERDEPENDENT', failedGates: [] });
  });
  it('is COOPERATIVE at 16', () => {
    expect(derived([3, 3, 2, 3, 3, 2])).toMatchObject({ index: 16, band: 'COOPERATIVE', failedGates: [] });
  });
  it('is COOPERATIVE at 22 where the contact structure fails', () => {
    expect(derived([2, 4, 4, 4, 4, 4])).toMatchObject({
      index: 22,
      band: 'COOPERATIVE',
      stage: 'COOPERATIVE',
      failedGates: ['contactStructure'],
    });
  });
  it('is INTERDEPENDENT at 23 where the exit barrier fails', () => {
    expect(derived([4, 4, 4, 4, 4, 3])).toMatchObject({
      index: 23,
      band: 'INTERDEPENDENT',
      failedGates: ['exitBarrier'],
    });
  });
  it('is INTEGRATED at 24, BASIC at 10, COOPERATIVE at 11', () => {
    expect(derived([4, 4, 4, 4, 4, 4]).band).toBe('INTEGRATED');
    expect(derived([2, 2, 2, 2, 1, 1])).toMatchObject({ index: 10, band: 'BASIC' });
    expect(derived([2, 2, 2, 2, 2, 1])).toMatchObject({ index: 11, band: 'COOPERATIVE' });
  });
  it('is EXPLORATORY without any trade, whatever is proven', () => {
    expect(stagesAt(proven('2025-01-10', [4, 4, 4, 4, 4, 4]), '2025-02-01').derived).toMatchObject({
      band: 'EXPLORATORY',
      index: 24,
    });
  });
  it('drops on the very day its evidence expires', () => {
    const events = [ordered('2024-01-01'), ...proven('2025-01-10', [3, 3, 3, 3, 3, 2])];
    expect(stagesAt(events, '2026-01-09').derived.band).toBe('INTERDEPENDENT');
    const after = stagesAt(events, '2026-01-10');
    expect(after.derived).toMatchObject({ index: 6, band: 'BASIC', confirmed: 'BASIC' });
    expect(after.findings.filter(({ code }) => code === 'EVIDENCE_EXPIRED')).toHaveLength(6);
  });
  it('drops to the highest level still proven when its own expiry comes first', () => {
    const events = [
      ordered('2024-01-01'),
      ...proven('2025-01-10', [1, 1, 3, 1, 1, 1], { expiresOn: '2025-03-01T00:00:00.000Z' }),
      ...proven('2025-01-10', [1, 1, 2, 1, 1, 1]),
    ];
    expect(stagesAt(events, '2025-02-28').derived.items.jointPlanning.level).toBe(3);
    expect(stagesAt(events, '2025-03-01').derived.items.jointPlanning.level).toBe(2);
  });
  it('counts no evidence that cites a retracted event, and says so', () => {
    const visit = event('ContactAdded', '2025-01-02', { accountId: 'ACME', function: 'IT', seniority: 1 });
    const proof = proven('2025-01-10', [1, 1, 1, 1, 3, 1], { sourceEventIds: [visit.id] });
    const retraction = event('EventRetracted', '2025-01-20', { retracts: visit.id });
    expect(stagesAt([visit, ...proof], '2025-02-01').derived.items.trust.level).toBe(3);
    const after = stagesAt([visit, ...proof, retraction], '2025-02-01');
    expect(after.derived.items.trust.level).toBe(1);
    expect(after.findings).toMatchObject([{ code: 'EVIDENCE_GONE', eventIds: [proof[0]!.id] }]);
  });
  it('counts evidence from when the event it cites is there', () => {
    const later = event('ContactAdded', '2025-01-15', { accountId: 'ACME', function: 'IT', seniority: 1 });
    const proof = proven('2025-01-10', [1, 1, 1, 1, 3, 1], { sourceEventIds: [later.id] });
    expect(stagesAt([...proof, later], '2025-01-14').derived.items.trust.level).toBe(1);
    const [shown] = stagesAt([...proof, later], '2025-01-15').derived.items.trust.proofs;
    expect(shown).toEqual({
      eventId: proof[0]!.id,
      eventIds: [proof[0]!.id],
      level: 3,
      automatic: false,
      from: '2025-01-15T00:00:00.000Z',
      expires: '2026-01-10T00:00:00.000Z',
      why: 'recorded as evidence',
    });
  });
  it('is confirmed upwards after thirty day-ends, downwards at once', () => {
    const events = [ordered('2024-01-01'), ...proven('2025-01-10', [3, 3, 3, 3, 3, 2])];
    expect(stagesAt(events, '2025-02-07').derived).toMatchObject({ band: 'INTERDEPENDENT', confirmed: 'BASIC' });
    expect(stagesAt(events, '2025-02-08').derived.confirmed).toBe('INTERDEPENDENT');
    const reduction = event('SupplierReductionAnnounced', '2025-03-01', {
      programmeId: 'R1',
      category: 'bearings',
      suppliersBefore: 6,
      suppliersAfter: 3,
      deadline: '2026-01-01T00:00:00.000Z',
      ourSlot: 'AT_RISK',
    });
    expect(stagesAt([...events, reduction], '2025-03-01').derived).toMatchObject({
      stage: 'DISINTEGRATING',
      band: 'INTERDEPENDENT',
      confirmed: 'DISINTEGRATING',
    });
  });
  it('leaves the evidence alone when thirty campaigns went out (C2)', () => {
    const campaigns = Array.from({ length: 30 }, (_, i) =>
      event('InteractionLogged', '2025-01-20', {
        interactionId: `I${i}`,
        kind: 'CAMPAIGN',
        initiator: 'US',
        ours: [{ memberId: 'm', function: 'MARKETING' }],
        theirs: [{ contactId: 'c', function: 'PURCHASING', seniority: 2 }],
        durationMin: 0,
      }),
    );
    const events = [ordered('2024-01-01'), ...proven('2025-01-10', [1, 2, 2, 2, 2, 2])];
    const before = stagesAt(events, '2025-02-01').derived;
    expect(stagesAt([...events, ...campaigns], '2025-02-01').derived).toEqual(before);
  });
});

describe('the declared stage (I1)', () => {
  const events = [
    ordered('2024-01-01'),
    declared('2024-01-10', 'BASIC'),
    declared('2024-06-10', 'COOPERATIVE'),
    declared('2024-12-10', 'BASIC'),
  ];
  it('is a list of stays with both visits to BASIC, the last one open', () => {
    const view = stagesAt(events, '2025-01-10');
    expect(view.declared).toEqual([
      {
        stage: 'BASIC',
        from: '2024-01-10T00:00:00.000Z',
        to: '2024-06-10T00:00:00.000Z',
        days: 152,
        eventId: events[1]!.id,
      },
      {
        stage: 'COOPERATIVE',
        from: '2024-06-10T00:00:00.000Z',
        to: '2024-12-10T00:00:00.000Z',
        days: 183,
        eventId: events[2]!.id,
      },
      { stage: 'BASIC', from: '2024-12-10T00:00:00.000Z', to: null, days: 31, eventId: events[3]!.id },
    ]);
    expect(view).toMatchObject({
      current: 'BASIC',
      reentries: 1,
      dwell: [{ stage: 'BASIC', visits: 2, days: 183 }, {}],
    });
    expect(view.dwell[0]).toMatchObject({ medianDays: 152 });
  });
  it('is PROSPECT before any declaration, with no inflation', () => {
    expect(stagesAt([], '2024-01-01')).toMatchObject({ declared: [], current: 'PROSPECT', inflation: null });
  });
  it('is inflated by the ranks it stands above the band', () => {
    const view = stagesAt([...events, declared('2025-01-01', 'INTERDEPENDENT')], '2025-01-10');
    expect(view.inflation).toBe(2);
    expect(view.findings.map(({ code }) => code)).toEqual(['STAGE_INFLATION', 'ODD_SEQUENCE']);
    expect(stagesAt([...events, declared('2025-01-01', 'EXITED')], '2025-01-10').inflation).toBe(null);
    expect(stagesAt([...events, declared('2025-01-01', 'DISINTEGRATING')], '2025-01-10').inflation).toBe(null);
  });
  it('may skip where a rule was set aside', () => {
    const override = { reason: 'bought with the firm', approver: 'a-member' };
    const view = stagesAt([...events, declared('2025-01-01', 'INTERDEPENDENT', { override })], '2025-01-10');
    expect(view.findings.map(({ code }) => code)).toEqual(['STAGE_INFLATION']);
  });
});

describe('the target stage', () => {
  const designated = event('KeyAccountDesignated', '2024-02-01', { accountId: 'ACME', targetStage: 'COOPERATIVE' });
  it('is over-invested beyond it', () => {
    const events = [ordered('2024-01-01'), designated, ...proven('2025-01-10', [3, 3, 3, 3, 3, 2])];
    const view = stagesAt(events, '2025-03-01');
    expect(view).toMatchObject({ target: 'COOPERATIVE', pastTarget: true, findings: [{ code: 'OVER_INVESTMENT' }] });
    expect(view.advice.advice).toBe('hold');
  });
  it('is the later of designation and target set, and the advice says what is missing', () => {
    const set = event('TargetStageSet', '2024-03-01', { stage: 'INTEGRATED' });
    const events = [ordered('2024-01-01'), designated, set, ...proven('2025-01-10', [2, 3, 2, 3, 3, 2])];
    const { advice, target } = stagesAt(events, '2025-03-01');
    expect(target).toBe('INTEGRATED');
    expect(advice).toMatchObject({ advice: 'advance', next: 'INTERDEPENDENT', indexNeeded: 17, pointsMissing: 2 });
    expect(advice.gates).toMatchObject([
      { item: 'contactStructure', level: 2, needed: 3 },
      { item: 'jointPlanning', level: 2, needed: 3 },
    ]);
  });
});

describe('stages, whatever happened', () => {
  const events = [ordered('2024-01-01'), declared('2024-01-10', 'BASIC'), ...proven('2025-01-10', [3, 3, 3, 3, 3, 2])];
  it('says only what JSON can say, with a state that survives JSON half-way', () => {
    expect(unsayable(stagesAt([], '2024-01-01'))).toEqual([]);
    expect(unsayable(stagesAt(events, '2025-03-01'))).toEqual([]);
    const half = JSON.parse(JSON.stringify(foldOf(stages, events.slice(0, 4))));
    expect(foldOf(stages, events.slice(4), { from: half })).toEqual(foldOf(stages, events));
  });
});
