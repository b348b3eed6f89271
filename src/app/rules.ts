import { programmeRules } from '../domain/programme/programme.policy.js';
import { upcast } from '../domain/upcasters.js';
import type { Event } from '../kernel/event.js';
import { effective, eventOf } from '../kernel/history.js';
import { ALWAYS, type Instant, NEVER } from '../kernel/instant.js';
import { isKnown, type KnownAt } from '../kernel/knowing.js';
import { Policies, startOf } from '../kernel/policies.js';
import type { Policy } from '../kernel/policy.js';
import type { Reader } from '../ledger/reader.js';

/** Name of the stream that holds our own rules. */
export const programmeStream = 'programme';

/** Our own rules at every moment: the effective `programme` stream, read once a head and kept for the last few "known at". */
export class Rules {
  private head = -2;
  private seen = -1;
  private last: { readonly knownAt: KnownAt; readonly policies: Policies } | undefined;
  private events: readonly Event<string, object>[] = [];
  private readonly kept = new Map<string, Policies>();

  constructor(private readonly reader: Reader) {}

  /** The rules as known at a moment's `knownAt`; `draft` replaces parts at all times, and is not kept. */
  known(knownAt: KnownAt, draft?: Partial<Policy>): Policies {
    this.refresh();
    if (!draft && this.last && sameKnown(this.last.knownAt, knownAt)) return this.last.policies;
    const policies = this.knownBy(knownAt, draft);
    if (!draft) this.last = { knownAt, policies };
    return policies;
  }

  private knownBy(knownAt: KnownAt, draft?: Partial<Policy>): Policies {
    const known = this.events.filter((event) => isKnown(event, knownAt));
    if (draft) return new Policies(effective(known, upcast), programmeRules, draft);
    const key = `${known.length}/${known.at(-1)?.position ?? 0}/${this.head}`;
    const found = this.kept.get(key);
    if (found) return found;
    if (this.kept.size >= 32) this.kept.delete(this.kept.keys().next().value!);
    const policies = new Policies(effective(known, upcast), programmeRules);
    this.kept.set(key, policies);
    return policies;
  }

  /** The rules told up to a position that hold at an instant, the newest of them though it may begin later. */
  inForce(position: number, at: Instant): Policy {
    const policies = this.known({ position });
    const newest = policies
      .stepsBetween(ALWAYS, NEVER)
      .reduce<Event<string, object> | null>((a, b) => (a === null || b.position > a.position ? b : a), null);
    return policies.at(newest === null ? at : Math.max(at, startOf(newest)));
  }

  /** The rules with everything that has been told so far. */
  current(): Policies {
    return this.known(Number.POSITIVE_INFINITY);
  }

  private refresh(): void {
    const position = this.reader.head();
    if (position === this.seen) return;
    this.seen = position;
    const head = this.reader.revision(programmeStream);
    if (head === this.head) return;
    const from = Math.max(this.head + 1, 0);
    const more = this.reader.stream(programmeStream, from).map((row) => eventOf(row.entry, row.position));
    this.events = from === 0 ? more : [...this.events, ...more];
    this.head = head;
    this.last = undefined;
    this.kept.clear();
  }
}

function sameKnown(a: KnownAt, b: KnownAt): boolean {
  if (typeof a === 'number' || typeof b === 'number') return a === b;
  return a.position === b.position && a.by === b.by;
}

/** Whether a moment knows everything in the log: then it is the same moment for whoever asks a little later. */
export function knowsAll(reader: Reader, knownAt: KnownAt): boolean {
  const by = typeof knownAt === 'number' ? knownAt : (knownAt.by ?? Number.POSITIVE_INFINITY);
  return (typeof knownAt === 'number' || knownAt.position >= reader.head()) && by >= recordedLast(reader);
}

/** When the newest entry was recorded; the beginning of 1970 in an empty log. */
export function recordedLast(reader: Reader): Instant {
  const head = reader.head();
  const newest = newestRecorded.get(reader);
  if (newest?.head === head) return newest.recorded;
  const row = head > 0 ? reader.at(head) : undefined;
  const recorded = row ? Date.parse((JSON.parse(row.entry) as { recordedtime: string }).recordedtime) : 0;
  newestRecorded.set(reader, { head, recorded });
  return recorded;
}
const newestRecorded = new WeakMap<Reader, { readonly head: number; readonly recorded: number }>();

/** A moment's `knownAt` as part of a key under which an answer is kept. */
export const knownKey = (reader: Reader, knownAt: KnownAt): unknown =>
  knowsAll(reader, knownAt) ? ['all', reader.head()] : typeof knownAt === 'number' ? [knownAt, reader.head()] : knownAt;
