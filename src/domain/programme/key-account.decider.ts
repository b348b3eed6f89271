import { type Context, type Draft, pick, said } from '../../kernel/decider.js';
import { type Instant, NEVER } from '../../kernel/instant.js';
import { Refusal } from '../../kernel/refusal.js';
import { checkCaps } from './caps.js';
import { Designation, type GateScore, KeyAccountHandedOver, KeyAccountReleased } from './key-account.events.js';
import type { DesignateKeyAccount, HandOverKeyAccount, ReleaseKeyAccount } from './programme.commands.js';
import type { ProgrammeEvent } from './programme.events.js';
import type { Programme } from './programme.state.js';

/** What the account view `criteria` tells a designation: how the account does at each gate. */
export interface CriteriaView {
  readonly version: string;
  readonly gates: readonly {
    readonly gate: string;
    readonly threshold?: number | null;
    readonly value: number | string | null;
    readonly passed: boolean;
    readonly reason?: string | null;
  }[];
  readonly passed: boolean;
}

/** What the account view `capacity` tells a designation: hours a year that key accounts take, that there are, and that this one would take. */
export interface CapacityView {
  readonly required: number;
  readonly available: number;
  readonly newHours: number;
}

/** Makes a customer a key account: gates of the criteria in force, then caps, then hours; all but the hard cap may be overridden. */
export function designate(state: Programme, command: DesignateKeyAccount, context: Context): Draft<ProgrammeEvent>[] {
  const { accountId, managerId } = command;
  const at = context.occurredAt;
  const now = state.officeAt(accountId, at);
  if (now?.managerId) {
    if (now.digest === context.digest) return [];
    throw already(accountId, now.from, now.managerId);
  }
  const next = state.officeAfter(accountId, at);
  if (next?.managerId) throw already(accountId, next.from, next.managerId);
  const overridden = command.override !== undefined;
  const judged = judge(accountId, overridden, context);
  checkCaps(
    state,
    { accountId, managerId, from: at, to: next?.from ?? NEVER, joins: true, overridden },
    context.policy,
  );
  if (!overridden) checkHours(accountId, context);
  return [{ type: 'KeyAccountDesignated', accountid: accountId, data: { ...pick(command, Designation), ...judged } }];
}

/** Passes a key account to another manager; their caps count from then on. */
export function handOver(state: Programme, command: HandOverKeyAccount, context: Context): Draft<ProgrammeEvent>[] {
  const { accountId, toManagerId } = command;
  const now = state.officeAt(accountId, context.occurredAt);
  if (!now?.managerId) throw notDesignated(accountId, context.occurredAt);
  if (now.managerId === toManagerId) return [];
  const to = state.officeAfter(accountId, context.occurredAt)?.from ?? NEVER;
  const overridden = command.override !== undefined;
  checkCaps(
    state,
    { accountId, managerId: toManagerId, from: context.occurredAt, to, joins: false, overridden },
    context.policy,
  );
  return [{ type: 'KeyAccountHandedOver', accountid: accountId, data: pick(command, KeyAccountHandedOver) }];
}

/** Ends an account's time in the programme. */
export function release(state: Programme, command: ReleaseKeyAccount, context: Context): Draft<ProgrammeEvent>[] {
  const { accountId } = command;
  const now = state.officeAt(accountId, context.occurredAt);
  if (!now?.managerId) {
    if (now?.digest === context.digest) return [];
    throw notDesignated(accountId, context.occurredAt);
  }
  const next = state.officeAfter(accountId, context.occurredAt);
  if (next) {
    const what = next.managerId ? `handed over to ${next.managerId}` : 'released';
    throw new Refusal(
      'time/order',
      `Account ${accountId} was ${what} on ${said(next.from)}, after ${said(context.occurredAt)}; retract that first`,
      {
        values: { accountId, at: said(next.from) },
      },
    );
  }
  return [{ type: 'KeyAccountReleased', accountid: accountId, data: pick(command, KeyAccountReleased) }];
}

/** The figures of the gates as they stood, kept for ever; refused where one fails and nobody takes it upon them. */
function judge(accountId: string, overridden: boolean, { occurredAt, policy, found }: Context) {
  const { criteria } = policy(occurredAt);
  if (criteria === null) return {};
  const { data, position } = found.view<CriteriaView>('criteria', accountId);
  const failed = data.gates.filter(({ passed }) => !passed);
  if ((failed.length > 0 || !data.passed) && !overridden) {
    const named = failed.map(({ gate, threshold, value, reason }) => {
      const needed = threshold === undefined || threshold === null ? '' : `, needed ${threshold}`;
      return `${gate} is ${value ?? 'not known'}${needed}${reason ? ` (${reason})` : ''}`;
    });
    throw new Refusal(
      'criteria/gate-failed',
      `${accountId} does not meet the criteria ${criteria.version}: ${named.join('; ')}`,
      {
        errors: failed.map(({ gate }, i) => ({ pointer: '/accountId', code: gate, detail: named[i]! })),
        values: { version: criteria.version, failed: failed.map(scoreOf) },
      },
    );
  }
  return { criteriaVersion: criteria.version, scores: data.gates.map(scoreOf), judgedAt: position };
}

/** A gate's figures as an event can keep them: numbers of six places. */
function scoreOf({ gate, threshold, value, passed, reason }: CriteriaView['gates'][number]): GateScore {
  return {
    gate,
    ...(threshold === undefined || threshold === null ? {} : { threshold: storable(threshold) }),
    value: typeof value === 'number' ? storable(value) : value,
    passed,
    ...(reason ? { reason } : {}),
  };
}

function storable(value: number): number {
  const rounded = Math.abs(value) < 1e9 ? Math.round(value * 1e6) / 1e6 : Math.round(value);
  return rounded === 0 ? 0 : rounded;
}

/** Hours a year: what all key accounts take and this one would, against what their people have (F9); unchecked until hours are set. */
function checkHours(accountId: string, { occurredAt, policy, found }: Context): void {
  if (policy(occurredAt).caps.hoursPerFteYear === null) return;
  const { data } = found.view<CapacityView>('capacity', accountId);
  const { required, available, newHours } = data;
  if (required + newHours <= available + 1e-9) return;
  throw new Refusal(
    'programme/capacity-exceeded',
    `Key accounts take ${required} hours a year and ${accountId} would take ${newHours} more; there are ${available}`,
    {
      values: { scope: 'hours', required, available, newHours },
    },
  );
}

const already = (accountId: string, since: Instant, managerId: string): Refusal =>
  new Refusal(
    'programme/already-designated',
    `${accountId} is a key account since ${said(since)}, managed by ${managerId}`,
    {
      values: { accountId, since: said(since), managerId },
    },
  );

const notDesignated = (accountId: string, at: Instant): Refusal =>
  new Refusal('programme/not-designated', `${accountId} is no key account at ${said(at)}`, {
    values: { accountId, at: said(at) },
  });
