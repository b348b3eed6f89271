import { projectionNamed, reportNamed } from '../../projections/registry.js';
import type { Policy } from '../kernel/policy.js';
import type { AnyProjection, Moment, Report, ReportAccount, ReportQuery, Subject } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import type { Accounts, ListedAccount } from './accounts.js';
import type { Extracting, Figures } from './extracting.js';
import { figuresFor, named, projectionsOf } from './extracts.js';
import { keyOf } from './folder.js';
import { Groups, type Members } from './groups.js';
import type { Asked, Moments } from './moments.js';
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

/** What a report keeps of accounts, by account id. */
type Extracts = ReadonlyMap<string, object>;

/** Reports of one moment kept at the most. */
const keptMax = 200;

/** Questions over all accounts at any moment: of each account an extract is made where its states are, and put together here; the answer of one moment is kept. */
export class Portfolio {
  private readonly kept = new Map<string, Promise<Reported>>();
  private readonly groups: Groups;
  private readonly population: Population;

  constructor(
    private readonly moments: Moments,
    private readonly accounts: Accounts,
    private readonly extracting: Extracting,
  ) {
    this.population = Population.serve(moments, accounts);
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
    const policy = this.moments.policies(moment, query.asked).at(moment.asOf);
    const listed = this.accounts.at(moment).filter(query.takes);
    const { currency, reason } = currencyFor(listed, policy);
    const asked = report.adds && currency !== null ? { ...query.asked, currency } : query.asked;
    const told: ReportQuery = { ...moment, from: query.from, to: query.to, currency, parameters: query.parameters };
    const earlier = report.before?.(told, policy) ?? null;
    const extracts = grouped ? this.extractsByGroup : this.extracts;
    const before = earlier
      ? await extracts.call(this, report, this.accounts.at(earlier).filter(query.takes), earlier, told, asked, null)
      : null;
    const made = await extracts.call(this, report, listed, moment, told, asked, before ?? new Map());
    const more = {
      others: Object.fromEntries(
        (report.others ?? []).map((name) => [name, this.others(report, name, moment, query.asked)]),
      ),
      before: before && [...before.values()],
    };
    return { data: report.report([...made.values()], told, policy, more), currency, ...(reason ? { reason } : {}) };
  }

  /** What the report keeps of each account, by its id; `before`: what it kept at the moment it compares with, null where this is that moment. */
  private async extracts(
    report: Report,
    listed: readonly ListedAccount[],
    moment: Moment,
    query: ReportQuery,
    asked: Asked,
    before: Extracts | null,
  ): Promise<Extracts> {
    const what = { report: report.name, query, moment, asked, earlier: before === null };
    const accounts = listed.map(({ accountId }) => {
      const was = before?.get(accountId);
      return was ? { accountId, was } : { accountId };
    });
    const made = await this.extracting.report(what, accounts, () => this.figures(report, moment, asked));
    return new Map(made.flatMap((one, i) => (one === null ? [] : [[accounts[i]!.accountId, one] as const])));
  }

  /** The same by the head of each group: every event counts where its account belonged at its time. */
  private async extractsByGroup(
    report: Report,
    listed: readonly ListedAccount[],
    moment: Moment,
    query: ReportQuery,
    asked: Asked,
    before: Extracts | null,
  ): Promise<Extracts> {
    const used = projectionsOf(report.uses);
    const ids = listed.map(({ accountId }) => accountId);
    const policy = this.moments.policies(query, asked).at(query.asOf);
    const made = new Map<string, object>();
    for (const [head, members] of this.groups.byHead(ids, moment)) {
      const { states, subject } = this.groups.fold(used, head, members, moment, asked);
      const account: ReportAccount = {
        accountId: head,
        currency: subject.currency,
        states: named(used, states),
        views: {},
        was: before?.get(head),
        ...(report.corrections && this.lookingBackAt(used, ids, head, members, subject, moment, asked)),
      };
      const one = before ? report.extract(account, query, policy) : report.earlier!(account, query, policy);
      if (one !== null) made.set(head, one);
    }
    return made;
  }

  private lookingBackAt(
    used: readonly AnyProjection[],
    ids: readonly string[],
    head: string,
    members: Members,
    subject: Subject,
    moment: Moment,
    asked: Asked,
  ) {
    const accounts = [...new Set([...members.keys(), ...Object.keys(subject.members ?? {})])];
    const then = (other: Moment) => {
      const belonging = this.groups.byHead(ids, other).get(head) ?? new Map();
      return named(used, this.groups.fold(used, head, belonging, other, asked).states);
    };
    return lookingBack(this.moments.reader, accounts, moment, used, then, (id, time) => {
      const times = members.get(subject.members?.[id] ?? id) ?? [];
      return times.some(({ from, to }) => time >= from && time < to);
    });
  }

  /** Figures over the population that the views which the report reads may look at. */
  private async figures(report: Report, moment: Moment, asked: Asked): Promise<Figures> {
    const names = figuresFor(report);
    const made = await Promise.all(names.map((name) => this.population.made(name, moment, asked, this.extracting)));
    return Object.fromEntries(names.flatMap((name, i) => (made[i] ? [[name, made[i]] as const] : [])));
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
            .filter((stream) => stream.startsWith(`${projection.of}-`))
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

/** Whether a report can be asked for by group: it reads states alone, and only such as add up. */
export const addsUp = ({ uses, views }: Report): boolean =>
  views === undefined && uses.every((name) => projectionNamed(name)?.sums === true);

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
