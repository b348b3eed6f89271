import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme, ada, bert, manager } from '../support/cast/ids.js';
import { eur, invoice, meeting, people, registered, scene } from '../support/scene.js';
import { items } from '../support/standing.js';

interface Term {
  readonly kind: 'time' | 'rules' | 'event';
  readonly eventId?: string;
  readonly before: number;
  readonly after: number;
  readonly delta: number;
  readonly events?: readonly { readonly type: string }[];
}

const s = scene('2025-12-31T12:00:00.000Z');
const [t1, t2] = ['2025-03-31T23:59:59.999Z', '2025-05-31T23:59:59.999Z'];
const on = (data: object) => ({ accountId: acme, ...data });

beforeAll(async () => {
  await s.tell('SetFirmSettings', { wacc: 0.08, from: '2024-01-01' });
  await s.tell('RegisterAccount', registered(acme));
  await people(s);
  await s.tell('LogInteraction', meeting('old', '2024-05-15T10:00:00Z', 'sponsor', 'bert', { kind: 'WORKSHOP' }));
  await s.tell('LogInteraction', meeting('m1', '2025-03-03T10:00:00Z'));
  await s.tell('LogInteraction', meeting('m2', '2025-03-20T10:00:00Z', 'sponsor', 'bert'));
  await s.tell('RecordSurveyAnswer', on({ respondentId: ada, recommend: 9, occurredAt: '2024-05-01' }));
  await s.tell(
    'EstimateShareOfWallet',
    on({ category: 'drives', share: 0.4, source: 'buyer', confidence: 0.5, occurredAt: '2025-02-01' }),
  );
  for (const [i, by] of ['US', 'THEM'].entries()) {
    const commitmentId = `c${i}`;
    await s.tell(
      'MakeCommitment',
      on({
        commitmentId,
        by,
        ownerId: by === 'US' ? manager : ada,
        what: 'A thing',
        due: '2025-03-10',
        occurredAt: '2025-02-01',
      }),
    );
    await s.tell('KeepCommitment', on({ commitmentId, occurredAt: '2025-03-05' }));
  }
  await s.tell('PlaceOrder', on({ orderId: 'O1', amount: eur(90_000), occurredAt: '2025-01-10' }));
  await s.tell('IssueInvoice', invoice('I1', '2025-02-10', 100_003, 61_001, { orderId: 'O1' }));
  await s.tell(
    'RecordPayment',
    on({ paymentId: 'P1', invoiceId: 'I1', amount: eur(50_001), occurredAt: '2025-03-01' }),
  );
  await s.tell(
    'RecordStageEvidence',
    on({ item: items[4], level: 3, sourceEventIds: [], expiresOn: '2025-05-15', occurredAt: '2025-01-20' }),
  );
  // between the two days
  await s.tell('LogInteraction', meeting('m3', '2025-05-14T10:00:00Z', 'manager', 'bert', { durationMin: 30 }));
  await s.tell('LogInteraction', meeting('m4', '2025-05-28T10:00:00Z', 'sponsor', 'ada', { kind: 'VISIT' }));
  await s.tell('RecordSurveyAnswer', on({ respondentId: bert, recommend: 6, occurredAt: '2025-05-20' }));
  await s.tell(
    'EstimateShareOfWallet',
    on({ category: 'drives', share: 0.45, source: 'buyer', confidence: 0.5, occurredAt: '2025-05-26' }),
  );
  await s.tell('IssueInvoice', invoice('I2', '2025-05-12', 70_007, 40_009));
  await s.tell('RecordCost', on({ costId: 'K1', category: 'SERVICE', amount: eur(3_333), occurredAt: '2025-05-20' }));
  await s.tell(
    'RecordPayment',
    on({ paymentId: 'P2', invoiceId: 'I1', amount: eur(50_002), occurredAt: '2025-05-22' }),
  );
  await s.tell('RecordStageEvidence', on({ item: items[3], level: 3, sourceEventIds: [], occurredAt: '2025-05-25' }));
  await s.tell('PublishScoringModel', {
    version: 'v2',
    halfLifeDays: 20,
    health: { trust: 40, contact: 30, wallet: 20, recommend: 10 },
    from: '2025-05-01',
  });
  await s.tell('SetFirmSettings', { wacc: 0.11, from: '2025-05-15' });
});

const figures = [
  ['loyalty', '/health/value'],
  ['contacts', '/diamondIndex'],
  ['stages', '/derived/index'],
  ['performance', '/total/contribution'],
] as const;

const valueAt = async (view: string, figure: string, asOf: string): Promise<number> =>
  figure
    .slice(1)
    .split('/')
    .reduce((here, name) => here[name], await s.view(view, `asOf=${asOf}`));

describe('a change of a figure is explained to the last digit (capability 3)', () => {
  it.each(figures)('%s %s: one term for time, one for rules, then event by event', async (view, figure) => {
    const told = await s.data(`accounts/${acme}/${view}/explain?figure=${figure}&from=${t1}&asOf=${t2}`);
    const terms = told.terms as Term[];
    const [before, after] = [await valueAt(view, figure, t1), await valueAt(view, figure, t2)];
    expect([told.from.value, told.to.value]).toEqual([before, after]);
    expect(after).not.toBe(before);
    expect(terms.filter(({ kind }) => kind === 'time').length).toBeLessThanOrEqual(1);
    expect(terms.filter(({ kind }) => kind === 'rules').length).toBeLessThanOrEqual(1);
    expect(terms.filter(({ kind }) => kind === 'event').length).toBeGreaterThan(0);
    const sum = terms.reduce((all, { delta }) => all + delta, 0);
    expect(Math.abs(sum - (after - before))).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(after), Math.abs(before)));
    let here = before;
    for (const term of terms) {
      expect(term.before).toBe(here);
      here = term.after;
    }
    expect(here).toBe(after);
  });

  it('time passes for an expiring proof and for what is waited for; rules name the events that changed them', async () => {
    const of = async (view: string, figure: string) =>
      (await s.data(`accounts/${acme}/${view}/explain?figure=${figure}&from=${t1}&asOf=${t2}`)).terms as Term[];
    const stage = await of('stages', '/derived/index');
    expect(stage.find(({ kind }) => kind === 'time')?.delta).toBe(-1);
    const health = await of('loyalty', '/health/value');
    const rules = health.find(({ kind }) => kind === 'rules');
    expect(rules?.events?.map(({ type }) => type)).toEqual(['ScoringModelPublished', 'FirmSettingsSet']);
    expect(health.filter(({ kind }) => kind === 'event').every(({ eventId }) => typeof eventId === 'string')).toBe(
      true,
    );
  });

  it('whole amounts add up exactly from nothing as well', async () => {
    const told = await s.data(`accounts/${acme}/performance/explain?figure=/total/contribution&asOf=${t2}`);
    const sum = (told.terms as Term[]).reduce((all, { delta }) => all + delta, told.from.value as number);
    expect(sum).toBe(told.to.value);
    expect(Number.isInteger(told.to.value)).toBe(true);
  });
});
