import { corrected, isAnnotation } from '../kernel/event.js';
import type { Instant } from '../kernel/instant.js';
import { isKnown } from '../kernel/knowing.js';
import type { AnyProjection, Moment, ReportAccount, Touch } from '../kernel/projection.js';
import type { Reader } from '../ledger/reader.js';
import { Folder } from './folder.js';
import { beginning, eventOfRow } from './histories.js';

/** What corrections and retractions known at a moment reached among the events of accounts; the ledger knows annotations by account. */
function touchesOf(reader: Reader, accounts: readonly string[], knownAt: Moment['knownAt']): Touch[] {
  return accounts.flatMap((id) => {
    const no = reader.accountNo(id);
    if (no === undefined) return [];
    const rows = reader.annotationsOfAccount(no).filter((row) => isKnown(row, knownAt));
    return rows.map(eventOfRow).flatMap((annotation) => {
      const original = originalOf(reader, annotation.data as Annotation);
      if (original === undefined) return [];
      const corrections = reader.annotationsOf(original.id).map(eventOfRow);
      const moved = corrections.flatMap(({ type, data }) =>
        type === corrected ? ((data as Annotation).time ?? []) : [],
      );
      return [
        {
          eventId: annotation.id,
          type: original.type,
          data: { ...original.data, ...(annotation.data as Annotation).set },
          times: [original.time, ...moved.map((time) => Date.parse(time))],
          known: annotation.known,
          position: annotation.position,
        },
      ];
    });
  });
}

/** What a report over corrections is given of an account, or of the members of a group: `counts` says when an account's events are its. */
export function lookingBack(
  reader: Reader,
  accounts: readonly string[],
  moment: Moment,
  projections: readonly AnyProjection[],
  then: Required<ReportAccount>['then'],
  counts: (accountId: string, time: Instant) => boolean = () => true,
): Required<Pick<ReportAccount, 'touches' | 'then' | 'toldSince'>> {
  const { wanted } = new Folder(projections);
  return {
    touches: touchesOf(reader, accounts, moment.knownAt),
    then,
    toldSince: (other) => toldBetween(reader, accounts, other, moment.knownAt, wanted, counts),
  };
}

/** Events of given types that accounts were told of after one moment and by another, up to the first one's `asOf`. */
function toldBetween(
  reader: Reader,
  accounts: readonly string[],
  then: Moment,
  knownAt: Moment['knownAt'],
  types: ReadonlySet<string>,
  counts: (accountId: string, time: Instant) => boolean,
): { readonly eventId: string; readonly time: Instant }[] {
  return accounts
    .flatMap((id) => {
      const no = reader.accountNo(id);
      const rows = no === undefined ? [] : reader.account(no, beginning, then.asOf);
      return rows.filter(
        (row) =>
          types.has(reader.typeName(row.type)) &&
          isKnown(row, knownAt) &&
          !isKnown(row, then.knownAt) &&
          counts(id, row.time),
      );
    })
    .sort((a, b) => a.time - b.time || a.position - b.position)
    .map((row) => ({ eventId: eventOfRow(row).id, time: row.time }));
}

interface Annotation {
  readonly corrects?: string;
  readonly retracts?: string;
  readonly time?: string;
  readonly set?: object;
}

/** What an annotation is about in the end: what it names, or what that one is about. */
function originalOf(reader: Reader, { corrects, retracts }: Annotation) {
  for (let id = corrects ?? retracts; id !== undefined; ) {
    const row = reader.find(id);
    if (row === undefined) return undefined;
    const event = eventOfRow(row);
    if (!isAnnotation(event.type)) return event;
    const about = event.data as Annotation;
    id = about.corrects ?? about.retracts;
  }
  return undefined;
}
