import { canonical } from '../../kernel/canonical.js';
import { digestIn } from '../../kernel/decider.js';
import type { Event } from '../../kernel/event.js';
import { type Instant, NEVER } from '../../kernel/instant.js';
import { type Caps, defaultPolicy } from '../../kernel/policy.js';
import type { RefusalCode } from '../../kernel/refusal.js';
import { Course } from '../course.js';

/** A change of who manages a key account, as told. `over`: caps were set aside for it. */
export type OfficeChange =
  | {
      readonly kind: 'designated' | 'handed-over';
      readonly managerId: string;
      readonly over: boolean;
      readonly digest: string;
    }
  | { readonly kind: 'released'; readonly digest: string };

/** Who manages an account from an instant on; null = it is no key account. */
export interface Office {
  readonly from: Instant;
  readonly managerId: string | null;
  /** Where caps were set aside: the programme's by the designation, the manager's by this change. */
  readonly overProgramme: boolean;
  readonly overManager: boolean;
  readonly digest: string;
}

/** An account in the programme, in one manager's hands, for `[from, to)`. */
export interface Tenure {
  readonly accountId: string;
  readonly managerId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly overProgramme: boolean;
  readonly overManager: boolean;
}

/** The programme, as far as decisions about it ask. */
export class Programme {
  /** First values told of what never changes. */
  readonly calendar: { utcOffsetMin?: number; fiscalYearStartMonth?: number } = {};
  /** `noun/id` → digest of the command that used the id first. */
  readonly ids = new Map<string, string>();
  /** Ids told twice, which only a correction could do, with what a refusal calls that. */
  readonly twice = new Map<string, RefusalCode>();
  readonly objectives = new Map<string, 'open' | 'closed'>();
  readonly activityTypes = new Map<string, 'PROPOSED' | 'APPROVED' | 'REJECTED'>();
  /** Instants from which a statement about caps holds, and the most that any of them ever allowed. */
  readonly capTimes: Instant[] = [];
  readonly widest = {
    programmeCap: initial.programmeCap,
    managerCap: initial.managerCap,
    managerHardCap: initial.managerHardCap,
  };
  private readonly changesOfOffice = new Map<string, Course<OfficeChange>>();
  private readonly stated = new Map<string, Course<string>>();

  /** Remembers the first command that used an id; `taken` says that no other may. */
  once(id: string, event: Event<string, object>, taken?: RefusalCode): void {
    if (!this.ids.has(id)) this.ids.set(id, digestIn(event));
    else if (taken) this.twice.set(id, taken);
  }

  /** The manager of a key account in the end; null where it is none. */
  managerOf(accountId: string): string | null {
    return this.offices(accountId).at(-1)?.managerId ?? null;
  }

  /** Whether saying these values from an instant on changes anything. */
  changes(values: Readonly<Record<string, unknown>>, from: Instant): boolean {
    return Object.entries(values).some(([key, value]) => this.stated.get(key)?.at(from) !== canonical(value));
  }

  /** Takes note of values that hold from an instant on. */
  state(values: Readonly<Record<string, unknown>>, from: Instant): void {
    for (const [key, value] of Object.entries(values)) {
      const course = this.stated.get(key) ?? new Course<string>();
      course.turn(from, canonical(value));
      this.stated.set(key, course);
    }
  }

  /** Takes note of a change of office. */
  turn(accountId: string, from: Instant, change: OfficeChange): void {
    const course = this.changesOfOffice.get(accountId) ?? new Course<OfficeChange>();
    course.turn(from, change);
    this.changesOfOffice.set(accountId, course);
  }

  /** Who managed the account from when on, in order of time. A handover keeps what the designation set aside; without one it gives no office. */
  offices(accountId: string): readonly Office[] {
    const list: Office[] = [];
    for (const { from, value } of this.changesOfOffice.get(accountId)?.turns() ?? []) {
      const before = list.at(-1);
      const { digest } = value;
      if (value.kind === 'released' || (value.kind === 'handed-over' && !before?.managerId)) {
        list.push({ from, managerId: null, overProgramme: false, overManager: false, digest });
      } else {
        const overProgramme = value.kind === 'designated' ? value.over : before!.overProgramme;
        list.push({ from, managerId: value.managerId, overProgramme, overManager: value.over, digest });
      }
    }
    return list;
  }

  /** The office in force at an instant. */
  officeAt(accountId: string, at: Instant): Office | undefined {
    return this.offices(accountId).findLast(({ from }) => from <= at);
  }

  /** The next change of office after an instant. */
  officeAfter(accountId: string, at: Instant): Office | undefined {
    return this.offices(accountId).find(({ from }) => from > at);
  }

  /** Every account's times in the programme. */
  tenures(): Tenure[] {
    return [...this.changesOfOffice.keys()].flatMap((accountId) => {
      const offices = this.offices(accountId);
      return offices.flatMap(({ managerId, ...office }, i) => {
        const to = offices[i + 1]?.from ?? NEVER;
        return managerId === null || to <= office.from ? [] : [{ accountId, managerId, to, ...office }];
      });
    });
  }
}

const initial: Caps = defaultPolicy.caps;
