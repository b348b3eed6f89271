import { upcast } from '../domain/upcasters.js';
import { type Entry, type Event, isAnnotation } from '../kernel/event.js';
import { effective, eventFrom, lifted } from '../kernel/history.js';
import { isKnown } from '../kernel/knowing.js';
import { told } from '../kernel/told.js';
import { ALWAYS } from '../kernel/instant.js';
import type { Moment, Subject } from '../kernel/projection.js';
import type { Heard, Place, Reader, Row } from '../ledger/reader.js';
import type { Structures } from './structure.js';

/** Before everything. */
export const beginning: Place = { time: ALWAYS, position: 0 };

/** True where a comes before b in order of (time, position). */
export const before = (a: Place, b: Place): boolean =>
  a.time < b.time || (a.time === b.time && a.position < b.position);

/** Rows fetched at a time, so that a large account needs no large memory. */
const pageSize = 4_096;
/** Events parsed at a time, so that each is folded and forgotten while it is young. */
const portion = 64;

/** Histories: the effective events of one subject at a moment, in order of (time, position). */
export class Histories {
  private readonly handled = new WeakMap<ReadonlySet<string>, Map<number, boolean>>();

  constructor(
    private readonly reader: Reader,
    readonly structures: Structures,
  ) {}

  /** A row as folds see it; what answers show of an event is read whole (`eventOfRow`). */
  readonly told = ({ entry, type, time, known, position, account }: Row): Event<string, object> => {
    const accountid = account === null ? undefined : this.reader.accountId(account);
    return told(entry, { type: this.reader.typeName(type), time, known, position, accountid });
  };

  /** Accounts whose events make up this subject's History at the moment: itself, and those merged into it by then. */
  composition(subject: Pick<Subject, 'of' | 'id'>, moment: Moment): readonly string[] {
    return subject.of === 'account' ? this.structures.at(moment).mergedOf(subject.id) : [subject.id];
  }

  /**
   * The events of the History after a place, page by page. `wanted` names the types a fold handles; others are not even parsed.
   */
  *pages(
    subject: Pick<Subject, 'of' | 'id'>,
    moment: Moment,
    after: Place = beginning,
    wanted?: ReadonlySet<string>,
  ): Generator<readonly Event<string, object>[]> {
    const handles = wanted ? this.handles(wanted) : () => true;
    const takes = (row: Row): boolean => isKnown(row, moment.knownAt) && handles(row.type);
    if (subject.of !== 'account') {
      yield this.ofStream(subject, moment, after, wanted);
      return;
    }
    const accounts = this.composition(subject, moment);
    const numbers = accounts.flatMap((id, i) => {
      const no = this.reader.accountNo(id);
      return no === undefined ? [] : [{ no, whole: i === 0 }];
    });
    const annotations = numbers
      .flatMap(({ no }) => this.reader.annotationsOfAccount(no))
      .filter((row) => isKnown(row, moment.knownAt));
    if (annotations.length > 0 || numbers.length > 1) {
      yield this.resolved(numbers, annotations, moment, after, takes, wanted);
      return;
    }
    const [only] = numbers;
    if (!only) return;
    for (let place = after; ; ) {
      const rows = this.reader.told(only.no, place, moment.asOf, pageSize);
      for (let at = 0; at < rows.length; at += portion) {
        const events = this.heard(rows, at, accounts[0]!, moment, handles);
        if (events.length > 0) yield events;
      }
      if (rows.length < pageSize) return;
      const [position, time] = rows.at(-1)!;
      place = { time, position };
    }
  }

  /** A portion of an account's rows, none of which is corrected, as events. */
  private heard(
    rows: readonly Heard[],
    from: number,
    accountid: string,
    { knownAt }: Moment,
    handles: (type: number) => boolean,
  ): Event<string, object>[] {
    const events: Event<string, object>[] = [];
    const to = Math.min(from + portion, rows.length);
    for (let i = from; i < to; i++) {
      const [position, time, known, type, entry] = rows[i]!;
      if (!handles(type) || !isKnown({ position, known }, knownAt)) continue;
      const event = told(entry, { type: this.reader.typeName(type), time, known, position, accountid });
      events.push(lifted(event, upcast));
    }
    return events;
  }

  /** All events of the History after a place, at once. */
  events(
    subject: Pick<Subject, 'of' | 'id'>,
    moment: Moment,
    after: Place = beginning,
    wanted?: ReadonlySet<string>,
  ): Event<string, object>[] {
    return [...this.pages(subject, moment, after, wanted)].flat();
  }

  /** Whether an account has been told of by then, and in which currency it is kept: fixed by its registration, whenever that took effect. */
  currencyOf(accountId: string, knownAt: Moment['knownAt']): string | null {
    const rows = this.reader.stream(`account-${accountId}`, 0, 1).filter((row) => isKnown(row, knownAt));
    if (rows.length === 0) return null;
    const first = eventOfRow(rows[0]!);
    const annotations = this.reader.annotationsOf(first.id);
    if (annotations.length === 0) return (first.data as { currency?: string }).currency ?? null;
    const all = this.reader.annotationsOfStream(rows[0]!.stream).filter((row) => isKnown(row, knownAt));
    const [registered] = effective([first, ...all.map(eventOfRow)], upcast);
    return (registered?.data as { currency?: string } | undefined)?.currency ?? null;
  }

  /** Corrections reach across pages, and merged accounts interleave: these Histories are resolved as a whole. */
  private resolved(
    numbers: readonly { no: number; whole: boolean }[],
    annotations: readonly Row[],
    moment: Moment,
    after: Place,
    takes: (row: Row) => boolean,
    wanted?: ReadonlySet<string>,
  ): Event<string, object>[] {
    const about = annotations.map(this.told);
    const rows = numbers.flatMap(({ no, whole }) =>
      this.reader.account(no, after, moment.asOf).filter((row) => takes(row) && (whole || this.moves(row))),
    );
    const have = new Set(rows.map((row) => row.position));
    const own = numbers.find(({ whole }) => whole)?.no;
    const moved = about.flatMap((annotation) => {
      const { corrects, time } = annotation.data as { corrects?: string; time?: string };
      const row = corrects !== undefined && time !== undefined ? this.reader.find(corrects) : undefined;
      const counts = row && (row.account === own || this.moves(row));
      return counts && !have.has(row.position) && takes(row) ? [row] : [];
    });
    const unique = new Map(moved.map((row) => [row.position, row]));
    const others = [...rows, ...unique.values()]
      .filter((row) => !isAnnotation(this.reader.typeName(row.type)))
      .map(this.told);
    const events = effective([...others, ...about], upcast);
    return events.filter(
      (event) => before(after, event) && event.time <= moment.asOf && (wanted === undefined || wanted.has(event.type)),
    );
  }

  /** Of a merged account only dealings, money and people count as the survivor's. */
  moves(row: Row): boolean {
    const stream = this.reader.streamName(row.stream);
    return stream.startsWith('activity-') || stream.startsWith('books-') || stream.startsWith('contact-');
  }

  private ofStream(
    subject: Pick<Subject, 'of' | 'id'>,
    moment: Moment,
    after: Place,
    wanted?: ReadonlySet<string>,
  ): Event<string, object>[] {
    const events = this.reader
      .stream(streamOf(subject))
      .filter((row) => isKnown(row, moment.knownAt))
      .map(eventOfRow);
    return effective(events, upcast).filter(
      (event) => before(after, event) && event.time <= moment.asOf && (wanted === undefined || wanted.has(event.type)),
    );
  }

  /** Whether a fold handles a type, by the type's number in the log. */
  private handles(wanted: ReadonlySet<string>): (type: number) => boolean {
    const known = this.handled.get(wanted) ?? new Map<number, boolean>();
    this.handled.set(wanted, known);
    return (type) => {
      const handled = known.get(type) ?? wanted.has(this.reader.typeName(type));
      known.set(type, handled);
      return handled;
    };
  }
}

/** The stream that is the History of a person, or of our own rules. */
export const streamOf = ({ of, id }: Pick<Subject, 'of' | 'id'>): string =>
  of === 'programme' || of === 'structure' ? of : `${of}-${id}`;

/** A row's event, read whole. */
export function eventOfRow(row: Row): Event<string, object> {
  return eventFrom(JSON.parse(row.entry) as Entry, row.position, row.time, row.known);
}
