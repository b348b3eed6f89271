import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme, manager, sponsor } from '../support/cast/ids.js';
import { eur, people, registered, scene } from '../support/scene.js';

interface Found {
  readonly code: string;
  readonly since: string;
  readonly eventIds: readonly string[];
  readonly detail: string;
}

describe('what a retraction leaves without what it stands on is an odd sequence', () => {
  const s = scene('2025-12-31T12:00:00Z');
  const told = (name: string, occurredAt: string, body: object) =>
    s.tell(name, { accountId: acme, occurredAt, ...body });
  /** What is odd about such things. */
  const odd = async (...things: string[]): Promise<Found[]> =>
    (await s.view('sequence')).findings.filter(({ detail }: Found) => things.some((one) => detail.startsWith(one)));
  const retract = (retracts: string) => s.tell('RetractEvent', { retracts, reason: 'Another account' });
  beforeAll(async () => {
    await s.tell('RegisterAccount', registered(acme));
    await people(s);
  });

  it('a promise kept that nobody made, and a breach made good that nobody told of (C8)', async () => {
    const promise = { commitmentId: 'P', by: 'US', ownerId: manager, what: 'A list', due: '2025-03-31' };
    const made = await told('MakeCommitment', '2025-03-01', promise);
    const kept = await told('KeepCommitment', '2025-03-20', { commitmentId: 'P' });
    const breach = { breachId: 'B', by: 'US', severity: 'MINOR', what: 'A leak' };
    const breached = await told('RecordTrustBreach', '2025-04-01', breach);
    const repaired = await told('RecordTrustRepair', '2025-04-02', { breachId: 'B', what: 'We said so' });
    expect(await odd('Promise', 'Breach')).toEqual([]);
    await retract(made);
    const retraction = await retract(breached);
    expect(await odd('Promise', 'Breach')).toMatchObject([
      { since: '2025-03-20T00:00:00.000Z', eventIds: [kept] },
      { since: '2025-04-02T00:00:00.000Z', eventIds: [repaired] },
    ]);
    await s.tell('RetractEvent', { retracts: retraction, reason: 'It was right' });
    expect(await odd('Promise', 'Breach')).toHaveLength(1);
  });

  it('support delivered that nobody asked for or promised (C3)', async () => {
    const pledge = { requestId: 'S', unit: 'SERVICE', resource: 'a day', due: '2025-06-30' };
    const pledged = await told('PledgeSupport', '2025-06-01', pledge);
    const delivered = await told('DeliverSupport', '2025-06-10', { requestId: 'S' });
    await retract(pledged);
    expect(await odd('Support')).toMatchObject([{ eventIds: [delivered] }]);
  });

  it('something done because of an insight that is gone (C7)', async () => {
    const insight = { insightId: 'I', topic: 'lines', fromInteractionIds: [], text: 'They count in weeks' };
    const recorded = await told('RecordInsight', '2025-03-01', insight);
    const adapted = await told('AdaptActivity', '2025-03-20', { becauseOf: ['I'], before: 'Days', after: 'Weeks' });
    expect(await odd('Insight')).toEqual([]);
    await retract(recorded);
    expect(await odd('Insight')).toMatchObject([{ since: '2025-03-20T00:00:00.000Z', eventIds: [adapted] }]);
  });

  it('a handover and a release of what was no key account: nobody holds its office (B1, F3)', async () => {
    const thesis = { managerId: manager, thesis: 'Growth', horizonYears: 3, targetStage: 'BASIC' };
    const designated = await told('DesignateKeyAccount', '2025-01-10', thesis);
    const handed = await told('HandOverKeyAccount', '2025-02-01', { toManagerId: sponsor, reason: 'A new post' });
    await retract(designated);
    const profile = await s.view('profile');
    expect(profile).toMatchObject({ designation: null, managers: [], acceptance: null });
    expect(await odd('The key account')).toMatchObject([
      {
        eventIds: [handed],
        since: '2025-02-01T00:00:00.000Z',
        detail: 'The key account was handed over, and nothing before says that it was one',
      },
    ]);
    expect(await s.report('programme')).toMatchObject({ keyAccounts: 0, tenure: { n: 0 } });
    const report = await s.report('findings', 'code=ODD_SEQUENCE,KAM_NOT_ACCEPTED');
    expect(report.codes).toEqual([{ code: 'ODD_SEQUENCE', findings: 4, accounts: 1 }]);
  });

  it('a pursuit won before it was opened: the win counts for nothing until its day is put right (D4)', async () => {
    await told('OpenPursuit', '2025-05-02', { pursuitId: 'W', purpose: 'GROWTH' });
    const won = await told('WinPursuit', '2025-05-01', { pursuitId: 'W', value: eur(100), wonBy: [] });
    expect(await odd('Pursuit')).toMatchObject([{ eventIds: [won], since: '2025-05-01T00:00:00.000Z' }]);
    expect(await s.view('pursuits')).toMatchObject({ won: 0, open: 1 });
    await s.tell('CorrectEvent', { corrects: won, time: '2025-05-03', reason: 'A slip' });
    expect(await odd('Pursuit')).toEqual([]);
    expect(await s.view('pursuits')).toMatchObject({ won: 1, open: 0 });
  });

  it('money released for an investment that nobody decided: it is out, and against no plan (B3)', async () => {
    const plan = { investmentId: 'N', thesis: 'It pays', planned: [{ month: 1, out: eur(50), back: eur(0) }] };
    const committed = await told('CommitInvestment', '2025-05-01', { ...plan, horizonMonths: 12 });
    const released = await told('ReleaseInvestment', '2025-06-01', { investmentId: 'N', amount: eur(80) });
    expect((await s.view('investment')).findings).toMatchObject([{ code: 'INVESTMENT_OVERRUN' }]);
    await retract(committed);
    const line = { committedAt: null, committedReason: 'not-told', plannedOut: null, plannedReason: 'not-committed' };
    expect(await s.view('investment')).toMatchObject({ investments: [line], released: 80, planned: 0, findings: [] });
    expect(await odd('Investment')).toMatchObject([{ eventIds: [released] }]);
  });
});
