import { Folder, keyOf } from '../../src/app/folder.js';
import { usedBy } from '../../src/app/moments.js';
import type { Event } from '../../src/kernel/event.js';
import { effective } from '../../src/kernel/history.js';
import { readWhen, utcCalendar } from '../../src/kernel/instant.js';
import type { AnyProjection, Projection, ReportAccount, Subject, Used } from '../../src/kernel/projection.js';
import type { PopulationFigure } from '../../projections/population/figure.js';
import { type Around, policiesOf } from './folding.js';

/** What a view may look at besides the folds of its own account. */
export interface Looking extends Around {
  readonly parameters?: Readonly<Record<string, string>>;
  /** Figures over the population, by name. */
  readonly population?: Readonly<Record<string, object>>;
}

const momentOf = (asOf: string): number => readWhen(asOf, 'last', utcCalendar)!;

/** States of projections folded side by side over one account's events up to a moment, by name. */
export function statesOf(
  projections: readonly AnyProjection[],
  events: readonly Event<string, object>[],
  asOf: string,
  around: Around = {},
): Record<string, object> {
  const folder = new Folder(projections);
  const states = folder.initial();
  const policies = policiesOf(around);
  for (const one of effective(events))
    if (one.time <= momentOf(asOf)) folder.stepping(states, policies, subjectOf(around))(one);
  return Object.fromEntries(
    projections.map((one) => [one.name, JSON.parse(JSON.stringify(states[keyOf(one)])) as object]),
  );
}

/** A view with the states and views of the projections it uses, all folded over the same events. */
export function seenAt<S extends object, V extends object, E extends Event<string, object>>(
  projection: Projection<S, V, E>,
  events: readonly Event<string, object>[],
  asOf: string,
  around: Looking = {},
): V {
  const states = statesOf(usedBy(projection as AnyProjection), events, asOf, around);
  const at = momentOf(asOf);
  const policy = policiesOf(around).at(at);
  const used = { states, parameters: around.parameters ?? {}, ...around.population, ...around.used } as Used;
  return projection.view(
    states[projection.name] as S,
    { asOf: at, knownAt: at, subject: subjectOf(around) },
    policy,
    used,
  );
}

/** A figure over accounts, each told by its events. */
export function figureOver<X extends object, R extends object>(
  figure: PopulationFigure<X, R>,
  projections: readonly AnyProjection[],
  accounts: Readonly<Record<string, readonly Event<string, object>[]>>,
  asOf: string,
  around: Around = {},
): R {
  const at = momentOf(asOf);
  const moment = { asOf: at, policy: policiesOf(around).at(at), currency: 'EUR' };
  const members = new Map<string, X>();
  for (const [id, events] of Object.entries(accounts)) {
    const subject = subjectOf({ ...around, id });
    const extract = figure.extract(statesOf(projections, events, asOf, { ...around, id }), moment, subject);
    if (extract !== null) members.set(id, extract);
  }
  return figure.figure(members, moment);
}

/** Accounts as a report sees them. */
export function accountsOf(
  projections: readonly AnyProjection[],
  accounts: Readonly<Record<string, readonly Event<string, object>[]>>,
  asOf: string,
  around: Looking & { readonly viewed?: readonly AnyProjection[] } = {},
): ReportAccount[] {
  return Object.entries(accounts).map(([accountId, events]) => {
    const views = (around.viewed ?? []).map((one) => [
      one.name,
      seenAt(one, events, asOf, { ...around, id: accountId }),
    ]);
    return {
      accountId,
      currency: 'EUR',
      states: statesOf(projections, events, asOf, { ...around, id: accountId }),
      views: Object.fromEntries(views),
    };
  });
}

const subjectOf = (around: Around): Subject => ({
  of: 'account',
  id: around.id ?? 'ACME',
  currency: around.currency === undefined ? 'EUR' : around.currency,
});
