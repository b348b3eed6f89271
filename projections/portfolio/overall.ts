import type { Policy } from '../../src/kernel/policy.js';
import type { ReportAccount, ReportInputs, ReportQuery } from '../../src/kernel/projection.js';
import type { Finding } from '../contacts/findings.js';
import { own } from '../keyed.js';
import type { MemberState } from '../member/state.js';
import { member } from '../member.js';
import type { ProfileState } from '../profile/state.js';
import { endorsementAt, endorsementFindings } from '../programme/endorsement.js';
import type { ProgrammeState } from '../programme/state.js';
import { oddRules } from '../programme/view.js';
import { over } from '../statistics/figure.js';
import { activities, type Spending } from './activities.js';
import { balance, type Valued } from './balance.js';
import { capacity, type Taken } from './capacity.js';
import { objectives, type Serving } from './objectives.js';
import { type Raised, raised } from './raised.js';

/** What alarms over all accounts need of one: what the reports that raise them keep of it, and the event that made it a key account. */
export interface Overall {
  readonly accountId: string;
  readonly designation: string | null;
  readonly taken: Taken;
  readonly serving: Serving;
  readonly spending: Spending;
  readonly valued: Valued;
}

export function overallExtract(account: ReportAccount, query: ReportQuery, policy: Policy): Overall {
  const last = (account.states.profile as ProfileState).designations.at(-1);
  return {
    accountId: account.accountId,
    designation: last && last.released === null ? last.eventId : null,
    taken: capacity.extract(account, query, policy)!,
    serving: objectives.extract(account, query, policy)!,
    spending: activities.extract(account, query, policy)!,
    valued: balance.extract(account, query, policy)!,
  };
}

/** Alarms that need all accounts: the programme's own, its capacity, objectives, activities, budgets, people. */
export function overallOf(told: readonly Overall[], query: ReportQuery, policy: Policy, more: ReportInputs): Raised[] {
  const programme = more.others.programme?.programme as ProgrammeState | undefined;
  const designations = designationsOf(told);
  const endorsement = endorsementAt(policy, query.asOf, policy.settings);
  const of = <K extends keyof Overall>(name: K) => told.map((one) => one[name]);
  const aims = objectives.report(of('serving'), query, policy, more);
  const spending = activities.report(of('spending'), query, policy, more);
  return [
    ...endorsementFindings(endorsement, designations.size, policy.settings).map((one) => raised(one, 'programme')),
    ...(programme ? oddRules(programme) : []).map((one) => raised(one, 'programme')),
    ...overCapacity(of('taken'), query, policy, more, designations),
    ...aims.orphans.map((id, i) => {
      const eventIds = own(programme?.objectives ?? {}, id) ?? [];
      return raised({ ...aims.findings[i]!, eventIds }, 'portfolio/objectives');
    }),
    ...aims.idle.map((accountId, i) => {
      const found = aims.findings[aims.orphans.length + i]!;
      return raised({ ...found, eventIds: designations.get(accountId) ?? [] }, 'portfolio/objectives', { accountId });
    }),
    ...aims.findings
      .slice(aims.orphans.length + aims.idle.length)
      .map((found) => raised(found, 'portfolio/objectives', found)),
    ...spending.findings.map(({ activityTypeId, accountId, ...one }) => {
      const eventIds = own(programme?.activities ?? {}, activityTypeId) ?? [];
      return raised({ ...one, eventIds }, 'portfolio/activities', { accountId });
    }),
    ...balance.report(of('valued'), query, policy, more).findings.map((one) => raised(one, 'portfolio/balance')),
    ...ofMembers(query, policy, more),
  ];
}

/** Key account → the event that made it one. */
function designationsOf(told: readonly Overall[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    told.flatMap(({ accountId, designation }) => (designation === null ? [] : [[accountId, [designation]] as const])),
  );
}

/** Caps of the programme and of managers, and hours, that are exceeded (F9). */
function overCapacity(
  told: readonly Taken[],
  query: ReportQuery,
  policy: Policy,
  more: ReportInputs,
  designations: ReadonlyMap<string, readonly string[]>,
): Raised[] {
  const { programme, managers } = capacity.report(told, query, policy, more);
  const found = (detail: string, rule: Finding['policy'] & object, keys: Iterable<string>, memberId?: string) => {
    const eventIds = [...keys].flatMap((id) => designations.get(id) ?? []);
    return raised({ code: 'CAPACITY', since: null, eventIds, detail, policy: rule }, 'portfolio/capacity', {
      memberId: memberId ?? null,
    });
  };
  const { accounts: n, cap, overCap, load, required, available } = programme;
  const full = `${n} key accounts, the programme’s cap is ${cap}`;
  const short = `Key accounts take ${required} hours a year, there are ${available}`;
  return [
    ...(overCap ? [found(full, { programmeCap: cap }, designations.keys())] : []),
    ...(load !== null && over(load, 1)
      ? [found(short, { utilisation: policy.caps.utilisation }, designations.keys())]
      : []),
    ...managers
      .filter((one) => one.overCap)
      .map(({ memberId, accounts: theirs, cap: managerCap }) =>
        found(
          `${theirs.length} key accounts in one manager’s hands, the cap is ${managerCap}`,
          { managerCap },
          theirs,
          memberId,
        ),
      ),
  ];
}

/** People of ours: given away by more than a whole (D10), or told of though nobody says who they are. */
function ofMembers({ asOf, knownAt }: ReportQuery, policy: Policy, { others }: ReportInputs): Raised[] {
  return Object.entries(others.member ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([memberId, state]) => {
      const seen = { asOf, knownAt, subject: { of: 'member' as const, id: memberId, currency: null } };
      const view = member.view(state as MemberState, seen, policy, { states: {}, parameters: {} });
      const { findings } = view as { readonly findings: readonly Finding[] };
      return findings.map((one) => raised(one, 'member', { memberId }));
    });
}
