import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme, ada, globex, manager, sponsor } from '../support/cast/ids.js';
import { eur, people, registered, scene, type Scene } from '../support/scene.js';

/** Dealings of an account under ids that the other account uses as well; `good` ones end well. */
async function dealings({ tell }: Scene, accountId: string, good: boolean): Promise<void> {
  const on = (occurredAt: string, body: object) => ({ accountId, occurredAt, ...body });
  const promise = { commitmentId: 'P', by: 'THEM', ownerId: ada, what: 'A forecast', due: '2025-03-31' };
  await tell('MakeCommitment', on('2025-03-01', promise));
  await tell(good ? 'KeepCommitment' : 'BreakCommitment', {
    ...on('2025-03-20', { commitmentId: 'P' }),
    ...(good ? {} : { reason: 'No time' }),
  });
  await tell('RecordTrustBreach', on('2025-03-02', { breachId: 'B', by: 'US', severity: 'MAJOR', what: 'A leak' }));
  if (good) await tell('RecordTrustRepair', on('2025-03-03', { breachId: 'B', what: 'We said so' }));
  await tell(
    'PledgeSupport',
    on('2025-03-04', { requestId: 'S', unit: 'SERVICE', resource: 'a day', due: '2025-03-31' }),
  );
  if (good) await tell('DeliverSupport', on('2025-03-05', { requestId: 'S' }));
  await tell('RecordNeed', on('2025-03-06', { needId: 'N', order: good ? 'PRODUCT' : 'PROCESS', priority: 1 }));
  if (good) await tell('RecordNeedMet', on('2025-03-07', { needId: 'N' }));
  await tell('RecordInsight', on('2025-03-08', { insightId: 'I', topic: 'lines', fromInteractionIds: [], text: 'So' }));
  if (good) await tell('AdaptActivity', on('2025-03-10', { becauseOf: ['I'], before: 'By post', after: 'By hand' }));
  const pursuit = { pursuitId: 'W', purpose: good ? 'GROWTH' : 'ACQUISITION', value: eur(500), approach: 'FARMER' };
  await tell('OpenPursuit', on('2025-03-11', pursuit));
  if (good) await tell('WinPursuit', on('2025-03-12', { pursuitId: 'W', value: eur(700), wonBy: [manager] }));
  await tell(
    'CommitInvestment',
    on('2025-03-13', { investmentId: 'V', thesis: 'It pays', planned: [], horizonMonths: 12 }),
  );
  await tell(
    'IssueInvoice',
    on('2025-03-14', { invoiceId: 'R', gross: eur(100), dueOn: good ? '2025-03-31' : '2025-03-20' }),
  );
  await tell('RecordPayment', on('2025-03-25', { paymentId: 'Y', invoiceId: 'R', amount: eur(100) }));
}

describe('two accounts that use the same ids, merged (capability 5)', () => {
  const s = scene('2025-06-30T12:00:00.000Z');
  beforeAll(async () => {
    for (const id of [acme, globex]) await s.tell('RegisterAccount', registered(id));
    await people(s);
    await dealings(s, acme, true);
    await dealings(s, globex, false);
    await s.tell('MergeAccounts', { from: globex, into: acme, reason: 'One firm', occurredAt: '2025-05-01' });
  });
  const seen = (view: string, id = acme) => s.view(view, 'asOf=2025-05-31', id);

  it('keep both their promises, breaches and pledges (C8, C3)', async () => {
    const trust = await seen('trust');
    expect(trust.commitments.THEM).toMatchObject({ kept: 1, broken: 1, n: 2 });
    expect(trust.integrity).toMatchObject({ good: 1, bad: 1 });
    expect(trust.support.total).toMatchObject({ due: 2, delivered: 1 });
    expect(trust.findings.filter(({ code }: { code: string }) => code === 'BREACH_OPEN')).toHaveLength(1);
    expect((await seen('criteria')).integrity).toMatchObject({ kept: 1, broken: 1 });
    expect((await seen('loyalty')).commitments.theirs).toMatchObject({ kept: 1, broken: 1 });
    expect(trust.payments.lastYear).toMatchObject({ n: 2, late: 1 });
  });

  it('keep both what we learned of them (D5, C7)', async () => {
    const { needs, insights, adaptations } = await seen('understanding');
    expect(needs.byOrder).toMatchObject({ PRODUCT: { active: 0, met: 1 }, PROCESS: { active: 1, met: 0 } });
    expect(insights.n).toBe(2);
    expect(adaptations.insightsAdapted).toBe(1);
  });

  it('keep both what we went after and put in (D4, B3)', async () => {
    const { pursuits, ...counts } = await seen('pursuits');
    expect(
      pursuits.map(({ pursuitId, purpose }: { pursuitId: string; purpose: string }) => [pursuitId, purpose]),
    ).toEqual([
      ['GLOBEX/W', 'ACQUISITION'],
      ['W', 'GROWTH'],
    ]);
    expect(counts).toMatchObject({ open: 0, won: 2, lost: 0 });
    expect((await seen('profile')).investments).toHaveLength(2);
  });

  it('each has its own alone before they were merged', async () => {
    for (const [id, kept] of [
      [acme, 1],
      [globex, 0],
    ] as const) {
      const { commitments } = await s.view('trust', 'asOf=2025-04-30', id);
      expect(commitments.THEM).toMatchObject({ kept, n: 1 });
    }
  });
});

describe('two persons of ours who use the same id for their assignments (D10, F9)', () => {
  const s = scene('2025-06-30T12:00:00.000Z');
  it('both count', async () => {
    await s.tell('RegisterAccount', registered(acme));
    for (const memberId of [manager, sponsor]) {
      await s.tell('AddMember', {
        memberId,
        name: 'One',
        function: 'KEY_ACCOUNT',
        seniority: 3,
        qualifications: [],
        occurredAt: '2025-01-01',
      });
      await s.tell('AssignMember', {
        memberId,
        assignmentId: 'first',
        accountId: acme,
        role: 'EXPERT',
        ftePct: 40,
        from: '2025-01-01',
      });
    }
    await s.tell('ReleaseMember', { memberId: sponsor, assignmentId: 'first', on: '2025-04-01' });
    const persons = async (asOf: string) => (await s.report('capacity', `asOf=${asOf}`)).persons;
    expect((await persons('2025-03-31')).map(({ ftePct }: { ftePct: number }) => ftePct)).toEqual([40, 40]);
    expect(await persons('2025-04-01')).toMatchObject([{ memberId: manager, ftePct: 40 }]);
  });
});
