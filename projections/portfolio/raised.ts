import type { Finding } from '../contacts/findings.js';
import { type Rule, rules } from './rules.js';

/** An alarm with where it comes from. Derived at the moment, never stored. */
export interface Raised {
  readonly code: string;
  /** Whom it concerns: all null for the programme as a whole. */
  readonly accountId: string | null;
  readonly memberId: string | null;
  readonly contactId: string | null;
  /** The view, or `portfolio/…` the report, that tells more. */
  readonly from: string;
  /** Since when; null where it is judged at this moment only. */
  readonly since: string | null;
  readonly sinceReason?: 'judged-at-the-moment';
  readonly detail: string;
  readonly rule: Rule | null;
  /** Our own thresholds behind it; empty where the rule has none that can be set. */
  readonly policy: Readonly<Record<string, string | number>>;
  readonly eventIds: readonly string[];
}

/** A finding as the report shows it. */
export function raised(
  { code, since, eventIds, detail, policy }: Finding,
  from: string,
  of: Partial<Pick<Raised, 'accountId' | 'memberId' | 'contactId'>> = {},
): Raised {
  return {
    code,
    accountId: of.accountId ?? null,
    memberId: of.memberId ?? null,
    contactId: of.contactId ?? null,
    from,
    since,
    ...(since === null ? { sinceReason: 'judged-at-the-moment' as const } : {}),
    detail,
    rule: Object.hasOwn(rules, code) ? rules[code]! : null,
    policy: policy ?? {},
    eventIds,
  };
}
