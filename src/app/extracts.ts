import { populationNamed } from '../../projections/population/figures.js';
import { projectionNamed, reportNamed } from '../../projections/registry.js';
import { whenSeen } from '../kernel/figures.js';
import type { AnyProjection, Moment, Report, ReportAccount, ReportQuery, Subject } from '../kernel/projection.js';
import { type FoldStates, keyOf } from './folder.js';
import { type Asked, type Moments, usedBy } from './moments.js';
import { lookingBack } from './touches.js';

/** What is to be kept of accounts for a report: at its own moment, or at the one that it compares with (`earlier`). */
export interface ReportExtracts {
  readonly report: string;
  readonly query: ReportQuery;
  readonly moment: Moment;
  readonly asked: Asked;
  readonly earlier: boolean;
}

/** What is to be kept of accounts for a figure over the population, amounts in one currency where there is one. */
export interface FigureExtracts {
  readonly figure: string;
  readonly moment: Moment;
  readonly asked: Asked;
  readonly currency: string | null;
}

/** An account with what the report keeps of it at the moment that it compares with; undefined where it was not listed then. */
export interface ExtractedAccount {
  readonly accountId: string;
  readonly was?: object;
}

/** Projections behind the views that a report reads. */
const viewedFor = ({ views = [] }: Report): AnyProjection[] =>
  projectionsOf(views).flatMap((projection) => [...usedBy(projection)]);

/** Names of the figures over the population that the views which a report reads may look at. */
export const figuresFor = (report: Report): readonly string[] => [
  ...new Set(viewedFor(report).flatMap(({ uses = [] }) => uses.filter((name) => populationNamed(name)))),
];

/** What a report keeps of accounts, one after another; null: nothing. A state is forgotten with its account. */
export function reportExtracts(
  moments: Moments,
  { report: name, query, moment, asked, earlier }: ReportExtracts,
  accounts: readonly ExtractedAccount[],
): (object | null)[] {
  const report = reportNamed(name)!;
  const rules = moments.policies(query, asked).at(query.asOf);
  const [used, viewed] = [projectionsOf(report.uses), projectionsOf(report.views ?? [])];
  const folded = [...new Set([...used, ...viewedFor(report)])];
  const policy = moments.policies(moment, asked).at(moment.asOf);
  return accounts.map(({ accountId, was }) => {
    const subject = moments.subject('account', accountId, moment.knownAt, asked);
    const states = moments.states(folded, subject, moment, asked);
    const views = whenSeen<Record<string, unknown>>(
      Object.fromEntries(
        viewed.map((projection) => [
          projection.name,
          () => moments.viewAs(projection, states, { ...moment, subject }, policy, asked),
        ]),
      ),
    );
    const account: ReportAccount = {
      accountId,
      currency: subject.currency,
      states: named(used, states),
      views,
      was,
      ...(report.corrections && lookingBackAt(moments, used, subject, moment, asked)),
    };
    return earlier ? report.earlier!(account, query, rules) : report.extract(account, query, rules);
  });
}

/** What a figure over the population keeps of accounts; null: one does not count. */
export function figureExtracts(
  moments: Moments,
  { figure: name, moment, asked, currency }: FigureExtracts,
  accounts: readonly ExtractedAccount[],
): (object | null)[] {
  const figure = populationNamed(name)!;
  const at = { asOf: moment.asOf, policy: moments.policies(moment, asked).at(moment.asOf), currency };
  const told = currency === null ? asked : { ...asked, currency };
  const folded = projectionsOf(figure.states);
  return accounts.map(({ accountId }) => {
    const subject = moments.subject('account', accountId, moment.knownAt, told);
    return figure.extract(named(folded, moments.states(folded, subject, moment, told)), at, subject);
  });
}

/** States by the names of their projections. */
export const named = (projections: readonly AnyProjection[], states: FoldStates): Record<string, unknown> =>
  Object.fromEntries(projections.map((projection) => [projection.name, states[keyOf(projection)]]));

export const projectionsOf = (names: readonly string[]): AnyProjection[] =>
  names.flatMap((name) => projectionNamed(name) ?? []);

function lookingBackAt(
  moments: Moments,
  used: readonly AnyProjection[],
  subject: Subject,
  moment: Moment,
  asked: Asked,
) {
  const { id } = subject;
  return lookingBack(moments.reader, moments.histories.composition(subject, moment), moment, used, (other) =>
    named(used, moments.states(used, moments.subject('account', id, other.knownAt, asked), other, asked)),
  );
}
