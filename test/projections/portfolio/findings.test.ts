import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findings } from '../../../projections/portfolio/findings.js';
import { rules } from '../../../projections/portfolio/rules.js';
import { member } from '../../../projections/member.js';
import { programme } from '../../../projections/programme.js';
import { projectionNamed } from '../../../projections/registry.js';
import { defaultPolicy } from '../../../src/kernel/policy.js';
import type { AnyProjection } from '../../../src/kernel/projection.js';
import { event, foldOf, unsayable } from '../../support/folding.js';
import { reportAt, type Reading } from '../../support/reporting.js';
import { added, keyAccount, met, ours, role } from '../contacts/people.js';

const all = findings.uses.map((name) => projectionNamed(name)!) as readonly AnyProjection[];
type Told = Parameters<typeof reportAt>[2];
const ask = (told: Told, asOf: string, reading: Reading = {}) => reportAt(findings, all, told, asOf, reading);
const eur = (minor: number) => ({ minor, currency: 'EUR' });

const silentSponsor = [
  ...keyAccount('2026-01-01', 'COOPERATIVE'),
  added('2026-01-01', 1, 'MANAGEMENT', 4),
  role('2026-01-02', 1, 'SPONSOR'),
  met('2026-02-13T10:00:00Z', [[1, 'KEY_ACCOUNT']], [[1, 'MANAGEMENT', 4]]),
];
const policy = { attention: { 'COOPERATIVE/SPONSOR': 45 } };

describe('all alarms of a moment (C5, C9, I1)', () => {
  const found = ask({ ACME: silentSponsor, QUIET: [] }, '2026-03-31', { policy });

  it('carry rule, policy, since when and the events that raised them', () => {
    const lapsed = found.findings.find(({ code }) => code === 'ATTENTION_LAPSED')!;
    expect(lapsed).toMatchObject({
      accountId: 'ACME',
      from: 'contacts',
      since: '2026-03-31T00:00:00.000Z',
      policy: { 'COOPERATIVE/SPONSOR': 45 },
      rule: { statements: ['C9'] },
      eventIds: [silentSponsor.at(-1)!.id],
    });
    const inflated = found.findings.find(({ code }) => code === 'STAGE_INFLATION')!;
    expect(inflated).toMatchObject({ since: null, sinceReason: 'judged-at-the-moment', from: 'stages' });
  });
  it('are counted by code and account', () => {
    expect(found.codes.find(({ code }) => code === 'BOW_TIE')).toEqual({ code: 'BOW_TIE', findings: 1, accounts: 1 });
    expect(found).toMatchObject({ accounts: 1, overall: true, total: found.findings.length });
  });
  it('can be asked for by code and by account', () => {
    const asked = (parameters: Record<string, string>) =>
      ask({ ACME: silentSponsor, BETA: silentSponsor }, '2026-03-31', { policy, parameters });
    const bows = asked({ code: 'BOW_TIE,UNENDORSED' }).findings;
    expect(bows.map(({ code, accountId }) => [code, accountId])).toEqual([
      ['UNENDORSED', null],
      ['BOW_TIE', 'ACME'],
      ['BOW_TIE', 'BETA'],
    ]);
    const one = asked({ account: 'BETA' });
    expect(new Set(one.findings.map(({ accountId }) => accountId))).toEqual(new Set(['BETA']));
    expect(one.overall).toBe(false);
  });
  it('leave out what needs all accounts where a filter hides some', () => {
    const some = ask({ ACME: silentSponsor }, '2026-03-31', { policy, parameters: { filters: '{"region":"EU"}' } });
    expect(some).toMatchObject({ overall: false });
    expect(some.findings.filter(({ accountId }) => accountId === null)).toEqual([]);
  });
  it('say only what JSON can say', () => {
    expect(unsayable(found)).toEqual([]);
    expect(ask({}, '2026-03-31')).toEqual({ findings: [], total: 0, codes: [], accounts: 0, overall: true });
  });
});

describe('alarms of the programme as a whole (F5, F7, F9, D2, D10, D11, H2)', () => {
  const one = (told: Told, code: string, reading: Reading = {}) =>
    ask(told, '2026-03-31', { ...reading, parameters: { code } }).findings;
  const key = keyAccount('2026-01-01', 'BASIC');

  it('UNENDORSED as of the day after the endorsement ended, not before (F5)', () => {
    const said = event('ProgrammeEndorsed', '2025-01-01', { executive: 'CEO', until: '2026-03-31T00:00:00.000Z' });
    const at = (asOf: string) =>
      ask({ ACME: key }, asOf, { rules: [said], parameters: { code: 'UNENDORSED' } }).findings;
    expect(at('2026-03-31')).toMatchObject([
      { since: '2026-03-31T00:00:00.000Z', eventIds: [said.id], accountId: null },
    ]);
    expect(at('2026-03-30')).toEqual([]);
  });
  it('OVER_MEASUREMENT of an account reviewed twice in a quarter (F7)', () => {
    const reviewed = ['2026-01-10', '2026-02-10'].map((at) => event('PerformanceReviewed', at, { horizon: 36 }));
    expect(one({ ACME: [...key, ...reviewed] }, 'OVER_MEASUREMENT')).toMatchObject([
      { accountId: 'ACME', since: '2026-02-10T00:00:00.000Z', policy: { reviewsPerQuarter: 1 } },
    ]);
  });
  it('CAPACITY where a manager holds more than the cap (F9)', () => {
    const caps = { ...defaultPolicy.caps, programmeCap: 1, managerCap: 1 };
    const found = one({ ACME: key, BETA: key }, 'CAPACITY', { policy: { caps } });
    expect(found).toMatchObject([
      { memberId: null, policy: { programmeCap: 1 }, eventIds: [key[0]!.id, key[0]!.id] },
      { memberId: ours(1), policy: { managerCap: 1 } },
    ]);
  });
  it('ORPHAN_OBJECTIVE and NO_OBJECTIVE, with the events behind them (D2)', () => {
    const defined = event('ObjectiveDefined', '2026-01-01', { objectiveId: 'grow' });
    const reading = { rules: [defined], others: { programme: { programme: foldOf(programme, [defined]) } } };
    expect(one({ ACME: key }, 'ORPHAN_OBJECTIVE', reading)).toMatchObject([
      { accountId: null, eventIds: [defined.id], from: 'portfolio/objectives' },
    ]);
    expect(one({ ACME: key }, 'NO_OBJECTIVE', reading)).toMatchObject([{ accountId: 'ACME', eventIds: [key[0]!.id] }]);
  });
  it('OVER_CAP of an account that spent more than the activity may take (D11)', () => {
    const spent = event('CostIncurred', '2026-02-01', {
      costId: 'c',
      category: 'OTHER',
      amount: eur(1_050_000),
      activityTypeId: 'fair',
    });
    const caps = [{ amount: eur(1_000_000), per: 'YEAR', accountId: null }];
    const activities = { fair: { name: null, state: 'APPROVED' as const, caps } };
    expect(one({ ACME: [spent] }, 'OVER_CAP', { policy: { activities } })).toMatchObject([{ accountId: 'ACME' }]);
  });
  it('KEY_ACCOUNT_ON_ROUTE (H2)', () => {
    const routes = { north: { weekday: 1, accountIds: ['ACME'] } };
    expect(one({ ACME: key }, 'KEY_ACCOUNT_ON_ROUTE', { policy: { routes } })).toMatchObject([{ from: 'approach' }]);
  });
  it('OVER_ALLOCATED of a person given away by more than a whole (D10)', () => {
    const share = (assignmentId: string, ftePct: number) =>
      event('MemberAssigned', '2026-01-01', { assignmentId, accountId: 'A', ftePct, from: '2026-01-01T00:00:00.000Z' });
    const others = { member: { [ours(1)]: foldOf(member, [share('x', 60), share('y', 50)]) } };
    expect(one({}, 'OVER_ALLOCATED', { others })).toMatchObject([{ memberId: ours(1), accountId: null }]);
  });
});

it('every alarm has its rule in both languages, and no rule is without its alarm', () => {
  const root = join(import.meta.dirname, '../../../projections');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const text = sources
    .filter((name) => !name.endsWith('portfolio/rules.ts'))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n');
  const codes = [...text.matchAll(/(?:code: |found\(|finding\()'([A-Z]+(?:_[A-Z]+)*)'/g)].map((match) => match[1]!);
  expect([...new Set(codes)].sort()).toEqual(Object.keys(rules).sort());
});
