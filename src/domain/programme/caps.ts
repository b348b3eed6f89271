import { type Context, said } from '../../kernel/decider.js';
import type { Instant } from '../../kernel/instant.js';
import type { Caps } from '../../kernel/policy.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Programme, Tenure } from './programme.state.js';

/** An account about to enter the programme (`joins`), or about to pass into a manager's hands. */
export interface Candidate {
  readonly accountId: string;
  readonly managerId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly joins: boolean;
  readonly overridden: boolean;
}

/** Refuses a candidate that would exceed a cap at the moment it begins or at any later one, by the rules in force then (F9). */
export function checkCaps(state: Programme, candidate: Candidate, policy: Context['policy']): void {
  const others = state
    .tenures()
    .filter(
      ({ accountId, from, to }) => accountId !== candidate.accountId && from < candidate.to && to > candidate.from,
    );
  const instants = [candidate.from, ...others.map(({ from }) => from), ...state.capTimes].filter(
    (at) => at >= candidate.from && at < candidate.to,
  );
  for (const at of [...new Set(instants)].sort((a, b) => a - b)) {
    const there = others.filter(({ from, to }) => from <= at && at < to);
    checkAt(candidate, there, policy(at).caps, at);
  }
}

function checkAt(candidate: Candidate, there: readonly Tenure[], caps: Caps, at: Instant): void {
  const accounts = there.length + 1;
  const theirs = there.filter(({ managerId }) => managerId === candidate.managerId).length + 1;
  if (theirs > caps.managerHardCap)
    throw tooMany('programme/hard-cap', 'manager', theirs, caps.managerHardCap, at, candidate);
  if (candidate.overridden) return;
  if (candidate.joins && accounts > caps.programmeCap)
    throw tooMany('programme/capacity-exceeded', 'programme', accounts, caps.programmeCap, at, candidate);
  if (theirs > caps.managerCap)
    throw tooMany('programme/capacity-exceeded', 'manager', theirs, caps.managerCap, at, candidate);
}

/**
 * What may be at no time, whatever is corrected or retracted: more accounts than any cap of ours ever allowed, those left out that
 * were let in by an override; the hard cap knows no override.
 */
export function capsHold(state: Programme): void {
  const tenures = state.tenures();
  for (const at of new Set(tenures.map(({ from }) => from))) {
    const there = tenures.filter(({ from, to }) => from <= at && at < to);
    const regular = there.filter(({ overProgramme }) => !overProgramme).length;
    if (regular > state.widest.programmeCap)
      throw tooMany('programme/capacity-exceeded', 'programme', regular, state.widest.programmeCap, at);
    for (const managerId of new Set(there.map((one) => one.managerId))) {
      const theirs = there.filter((one) => one.managerId === managerId);
      const normal = theirs.filter(({ overManager }) => !overManager).length;
      if (theirs.length > state.widest.managerHardCap)
        throw tooMany('programme/hard-cap', 'manager', theirs.length, state.widest.managerHardCap, at, { managerId });
      if (normal > state.widest.managerCap)
        throw tooMany('programme/capacity-exceeded', 'manager', normal, state.widest.managerCap, at, { managerId });
    }
  }
}

function tooMany(
  code: 'programme/hard-cap' | 'programme/capacity-exceeded',
  scope: 'programme' | 'manager',
  count: number,
  cap: number,
  at: Instant,
  whose: { readonly managerId?: string } = {},
): Refusal {
  const who = scope === 'programme' ? 'The programme' : `Manager ${whose.managerId}`;
  const way =
    code === 'programme/hard-cap'
      ? 'this cap is never overridden'
      : 'release an account, or override with reason and approver';
  return new Refusal(code, `${who} would have ${count} key accounts at ${said(at)}, the cap is ${cap}; ${way}`, {
    values: { scope, count, cap, at: said(at), ...(scope === 'manager' ? { managerId: whose.managerId } : {}) },
  });
}
