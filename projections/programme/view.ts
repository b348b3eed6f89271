import { daysBetween, type Instant, iso, NEVER } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Seen } from '../../src/kernel/projection.js';
import type { Finding } from '../contacts/findings.js';
import { oddOf } from '../sequence/rule.js';
import { type Endorsement, endorsementAt, endorsementFindings } from './endorsement.js';
import type { ProgrammeState } from './state.js';

/** A key account at a moment. */
export interface Member {
  readonly accountId: string;
  readonly since: string;
  readonly days: number;
  readonly managerId: string;
  readonly managerSince: string;
  readonly managerDays: number;
  readonly horizonYears: number;
  readonly targetStage: string;
  readonly criteriaVersion: string | null;
  readonly overridden: boolean;
  readonly eventIds: readonly string[];
}

/** The answer of `programme`; the rules in force stand beside it. */
export interface ProgrammeView {
  readonly accounts: readonly Member[];
  readonly size: number;
  readonly cap: number;
  readonly managers: readonly {
    readonly memberId: string;
    readonly accounts: readonly string[];
    readonly cap: number;
    readonly hardCap: number;
    readonly overCap: boolean;
  }[];
  readonly designations: readonly object[];
  readonly offices: readonly object[];
  readonly endorsement: Endorsement;
  readonly routes: readonly object[];
  readonly commissionPlans: readonly object[];
  readonly published: readonly object[];
  readonly findings: readonly Finding[];
}

const said = (at: Instant | null): string | null => (at === null || at === NEVER ? null : iso(at));

/** Key accounts, offices and endorsements at a moment, and how it came to them. */
export function programmeView(state: ProgrammeState, { asOf }: Seen, policy: Policy): ProgrammeView {
  const { caps, settings } = policy;
  const accounts = membersAt(state, asOf, policy);
  const endorsement = endorsementAt(policy, asOf, settings);
  const managers = [...new Set(accounts.map(({ managerId }) => managerId))].sort().map((memberId) => {
    const theirs = accounts.filter(({ managerId }) => managerId === memberId).map(({ accountId }) => accountId);
    const overCap = theirs.length > caps.managerCap;
    return { memberId, accounts: theirs, cap: caps.managerCap, hardCap: caps.managerHardCap, overCap };
  });
  const spell = ({ from, until }: { readonly from: Instant; readonly until: Instant | null }) => {
    return { from: iso(from), to: said(until), days: daysBetween(from, until ?? asOf, settings) };
  };
  return {
    accounts,
    size: accounts.length,
    cap: caps.programmeCap,
    managers,
    designations: state.designations.map(({ from, until, ...one }) => ({ ...one, ...spell({ from, until }) })),
    offices: state.offices.map(({ from, until, ...one }) => ({ ...one, ...spell({ from, until }) })),
    endorsement,
    routes: state.routes.map(({ from, until, ...one }) => ({ ...one, ...spell({ from, until }) })),
    commissionPlans: Object.keys(policy.commission)
      .sort()
      .map((planId) => {
        const { approach, memberIds, from, until } = policy.commission[planId]!;
        const inForce = from <= asOf && asOf < until;
        return { planId, approach, memberIds, from: iso(from), to: said(until), inForce };
      }),
    published: state.published.map(({ at, ...one }) => ({ at: iso(at), ...one })),
    findings: [...endorsementFindings(endorsement, accounts.length, policy.settings), ...oddRules(state)],
  };
}

/** Rules that presuppose one which is not told of: they change nothing. */
export const oddRules = ({ sequence }: ProgrammeState): Finding[] =>
  oddOf(sequence).map(({ accountId: _about, ...finding }) => finding);

/** Key accounts in order of their ids. */
function membersAt(state: ProgrammeState, asOf: Instant, { settings }: Policy): Member[] {
  return Object.keys(state.open)
    .sort()
    .map((accountId) => {
      const open = state.open[accountId]!;
      const designation = state.designations[open.designation]!;
      const office = state.offices[open.office]!;
      return {
        accountId,
        since: iso(designation.from),
        days: daysBetween(designation.from, asOf, settings),
        managerId: office.managerId,
        managerSince: iso(office.from),
        managerDays: daysBetween(office.from, asOf, settings),
        horizonYears: designation.horizonYears,
        targetStage: designation.targetStage,
        criteriaVersion: designation.criteriaVersion,
        overridden: designation.approver !== null,
        eventIds: [...new Set([...designation.eventIds, ...office.eventIds])],
      };
    });
}
