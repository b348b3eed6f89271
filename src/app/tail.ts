import { corrected, isAnnotation, retracted } from '../kernel/event.js';
import { ALWAYS } from '../kernel/instant.js';
import type { Place, Reader, Row } from '../ledger/reader.js';
import { eventOfRow } from './histories.js';
import type { Structures } from './structure.js';

/** From when on a subject's History differs once a row is known: the row's own time; for a correction the times its target had; for a merge, always. */
export function reach(reader: Reader, row: Row): Place {
  const type = reader.typeName(row.type);
  if (type === 'AccountsMerged' || type === 'AccountsUnmerged') return { time: ALWAYS, position: 0 };
  if (!isAnnotation(type)) return { time: row.time, position: row.position };
  return reachOfAnnotation(reader, row);
}

function reachOfAnnotation(reader: Reader, row: Row): Place {
  const { corrects, retracts, time } = eventOfRow(row).data as { corrects?: string; retracts?: string; time?: string };
  const target = reader.find((corrects ?? retracts)!);
  const here = time === undefined ? Number.POSITIVE_INFINITY : Date.parse(time);
  if (!target) return { time: here, position: 0 };
  const type = reader.typeName(target.type);
  if (type === corrected || type === retracted)
    return earliest({ time: here, position: 0 }, reachOfAnnotation(reader, target));
  if (type === 'AccountRegistered' || type === 'AccountsMerged' || type === 'AccountsUnmerged')
    return { time: ALWAYS, position: 0 };
  const moved = reader
    .annotationsOf((corrects ?? retracts)!)
    .map((one) => (eventOfRow(one).data as { time?: string }).time);
  const times = moved.flatMap((at) => (at === undefined ? [] : [Date.parse(at)]));
  return { time: Math.min(target.time, here, ...times), position: 0 };
}

const earliest = (a: Place, b: Place): Place => (a.time <= b.time ? a : b);

/** Subjects that a row is part of: its account and those it merges or parts, with whatever they are merged into, and the person or programme whose stream it is in. */
export function subjectsOfRow(reader: Reader, structures: Structures, row: Row): string[] {
  const subjects: string[] = [];
  const stream = reader.streamName(row.stream);
  const merged =
    structures.known(Number.POSITIVE_INFINITY).length > 0
      ? structures.at({ asOf: Number.POSITIVE_INFINITY, knownAt: Number.POSITIVE_INFINITY })
      : undefined;
  const add = (account: string): void => {
    for (let one: string | undefined = account; one !== undefined; one = merged?.mergedInto.get(one))
      if (!subjects.includes(`account/${one}`)) subjects.push(`account/${one}`);
  };
  if (row.account !== null) add(reader.accountId(row.account));
  const person = /^(contact|member)-(.*)$/.exec(stream);
  if (person) subjects.push(`${person[1]}/${person[2]}`);
  if (stream === 'programme') subjects.push('programme/programme');
  if (stream === 'structure') for (const id of mergeSides(row, reader)) add(id);
  return subjects;
}

function mergeSides(row: Row, reader: Reader): string[] {
  const type = reader.typeName(row.type);
  if (isAnnotation(type)) {
    const { corrects, retracts } = eventOfRow(row).data as { corrects?: string; retracts?: string };
    const target = reader.find((corrects ?? retracts)!);
    return target ? mergeSides(target, reader) : [];
  }
  const { from, into } = eventOfRow(row).data as { from?: string; into?: string };
  return [from, into].filter((id): id is string => id !== undefined);
}

/** What the projector has not taken in yet, by subject: where each one's History changed since. Kept short by the projector's progress. */
export class Tail {
  private to = 0;
  private from = 0;
  private readonly reaches = new Map<string, { place: Place; position: number }[]>();

  constructor(
    private readonly reader: Reader,
    private readonly structures: Structures,
  ) {}

  /** The earliest place at which the subject's History changed after a position of the log; undefined where it did not. */
  since(subject: string, checkpoint: number): Place | undefined {
    this.sync(checkpoint);
    const changes = this.reaches.get(subject)?.filter(({ position }) => position > checkpoint);
    return changes?.length ? changes.map(({ place }) => place).reduce(earliestPlace) : undefined;
  }

  private sync(checkpoint: number): void {
    if (checkpoint < this.from || this.to < checkpoint) {
      this.reaches.clear();
      this.from = this.to = checkpoint;
    }
    for (;;) {
      const rows = this.reader.scan(this.to, 2_000);
      for (const row of rows) this.take(row);
      if (rows.length > 0) this.to = rows.at(-1)!.position;
      if (rows.length < 2_000) break;
    }
    if (checkpoint - this.from > 10_000 || (checkpoint === this.to && this.reaches.size > 0)) this.forget(checkpoint);
  }

  private take(row: Row): void {
    const place = reach(this.reader, row);
    for (const subject of subjectsOfRow(this.reader, this.structures, row)) {
      const list = this.reaches.get(subject) ?? [];
      this.reaches.set(subject, list);
      list.push({ place, position: row.position });
    }
  }

  private forget(checkpoint: number): void {
    for (const [subject, list] of this.reaches) {
      const rest = list.filter(({ position }) => position > checkpoint);
      if (rest.length === 0) this.reaches.delete(subject);
      else this.reaches.set(subject, rest);
    }
    this.from = checkpoint;
  }
}

const earliestPlace = (a: Place, b: Place): Place =>
  a.time < b.time || (a.time === b.time && a.position <= b.position) ? a : b;
