import type { Event } from '../../src/kernel/event.js';
import { readWhen, utcCalendar } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type {
  AnyProjection,
  Moment,
  Report,
  ReportAccount,
  ReportInputs,
  ReportQuery,
} from '../../src/kernel/projection.js';
import { type Around, policiesOf } from './folding.js';
import { seenAt, statesOf } from './several.js';

/** What a reader asks of a report; a date alone is the start of its day for `from`, the next day's start for `to`. */
export interface Reading extends Around {
  readonly from?: string;
  readonly to?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** What accounts' histories were at the report's further moment, by id. */
  readonly before?: Readonly<Record<string, readonly Event<string, object>[]>>;
  /** States of the programme and of members, by projection and id. */
  readonly others?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Views by account instead of those that the projections would give. */
  readonly views?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A report over accounts, put together of extracts that are as plain as what comes from another thread. */
export function reportOver<R extends object>(
  report: Report<R>,
  accounts: readonly ReportAccount[],
  query: ReportQuery,
  policy: Policy,
  { others = {}, before = null }: { others?: ReportInputs['others']; before?: readonly ReportAccount[] | null } = {},
): R {
  const earlier = new Map(
    before?.map((one) => [one.accountId, structuredClone(report.earlier!(one, query, policy))] as const),
  );
  const told = accounts.flatMap((one) => {
    const was = earlier.get(one.accountId);
    const extract = report.extract({ ...one, was }, query, policy) as object | null;
    return extract === null ? [] : [structuredClone(extract)];
  });
  return report.report(told, query, policy, { others, before: before && [...earlier.values()] });
}

/** A report over accounts, each told by its events. */
export function reportAt<R extends object>(
  report: Report<R>,
  projections: readonly AnyProjection[],
  accounts: Readonly<Record<string, readonly Event<string, object>[]>>,
  asOf: string,
  reading: Reading = {},
): R {
  const at = readWhen(asOf, 'last', utcCalendar)!;
  const query: ReportQuery = {
    asOf: at,
    knownAt: at,
    from: reading.from === undefined ? null : readWhen(reading.from, 'start', utcCalendar),
    to: reading.to === undefined ? null : readWhen(reading.to, 'bound', utcCalendar),
    currency: reading.currency === undefined ? 'EUR' : reading.currency,
    parameters: reading.parameters ?? {},
  };
  const policy = policiesOf(reading).at(at);
  const seen = (histories: typeof accounts): ReportAccount[] =>
    Object.entries(histories).map(([accountId, events]) => ({
      accountId,
      currency: query.currency,
      states: statesOf(projections, events, asOf, { ...reading, id: accountId }),
      views: {
        ...(report.views && reading.views === undefined
          ? Object.fromEntries(
              projections.map((one) => [one.name, seenAt(one, events, asOf, { ...reading, id: accountId })]),
            )
          : {}),
        ...reading.views?.[accountId],
      },
      toldSince: (then: Moment) =>
        events
          .filter((one) => one.time <= then.asOf && typeof then.knownAt === 'number' && one.known > then.knownAt)
          .map(({ id, time }) => ({ eventId: id, time })),
    }));
  const before = report.before?.(query, policy) && reading.before ? seen(reading.before) : null;
  return reportOver(report, seen(accounts), query, policy, { others: reading.others ?? {}, before });
}
