import { lineOf } from '../../projections/timeline/lines.js';
import { needOrders } from '../domain/activity/learning.events.js';
import { eventNamed } from '../domain/catalogue.js';
import { unitFunctions } from '../domain/vocabulary.js';
import type { Event } from '../kernel/event.js';
import { isAnnotation, retracted } from '../kernel/event.js';
import { ALWAYS, type Calendar, iso, NEVER } from '../kernel/instant.js';
import { isKnown } from '../kernel/knowing.js';
import type { Moment } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import type { Place, Reader, Row } from '../ledger/reader.js';
import type { Vault } from '../vault/vault.js';
import { before, eventOfRow, type Histories } from './histories.js';
import { checkKnown } from './known.js';
import { openedAll } from './opened.js';
import { checkWord, invalid } from './parameters.js';

/** What a reader of the timeline may ask for. */
export interface TimelineQuery {
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  readonly cursor: string | null;
  readonly from?: number;
  readonly types?: ReadonlySet<string>;
  readonly person?: string;
  readonly function?: string;
  readonly needOrder?: string;
}

/** Refuses filters that no event can pass: a person the log does not know, a type, function or order of need that does not exist. */
export function checkTimeline(reader: Reader, query: TimelineQuery, moment: Moment): void {
  const { person, types, function: unit, needOrder } = query;
  if (person !== undefined) checkKnown(reader, 'person', person, moment, 'person');
  for (const type of types ?? [])
    if (!eventNamed(type))
      throw invalid(
        'type',
        `type must be types of events, parted by commas; ${type} is none: GET /v1/catalogue lists them`,
      );
  if (unit !== undefined) checkWord('function', unit, unitFunctions);
  if (needOrder !== undefined) checkWord('needOrder', needOrder, needOrders);
}

/** One line of the timeline. */
export interface TimelineItem {
  readonly eventId: string;
  readonly type: string;
  readonly time: string;
  readonly recordedTime: string;
  readonly knownTime: string;
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly actor: { readonly type: string; readonly id: string; readonly source?: string };
  readonly text: { readonly en: string; readonly zh: string };
  readonly correctedBy?: readonly string[];
  readonly retractedBy?: string;
  readonly sourceSystem?: string;
}

/** Rows looked at for one page at the most: filters that match little answer with an early cursor instead of a long scan. */
const scanMax = 5_000;

/** The account's events, every one of them, corrections included, paged from the index; nothing is stored for it. Events of the structure show for every account they name. */
export class Timeline {
  constructor(
    private readonly reader: Reader,
    private readonly histories: Histories,
    private readonly vault: Vault,
    /** The firm's calendar, in which lines name days. */
    private readonly calendar: () => Calendar,
  ) {}

  async page(
    accountId: string,
    moment: Moment,
    query: TimelineQuery,
    mayRead: boolean,
  ): Promise<{ items: TimelineItem[]; next: string | null }> {
    const { events, next } = this.reader.together(() => this.events(accountId, moment, query));
    const opened = await openedAll(this.vault, events, mayRead);
    return { items: this.reader.together(() => opened.map((event) => this.item(event, moment))), next };
  }

  /** The page's events, still sealed. */
  private events(
    accountId: string,
    moment: Moment,
    query: TimelineQuery,
  ): { events: Event<string, object>[]; next: string | null } {
    const numbers = this.histories
      .composition({ of: 'account', id: accountId }, moment)
      .flatMap((id) => this.reader.accountNo(id) ?? []);
    const own = this.reader.accountNo(accountId);
    const named = this.histories.structures
      .naming(accountId)
      .map((position) => this.reader.at(position)!)
      .filter((row) => row.account !== own);
    const shown = new Set(named.map(({ position }) => position));
    const events: Event<string, object>[] = [];
    let place = query.cursor === null ? undefined : placeOf(query.cursor);
    for (let scanned = 0; scanned < scanMax; ) {
      const wanted = Math.max(query.limit - events.length, 1);
      const rows = this.rows(
        numbers,
        named,
        moment,
        query,
        place,
        query.types || query.person ? Math.max(wanted, 200) : wanted + 8,
      );
      for (const row of rows.list) {
        place = row;
        scanned++;
        const counts = row.account === own || shown.has(row.position) || this.histories.moves(row);
        const event = counts && isKnown(row, moment.knownAt) ? this.taken(row, query) : undefined;
        if (event) events.push(event);
        if (events.length === query.limit) return { events, next: cursorOf(row) };
      }
      if (rows.ended) return { events, next: null };
    }
    return { events, next: place ? cursorOf(place) : null };
  }

  private rows(
    numbers: readonly number[],
    named: readonly Row[],
    moment: Moment,
    query: TimelineQuery,
    place: Place | undefined,
    limit: number,
  ): { list: Row[]; ended: boolean } {
    const up = query.order === 'asc';
    const pages = numbers.map((no) =>
      up
        ? this.reader.account(no, place ?? { time: (query.from ?? ALWAYS) - 1, position: NEVER }, moment.asOf, limit)
        : this.reader.accountBackwards(
            no,
            place ?? { time: moment.asOf, position: NEVER },
            query.from ?? ALWAYS,
            limit,
          ),
    );
    const sign = up ? 1 : -1;
    const ahead = (row: Row): boolean =>
      row.time <= moment.asOf &&
      row.time >= (query.from ?? ALWAYS) &&
      (place === undefined || (up ? before(place, row) : before(row, place)));
    const structure = named.filter(ahead);
    const seen = new Set(structure.map(({ position }) => position));
    const list = [...pages.flat().filter(({ position }) => !seen.has(position)), ...structure]
      .sort((a, b) => sign * (a.time - b.time || a.position - b.position))
      .slice(0, limit);
    return { list, ended: list.length < limit && pages.every((page) => page.length < limit) };
  }

  /** The row's event where the query's filters take it. */
  private taken(row: Row, query: TimelineQuery): Event<string, object> | undefined {
    if (query.types && !query.types.has(this.reader.typeName(row.type))) return undefined;
    const event = eventOfRow(row);
    return matches(event, query) ? event : undefined;
  }

  private item(event: Event<string, object>, moment: Moment): TimelineItem {
    const about = this.reader
      .annotationsOf(event.id)
      .filter((one) => isKnown(one, moment.knownAt))
      .map(eventOfRow);
    const live = about.filter((one) => !this.isRetracted(one.id, moment));
    const corrections = live.filter((one) => one.type !== retracted).map((one) => one.id);
    const retraction = live.find((one) => one.type === retracted);
    return {
      eventId: event.id,
      type: event.type,
      time: iso(event.time),
      recordedTime: event.recordedtime,
      knownTime: iso(event.known),
      position: event.position,
      stream: event.subject,
      revision: event.streamrevision,
      actor: {
        type: event.authtype,
        id: event.authid,
        ...(event.sourceactor === undefined ? {} : { source: event.sourceactor }),
      },
      text: lineOf(event, this.calendar()),
      ...(corrections.length > 0 ? { correctedBy: corrections } : {}),
      ...(retraction ? { retractedBy: retraction.id } : {}),
      ...(event.sourcesystem === undefined ? {} : { sourceSystem: event.sourcesystem }),
    };
  }

  /** Whether a retraction of the event stands at the moment. */
  private isRetracted(id: string, moment: Moment): boolean {
    return this.reader
      .annotationsOf(id)
      .filter((row) => isKnown(row, moment.knownAt))
      .map(eventOfRow)
      .some((one) => one.type === retracted && !this.isRetracted(one.id, moment));
  }
}

function matches(event: Event<string, object>, { person, function: unit, needOrder }: TimelineQuery): boolean {
  if (person === undefined && unit === undefined && needOrder === undefined) return true;
  if (isAnnotation(event.type)) return false;
  const data = event.data as {
    order?: string;
    ours?: { memberId: string; function: string }[];
    theirs?: { contactId: string; function: string }[];
    function?: string;
  };
  const people = [...(data.ours ?? []), ...(data.theirs ?? [])] as {
    memberId?: string;
    contactId?: string;
    function: string;
  }[];
  const named = JSON.stringify(data);
  const hasPerson = person === undefined || event.subject.endsWith(`-${person}`) || named.includes(`"${person}"`);
  const hasFunction = unit === undefined || data.function === unit || people.some((one) => one.function === unit);
  return hasPerson && hasFunction && (needOrder === undefined || data.order === needOrder);
}

const cursorOf = ({ time, position }: Place): string => Buffer.from(`${time}.${position}`).toString('base64url');

function placeOf(cursor: string): Place {
  const found = /^(-?\d+)\.(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!found)
    throw new Refusal(
      'view/parameter-invalid',
      'The cursor is not one that this service gave; begin at the first page',
      { errors: [{ pointer: '?cursor', code: 'cursor', detail: 'leave it out' }] },
    );
  return { time: Number(found[1]), position: Number(found[2]) };
}
