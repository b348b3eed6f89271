import { upcast } from '../domain/upcasters.js';
import type { Event } from '../kernel/event.js';
import { effective, eventOf } from '../kernel/history.js';
import { ALWAYS, NEVER } from '../kernel/instant.js';
import { isKnown } from '../kernel/knowing.js';
import type { Moment } from '../kernel/projection.js';
import type { Reader } from '../ledger/reader.js';

/** Who belongs under whom, and which accounts are merged, at one moment. */
export class Structure {
  readonly parents = new Map<string, string>();
  /** Account merged away → account it was merged into. */
  readonly mergedInto = new Map<string, string>();

  constructor(events: readonly Event<string, object>[], asOf: number) {
    for (const { type, time, data } of events) {
      if (time > asOf) break;
      const { accountId, parentId, from, into } = data as {
        accountId?: string;
        parentId?: string | null;
        from?: string;
        into?: string;
      };
      if (type === 'AccountPlacedUnder' && parentId) this.parents.set(accountId!, parentId);
      else if (type === 'AccountPlacedUnder') this.parents.delete(accountId!);
      else if (type === 'AccountsMerged') this.mergedInto.set(from!, into!);
      else if (type === 'AccountsUnmerged') this.mergedInto.delete(from!);
    }
  }

  /** Accounts whose dealings count as this one's, itself first; merges of merged ones included. */
  mergedOf(accountId: string): readonly string[] {
    const all = [accountId];
    for (const one of all)
      for (const [from, into] of this.mergedInto) if (into === one && !all.includes(from)) all.push(from);
    return [accountId, ...all.slice(1).sort()];
  }

  /** The account that the id stands for today: itself, or what it was merged into in the end. */
  survivorOf(accountId: string): string {
    let survivor = accountId;
    const seen = new Set<string>();
    for (
      let into = this.mergedInto.get(survivor);
      into !== undefined && !seen.has(into);
      into = this.mergedInto.get(survivor)
    ) {
      seen.add(survivor);
      survivor = into;
    }
    return survivor;
  }

  /** Members of the group that an account heads: itself and everything under it, in order of id below. */
  groupOf(accountId: string): readonly string[] {
    const all = [accountId];
    for (const one of all)
      for (const [child, parent] of this.parents) if (parent === one && !all.includes(child)) all.push(child);
    return [accountId, ...all.slice(1).sort()];
  }

  /** The topmost account above this one. */
  headOf(accountId: string): string {
    let head = accountId;
    const seen = new Set<string>();
    for (
      let parent = this.parents.get(head);
      parent !== undefined && !seen.has(parent);
      parent = this.parents.get(head)
    ) {
      seen.add(head);
      head = parent;
    }
    return head;
  }
}

/** The topmost account above one in [from, to). */
export interface Headed {
  readonly head: string;
  readonly from: number;
  to: number;
}

/** Under which topmost account each account stood, and when; accounts that never belonged under another nor had one below are left out. */
export function headsOf(events: readonly Event<string, object>[]): ReadonlyMap<string, readonly Headed[]> {
  const parents = new Map<string, string>();
  const children = new Map<string, Set<string>>();
  const found = new Map<string, Headed[]>();
  for (const { type, time, data } of events) {
    if (type !== 'AccountPlacedUnder') continue;
    const { accountId, parentId } = data as { accountId: string; parentId: string | null };
    children.get(parents.get(accountId) ?? '')?.delete(accountId);
    if (parentId === null) parents.delete(accountId);
    else {
      parents.set(accountId, parentId);
      children.set(parentId, (children.get(parentId) ?? new Set()).add(accountId));
    }
    const above = new Set([accountId]);
    let head = accountId;
    for (let up = parents.get(head); up !== undefined && !above.has(up); up = parents.get(head)) {
      above.add(up);
      head = up;
    }
    const moved = new Set([accountId]);
    for (const one of moved) {
      const list = found.get(one) ?? [{ head: one, from: ALWAYS, to: NEVER }];
      found.set(one, list);
      list.at(-1)!.to = time;
      list.push({ head, from: time, to: NEVER });
      for (const child of children.get(one) ?? []) moved.add(child);
    }
  }
  return found;
}

/** The structure at any moment, from its stream; the last few moments are kept. */
export class Structures {
  private head = -2;
  private seen = -1;
  private events: readonly Event<string, object>[] = [];
  /** Structures by how many of the effective events had happened. */
  private kept = new WeakMap<readonly Event<string, object>[], Map<number, Structure>>();
  /** Effective events by what is known, as text. */
  private readonly told = new Map<string, readonly Event<string, object>[]>();
  /** Positions of the events that name an account, and of what was said of those. */
  private named: ReadonlyMap<string, readonly number[]> | undefined;
  /** From when on every event is known. */
  private newest = ALWAYS;
  private readonly none = new Structure([], 0);

  constructor(private readonly reader: Reader) {}

  at({ asOf, knownAt }: Moment): Structure {
    this.refresh();
    if (this.events.length === 0) return this.none;
    const known = this.known(knownAt);
    const passed = known.findLastIndex((event) => event.time <= asOf);
    const kept = this.kept.get(known) ?? new Map<number, Structure>();
    this.kept.set(known, kept);
    const found = kept.get(passed);
    if (found) return found;
    if (kept.size >= 256) kept.clear();
    const structure = new Structure(known, asOf);
    kept.set(passed, structure);
    return structure;
  }

  /** Effective structure events known by then, in order of time: where membership changes. */
  known(knownAt: Moment['knownAt']): readonly Event<string, object>[] {
    this.refresh();
    if (this.events.length === 0) return this.events;
    const last = this.events.at(-1)!.position;
    const all = isKnown({ position: last, known: this.newest }, knownAt);
    const key = all ? 'all' : JSON.stringify(knownAt);
    const told = this.told.get(key);
    if (told) return told;
    if (this.told.size >= 32) this.told.clear();
    const events = effective(
      this.events.filter((event) => isKnown(event, knownAt)),
      upcast,
    );
    this.told.set(key, events);
    return events;
  }

  /** Positions of the events that name an account, corrections of them included, in order. */
  naming(accountId: string): readonly number[] {
    this.refresh();
    this.named ??= namesIn(this.events);
    return this.named.get(accountId) ?? [];
  }

  private refresh(): void {
    const position = this.reader.head();
    if (position === this.seen) return;
    this.seen = position;
    const head = this.reader.revision('structure');
    if (head === this.head) return;
    this.events = this.reader.stream('structure').map((row) => eventOf(row.entry, row.position));
    this.head = head;
    this.newest = this.events.reduce((newest, { known }) => Math.max(newest, known), ALWAYS);
    this.named = undefined;
    this.told.clear();
    this.kept = new WeakMap();
  }
}

/** Positions of events by the accounts they name; a correction names whom its target names. */
function namesIn(events: readonly Event<string, object>[]): ReadonlyMap<string, readonly number[]> {
  const byEvent = new Map<string, readonly string[]>();
  const found = new Map<string, number[]>();
  for (const { id, position, data } of events) {
    const { accountId, parentId, from, into, corrects, retracts, set } = data as Readonly<Record<string, string>>;
    const corrected = set as { parentId?: string } | undefined;
    const own = [accountId, parentId, from, into, corrected?.parentId].filter((one) => typeof one === 'string');
    const names = [...new Set([...own, ...(byEvent.get(corrects ?? retracts ?? '') ?? [])])];
    byEvent.set(id, names);
    for (const name of names) {
      const list = found.get(name);
      if (list) list.push(position);
      else found.set(name, [position]);
    }
  }
  return found;
}
