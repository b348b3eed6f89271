import type { DmuRole } from '../../src/domain/vocabulary.js';
import { iso } from '../../src/kernel/instant.js';
import type { Report } from '../../src/kernel/projection.js';
import { type Attention, attentionAt } from '../contacts/attention.js';
import type { ContactsState } from '../contacts/state.js';
import { byId } from './window.js';

/** A part of a key account's buying centre that has been silent for longer than we allow (C9). */
export interface Lapse {
  readonly accountId: string;
  readonly role: DmuRole;
  readonly stage: string;
  readonly days: number;
  readonly policyDays: number;
  readonly overBy: number;
  /** Last two-way contact with any holder, or the holder's assignment where that is later. */
  readonly lastAt: string;
  /** First day on which it was too long. */
  readonly since: string;
  readonly holders: readonly string[];
  readonly eventIds: readonly string[];
}

/** Lapses of attention as of a day (§3.12.18). */
export interface AttentionReport {
  readonly lapses: readonly Lapse[];
  readonly accounts: number;
  readonly keyAccounts: number;
  /** Roles looked at: those with a holder and a policy for the declared stage. */
  readonly checked: number;
  readonly lapsedShare: number | null;
  readonly lapsedReason?: 'nothing-to-check';
  /** Key accounts of which no role could be checked. */
  readonly unchecked: readonly string[];
}

/** What is kept of an account: whether it is a key account, and its roles with holder and policy. */
interface Seen {
  readonly accountId: string;
  readonly key: boolean;
  readonly roles: readonly Attention[];
}

/** Whom have we neglected, by our own policy. */
export const attention: Report<AttentionReport, Seen> = {
  name: 'attention',
  version: 1,
  question: { en: 'Whom have we neglected?', zh: '我们忽略了谁?' },
  uses: ['contacts'],
  extract: ({ accountId, states }, { asOf }, policy) => {
    const state = states.contacts as ContactsState;
    return { accountId, key: state.designated !== null, roles: attentionAt(state, asOf, policy) };
  },
  report: (seen) => {
    const lapses = seen.flatMap(({ accountId, roles }) =>
      roles
        .filter(({ overdue }) => overdue)
        .map(
          ({ role, stage, days, policyDays, lastAt, since, holders, eventIds }): Lapse => ({
            accountId,
            role,
            stage,
            days,
            policyDays,
            overBy: days - policyDays,
            lastAt: iso(lastAt),
            since: iso(since!),
            holders,
            eventIds,
          }),
        ),
    );
    const checked = seen.reduce((sum, { roles }) => sum + roles.length, 0);
    const keys = seen.filter(({ key }) => key);
    return {
      lapses: lapses.sort((a, b) => b.overBy - a.overBy || byId(a, b)),
      accounts: new Set(lapses.map(({ accountId }) => accountId)).size,
      keyAccounts: keys.length,
      checked,
      lapsedShare: checked === 0 ? null : lapses.length / checked,
      ...(checked === 0 ? { lapsedReason: 'nothing-to-check' as const } : {}),
      unchecked: keys
        .filter(({ roles }) => roles.length === 0)
        .map(({ accountId }) => accountId)
        .sort(),
    };
  },
};
