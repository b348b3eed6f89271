import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme, ada } from '../support/cast/ids.js';
import { eur, invoice, people, registered, scene } from '../support/scene.js';

const s = scene('2026-06-30T12:00:00.000Z');

/** A firm in Shanghai, eight hours ahead, whose year begins in April. */
beforeAll(async () => {
  await s.tell('SetFirmSettings', { utcOffsetMin: 480, fiscalYearStartMonth: 4, from: '2020-01-01' });
  await s.tell('RegisterAccount', registered(acme));
  await people(s);
  // half past midnight of April 1st there
  await s.tell('IssueInvoice', { ...invoice('I', '2025-03-31T16:30:00.000Z', 100, 40), dueOn: '2025-04-30' });
});

describe('days and years of a firm that is not in London (§3.0b)', () => {
  it('an order just after midnight is of that day, quarter and year', async () => {
    const { tenure } = await s.view('loyalty', 'asOf=2025-12-31');
    expect(tenure).toMatchObject({ since: '2025-04-01', spells: [{ from: '2025-04-01' }] });
    const { quarters, years } = await s.view('performance', 'asOf=2025-12-31');
    expect([Object.keys(quarters), Object.keys(years)]).toEqual([['2026-Q1'], ['2026']]);
  });

  it('reports name their windows by its days', async () => {
    const { window, before } = await s.report('retention', 'asOf=2025-12-31&from=2025-01-01&to=2025-12-31');
    expect([window, before]).toEqual([
      { from: '2025-01-01', to: '2026-01-01', days: 365 },
      { from: '2024-01-02', to: '2025-01-01' },
    ]);
  });

  it('plans begin on the day after the moment there', async () => {
    await s.tell('SetFuturePlan', {
      accountId: acme,
      period: '2027',
      basis: 'FORECAST',
      contribution: eur(9),
      occurredAt: '2025-01-01',
    });
    const { plan } = await s.view('value', 'asOf=2025-12-31');
    expect(plan.years[0]).toMatchObject({ from: '2026-01-01', to: '2027-01-01' });
    expect(plan.years[0].contributionReason).toBe('no-forecast for 90 days from 2026-01-01 to 2026-12-31');
  });

  it('an account ends, and an endorsement lapses, on its days', async () => {
    const { findings } = await s.view('loyalty', 'asOf=2026-04-02');
    expect(findings.map(({ detail }: { detail: string }) => detail)).toContain(
      'The account ended on 2026-04-01: NO_ORDER',
    );
    await s.tell('EndorseProgramme', { executive: 'CEO', until: '2025-06-30', occurredAt: '2025-01-01' });
    const [lapsed] = (await s.report('programme', 'asOf=2025-07-01')).findings;
    expect(lapsed).toMatchObject({
      since: '2025-06-30T16:00:00.000Z',
      detail: 'The last endorsement of the programme ended on 2025-07-01',
    });
  });

  it('the timeline tells bounds and beginnings by its days', async () => {
    await s.tell('MakeCommitment', {
      accountId: acme,
      commitmentId: 'k',
      by: 'THEM',
      ownerId: ada,
      what: 'Drawings',
      due: '2025-06-30',
      occurredAt: '2025-06-01',
    });
    const text = async (type: string) => (await s.data(`accounts/${acme}/timeline?type=${type}`)).items[0].text.en;
    expect(await text('CommitmentMade')).toContain('2025-06-30');
    await s.tell('AgreeJointPlan', {
      accountId: acme,
      planId: 'P',
      from: '2025-07-01',
      to: '2025-12-31',
      sharedResources: [],
      occurredAt: '2025-06-02',
    });
    expect(await text('JointPlanAgreed')).toMatch(/2025-07-01.*2025-12-31/);
  });
});
