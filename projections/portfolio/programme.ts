import { daysBetween, iso } from '../../src/kernel/instant.js';
import type { Report, ReportAccount, ReportQuery } from '../../src/kernel/projection.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Finding } from '../contacts/findings.js';
import type { ProfileState } from '../profile/state.js';
import { type Acceptance, acceptanceAt, acceptanceDays } from '../profile/team.js';
import { type Endorsement, endorsementAt, endorsementFindings } from '../programme/endorsement.js';
import type { Office } from '../programme/state.js';
import type { TrustState } from '../trust/state.js';
import { type Delivered, type ProcessLine, processesOver } from './processes.js';
import { type Tenure, tenureOf, type Turnover, turnoverOf } from './tenure.js';
import { byId } from './window.js';

/** Whether both sides accept the manager of a key account (F3). */
export interface AcceptanceLine {
  readonly accountId: string;
  readonly managerId: string;
  readonly since: string;
  readonly days: number;
  readonly team: Acceptance;
  readonly customer: Acceptance;
  /** Both accepted within 60 days; null while the 60 days are not over and one is still pending. */
  readonly accepted: boolean | null;
}

/** Whether key-account management is carried by the whole firm and from the top (F3, F5). */
export interface ProgrammeReport {
  readonly keyAccounts: number;
  readonly endorsement: Endorsement;
  readonly status: 'ENDORSED' | 'UNENDORSED';
  readonly processes: readonly ProcessLine[];
  readonly crossFunctional: number;
  readonly acceptance: {
    readonly withinDays: number;
    readonly accounts: readonly AcceptanceLine[];
    /** Accepted by both in time ÷ those of whom it is known. */
    readonly share: number | null;
    readonly reason?: 'none-decided';
    readonly n: number;
  };
  readonly tenure: Tenure;
  readonly turnover: Turnover;
  readonly findings: readonly Finding[];
}

/** What is kept of an account: its manager's acceptance, all offices held, and by process who delivered. */
interface Carried extends Delivered {
  readonly acceptance: AcceptanceLine | null;
  readonly offices: readonly Office[];
}

/** Endorsement, processes over three units and more, acceptance and tenure of managers. Turnover: window [from, to), by default W. */
export const programme: Report<ProgrammeReport, Carried> = {
  name: 'programme',
  version: 1,
  question: { en: 'Is it carried by the whole firm, and from the top?', zh: '计划是否得到高层与全公司支持?' },
  uses: ['profile', 'trust'],
  extract: (account, query, policy) => ({
    accountId: account.accountId,
    acceptance: acceptanceOf(account, query, policy),
    offices: officesOf(account),
    processes: (account.states.trust as TrustState).processes,
  }),
  report: (told, query, policy) => {
    const sorted = [...told].sort(byId);
    const lines = sorted.flatMap(({ acceptance }) => acceptance ?? []);
    const offices = sorted.flatMap((one) => one.offices);
    const endorsement = endorsementAt(policy, query.asOf, policy.settings);
    const processes = processesOver(told);
    const decided = lines.filter(({ accepted }) => accepted !== null);
    const n = decided.length;
    return {
      keyAccounts: lines.length,
      endorsement,
      status: endorsement.endorsed ? 'ENDORSED' : 'UNENDORSED',
      processes,
      crossFunctional: processes.filter(({ crossFunctional }) => crossFunctional).length,
      acceptance: {
        withinDays: acceptanceDays,
        accounts: lines,
        share: n === 0 ? null : decided.filter(({ accepted }) => accepted).length / n,
        ...(n === 0 ? { reason: 'none-decided' as const } : {}),
        n,
      },
      tenure: tenureOf(offices, query.asOf, policy.settings),
      turnover: turnoverOf(offices, query, policy),
      findings: endorsementFindings(endorsement, lines.length, policy.settings),
    };
  },
};

/** Null where nobody manages it now. */
function acceptanceOf(
  { accountId, states }: ReportAccount,
  { asOf }: ReportQuery,
  policy: Policy,
): AcceptanceLine | null {
  const state = states.profile as ProfileState;
  const office = state.offices.findLast(({ until }) => until === null);
  const both = acceptanceAt(state, office, asOf, policy.settings);
  if (!office || !both) return null;
  const sides = [both.TEAM, both.CUSTOMER];
  const inTime = sides.every((one) => one.state === 'accepted' && !one.late);
  const lost = sides.some((one) => one.late || one.state === 'withdrawn');
  return {
    accountId,
    managerId: office.managerId,
    since: iso(office.at),
    days: daysBetween(office.at, asOf, policy.settings),
    team: both.TEAM,
    customer: both.CUSTOMER,
    accepted: inTime ? true : lost ? false : null,
  };
}

/** Offices as the account's own History tells them; the last one of a designation ends by its release. */
function officesOf({ accountId, states }: ReportAccount): Office[] {
  const { offices, designations } = states.profile as ProfileState;
  return offices.map(({ managerId, at, until, eventId }, i): Office => {
    const next = offices[i + 1];
    const released = designations.find((one) => one.released !== null && one.released[0] === until)?.released ?? null;
    const handed = until !== null && released === null && next?.at === until;
    return {
      accountId,
      managerId,
      from: at,
      until,
      ended: until === null ? null : handed ? 'handover' : 'release',
      eventIds: [eventId, ...(handed ? [next.eventId] : released ? [released[1]] : [])],
    };
  });
}
