import { hash } from 'node:crypto';
import { canonical } from './canonical.js';
import type { Event } from './event.js';
import type { Calendar, Instant } from './instant.js';
import { defaultPolicy, type Policy, type PolicyPart } from './policy.js';

/** Where the table of `programme` rules says how each event changes which part. */
export interface PolicyRule {
  readonly part: PolicyPart;
  readonly apply: (policy: Policy, event: Event<string, object>) => Policy;
}

interface Step {
  readonly from: Instant;
  readonly event: Event<string, object>;
  readonly rule: PolicyRule;
}

/**
 * The rules at every instant, as known at one: the fold of the effective `programme` events in order of (`from`, position).
 * `at` is one binary search; policies between two rules are one object, so that folds can compare by identity.
 */
export class Policies {
  private readonly steps: readonly Step[];
  private readonly states: Policy[] = [];
  private readonly calendar: Partial<Calendar>;

  /** `draft` replaces parts at all times: a what-if. */
  constructor(
    events: readonly Event<string, object>[],
    rules: Readonly<Record<string, PolicyRule>>,
    private readonly draft: Partial<Policy> = {},
    private readonly base: Policy = defaultPolicy,
  ) {
    const steps: Step[] = [];
    for (const event of events) {
      const rule = rules[event.type];
      if (rule) steps.push({ from: startOf(event), event, rule });
    }
    this.steps = steps.sort((a, b) => a.from - b.from || a.event.position - b.event.position);
    this.calendar = calendarOf(steps);
    this.base = this.drafted(base);
  }

  /** The rules in force at `t`. */
  at(t: Instant): Policy {
    let low = 0;
    let high = this.steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.steps[middle]!.from <= t) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? this.base : this.state(low - 1);
  }

  /** Position of the newest rule in force at `t` (0: none), and a digest of the rules themselves. */
  labelAt(t: Instant): { readonly position: number; readonly digest: string } {
    const policy = this.at(t);
    const known = labels.get(policy);
    const digest = known ?? hash('sha256', canonical(policy), 'base64url').slice(0, 22);
    if (!known) labels.set(policy, digest);
    let position = 0;
    for (const step of this.steps) if (step.from <= t) position = Math.max(position, step.event.position);
    return { position, digest };
  }

  /** The rules that changed one of the parts between two instants, for `explain`. */
  stepsBetween(from: Instant, to: Instant): readonly Event<string, object>[] {
    return this.steps.filter((step) => step.from > from && step.from <= to).map((step) => step.event);
  }

  /** The rules that change one of the parts, in the order in which they hold. */
  changesOf(parts: ReadonlySet<PolicyPart>): readonly Event<string, object>[] {
    return this.steps.filter((step) => parts.has(step.rule.part)).map((step) => step.event);
  }

  private state(index: number): Policy {
    for (let i = this.states.length; i <= index; i++) {
      const step = this.steps[i]!;
      const before = i === 0 ? this.base : this.states[i - 1]!;
      this.states.push(this.drafted(step.rule.apply(before, step.event)));
    }
    return this.states[index]!;
  }

  /** Rules with the draft's parts in their place; of settings, scoring, caps and horizons what the draft leaves out stays. */
  private drafted(policy: Policy): Policy {
    const { settings, scoring, caps, horizons } = this.draft;
    return {
      ...policy,
      ...this.draft,
      settings: { ...policy.settings, ...settings, ...this.calendar },
      scoring: scoring
        ? {
            ...policy.scoring,
            ...scoring,
            baseWeights: { ...policy.scoring.baseWeights, ...scoring.baseWeights },
            stageBands: { ...policy.scoring.stageBands, ...scoring.stageBands },
          }
        : policy.scoring,
      caps: caps ? { ...policy.caps, ...caps, hours: { ...policy.caps.hours, ...caps.hours } } : policy.caps,
      horizons: horizons ? { ...policy.horizons, ...horizons } : policy.horizons,
    };
  }
}

const labels = new WeakMap<Policy, string>();

/** When a rule begins to hold: its `from`, else its valid time. */
export function startOf(event: Event<string, object>): Instant {
  const from = (event.data as { from?: unknown }).from;
  return typeof from === 'string' ? Date.parse(from) : event.time;
}

/** The calendar holds at all times, whatever its `from`: the first value told. */
function calendarOf(steps: readonly Step[]): Partial<Calendar> {
  const found: { utcOffsetMin?: number; fiscalYearStartMonth?: number } = {};
  for (const { event } of [...steps].sort((a, b) => a.event.position - b.event.position)) {
    const { utcOffsetMin, fiscalYearStartMonth } = event.data as Partial<Calendar>;
    if (event.type !== 'FirmSettingsSet') continue;
    if (found.utcOffsetMin === undefined && utcOffsetMin !== undefined) found.utcOffsetMin = utcOffsetMin;
    if (found.fiscalYearStartMonth === undefined && fiscalYearStartMonth !== undefined)
      found.fiscalYearStartMonth = fiscalYearStartMonth;
  }
  return found;
}
