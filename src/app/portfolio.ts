import { projectionNamed, reportNamed } from '../../projections/registry.js';
import { whenSeen } from '../kernel/figures.js';
import type { Policy } from '../kernel/policy.js';
import type { AnyProjection, Moment, Report, ReportAccount, ReportQuery } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import type { Accounts, ListedAccount } from './accounts.js';
import { type FoldStates, keyOf } from './folder.js';
import { Groups } from './groups.js';
import { type Asked, type Moments, usedBy } from './moments.js';
import type { FoldPool } from './pool.js';
import { Population } from './population.js';
import { knownKey } from './rules.js';
import { lookingBack } from './touches.js';

/** What a reader asks of a report besides its moment. */
export interface ReportAsked {
  readonly from: number | null;
  readonly to: number | null;
  readonly parameters: Readonly<Record<string, string>>;
  readonly takes: (account: ListedAccount) => boolean;
  readonly asked: Asked;
}

/** A report's answer and the currency its amounts are in. */
export interface Reported {
  readonly data: object;
  readonly currency: string | null;
  readonly reason?: string;
}

/** Reports of one moment kept at the most. */
const keptMax = 200;

/** From how many accounts and events on it is worth to hand folds to threads. */
const threadsFrom = { accounts: 100, events: 20_000 };

/** Questions over all accounts at any moment: from stored states where those are right, else from Histories; the answer of one moment is kept. */
export class Portfolio {
  private readonly kept = new Map<string, Promise<Reported>>();
  private readonly groups: Groups;

  constructor(
    private readonly moments: Moments,
    private readonly accounts: Accounts,
    private readonly pool?: FoldPool,
  ) {
    Population.serve(moments, accounts);
    this.groups = new Groups(moments);
  }

  /** A report's answer; asked for again at the same moment, the same answer. */
  report(name: string, moment: Moment, query: ReportAsked): Promise<Reported> {
    const report = reportNamed(name);
    if (!report) throw new Refusal('report/unknown', `There is no report ${name}; GET /v1/catalogue lists them`);
    const key = this.keyOf(report, moment, query);
    const known = this.kept.get(key);
    if (known) return known;
    const result = this.make(report, moment, query);
    if (this.kept.size >= keptMax) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(key, result);
    result.catch(() => this.kept.delete(key));
    return result;
  }

  private async make(report: Report, moment: Moment, query: ReportAsked): Promise<Reported> {
    const grouped = query.parameters.by === 'group';
    if (grouped && !addsUp(report))
      throw new Refusal('view/not-for-groups', `${report.name} of groups has no meaning; ask for it by account`);
    const seen = grouped ? this.seenByGroup : this.seen;
    const policy = this.moments.policies(moment, query.asked).at(moment.asOf);
    const listed = this.accounts.at(moment).filter(query.takes);
    const { currency, reason } = currencyFor(listed, policy);
    const asked = report.adds && currency !== null ? { ...query.asked, currency } : query.asked;
    const told: ReportQuery = { ...moment, from: query.from, to: query.to, currency, parameters: query.parameters };
    const earlier = report.before?.(told, policy) ?? null;
    const more = {
      others: Object.fromEntries(
        (report.others ?? []).map((name) => [name, this.others(report, name, moment, query.asked)]),
      ),
      before: earlier
        ? await seen.call(this, report, this.accounts.at(earlier).filter(query.takes), earlier, asked)
        : null,
    };
    const data = report.report(await seen.call(this, report, listed, moment, asked), told, policy, more);
    return { data, currency, ...(reason ? { reason } : {}) };
  }

  private async seen(
    report: Report,
    listed: readonly ListedAccount[],
    moment: Moment,
    asked: Asked,
  ): Promise<ReportAccount[]> {
    const wanted = report.uses.flatMap((name) => projectionNamed(name) ?? []);
    const closure = report.views ? [...new Set(wanted.flatMap((projection) => [...usedBy(projection)]))] : wanted;
    const all = closure.length > 0 ? await this.statesOf(closure, listed, moment, asked) : listed.map(() => ({}));
    const { reader, histories } = this.moments;
    return listed.map(({ accountId }, i) => {
      const subject = this.moments.subject('account', accountId, moment.knownAt, asked);
      const states = all[i] as FoldStates;
      const looked = report.views ? wanted : [];
      const views = whenSeen<Record<string, unknown>>(
        Object.fromEntries(
          looked.map((projection) => [
            projection.name,
            () => this.moments.viewOf(projection, states, { ...moment, subject }, asked),
          ]),
        ),
      );
      return {
        accountId,
        currency: subject.currency,
        states: named(wanted, states),
        views,
        ...(report.corrections &&
          lookingBack(reader, histories.composition(subject, moment), moment, wanted, (other) =>
            named(
              wanted,
              this.moments.states(
                wanted,
                this.moments.subject('account', accountId, other.knownAt, asked),
                other,
                asked,
              ),
            ),
          )),
      };
    });
  }

  /** The same with a row for each group, by its head: every event counts where its account belonged at its time. */
  private async seenByGroup(
    report: Report,
    listed: readonly ListedAccount[],
    moment: Moment,
    asked: Asked,
  ): Promise<ReportAccount[]> {
    const wanted = report.uses.flatMap((name) => projectionNamed(name) ?? []);
    const ids = listed.map(({ accountId }) => accountId);
    return [...this.groups.byHead(ids, moment)].map(([head, members]) => {
      const { states, subject } = this.groups.fold(wanted, head, members, moment, asked);
      const told = Object.keys(subject.members ?? {});
      return {
        accountId: head,
        currency: subject.currency,
        states: named(wanted, states),
        views: {},
        ...(report.corrections &&
          lookingBack(
            this.moments.reader,
            [...new Set([...members.keys(), ...told])],
            moment,
            wanted,
            (other) => {
              const then = this.groups.byHead(ids, other).get(head) ?? new Map();
              return named(wanted, this.groups.fold(wanted, head, then, other, asked).states);
            },
            (id, time) => {
              const times = members.get(subject.members?.[id] ?? id) ?? [];
              return times.some(({ from, to }) => time >= from && time < to);
            },
          )),
      };
    });
  }

  /** States of projections over accounts: by the pool's threads where there is enough to fold, else here. */
  private async statesOf(
    projections: readonly AnyProjection[],
    listed: readonly ListedAccount[],
    moment: Moment,
    asked: Asked,
  ): Promise<readonly FoldStates[]> {
    if (this.pool && listed.length >= threadsFrom.accounts && this.moments.reader.head() >= threadsFrom.events) {
      const names = listed.map(({ accountId }) => `account/${accountId}`);
      return this.pool.states(
        projections.map(({ name }) => name),
        names,
        moment,
        asked,
      );
    }
    return listed.map(({ accountId }) => {
      const subject = this.moments.subject('account', accountId, moment.knownAt, asked);
      return this.moments.states(projections, subject, moment, asked);
    });
  }

  /** States of the subjects of a projection over persons or the programme. */
  private others({ toldBy }: Report, name: string, moment: Moment, asked: Asked): Record<string, unknown> {
    const projection = projectionNamed(name);
    if (!projection || projection.of === 'account') return {};
    const { reader } = this.moments;
    const streams = () =>
      toldBy?.[name] === undefined
        ? reader.streamsLike(`${projection.of}-`, '', -1)
        : [...new Set(toldBy[name].flatMap((type) => reader.ofType(type, 0, -1).map(({ stream }) => stream)))]
            .map((stream) => reader.streamName(stream))
            .sort();
    const ids =
      projection.of === 'programme' ? ['programme'] : streams().map((stream) => stream.slice(projection.of.length + 1));
    const stateOf = (id: string) =>
      this.moments.states([projection], this.moments.subject(projection.of, id, moment.knownAt), moment, asked)[
        keyOf(projection)
      ];
    return Object.fromEntries(ids.map((id) => [id, stateOf(id)]));
  }

  private keyOf(report: Report, { asOf, knownAt }: Moment, { from, to, parameters, asked }: ReportAsked): string {
    const known = knownKey(this.moments.reader, knownAt);
    return JSON.stringify([report.name, report.version, asOf, known, from, to, parameters, asked]);
  }
}

const named = (projections: readonly AnyProjection[], states: FoldStates): Record<string, unknown> =>
  Object.fromEntries(projections.map((projection) => [projection.name, states[keyOf(projection)]]));

/** Whether a report can be asked for by group: it reads states alone, and only such as add up. */
export const addsUp = ({ uses, views }: Report): boolean =>
  views !== true && uses.every((name) => projectionNamed(name)?.sums === true);

/** Query parameters of a report with a sentence for each, `by=group` included where it adds up. */
export const parametersOf = (report: Report): Readonly<Record<string, string>> => ({
  ...(addsUp(report)
    ? { by: 'group: a row for each group of accounts, as they belonged at the time of each event' }
    : {}),
  ...report.parameters,
});

/** Words that parameters of a report take, `by=group` included where it adds up. */
export const choicesOf = (report: Report): Readonly<Record<string, readonly string[]>> => ({
  ...(addsUp(report) ? { by: ['group'] } : {}),
  ...report.choices,
});

/** The reporting currency, else the one that all accounts share; null with the reason where there is neither. */
function currencyFor(accounts: readonly ListedAccount[], policy: Policy): { currency: string | null; reason?: string } {
  const set = policy.settings.reportingCurrency;
  if (set !== null) return { currency: set };
  const currencies = new Set(accounts.map((account) => account.currency));
  return currencies.size === 1
    ? { currency: [...currencies][0]! }
    : { currency: null, reason: currencies.size === 0 ? 'no-accounts' : 'no-reporting-currency' };
}
