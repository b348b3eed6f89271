import { populationNamed } from '../../projections/population/figures.js';
import type { AnyPopulationFigure, PopulationMoment } from '../../projections/population/figure.js';
import { projectionNamed } from '../../projections/registry.js';
import { programmeRules } from '../domain/programme/programme.policy.js';
import { isAnnotation } from '../kernel/event.js';
import { dayOf } from '../kernel/instant.js';
import type { Policy } from '../kernel/policy.js';
import type { Moment } from '../kernel/projection.js';
import type { Accounts, ListedAccount } from './accounts.js';
import { keyOf } from './folder.js';
import type { Asked, Moments } from './moments.js';
import { knownKey, knowsAll } from './rules.js';

/** Figures kept at the most, each of one moment and one set of rules. */
const keptMax = 200;
/** Entries of the log beyond which extracts are made anew instead of one by one. */
const catchUpMax = 20_000;

/** What a figure keeps of every account, level with the log. */
interface Level {
  readonly key: string;
  readonly head: number;
  readonly members: Map<string, object>;
}

/**
 * Figures over all accounts that an account's view may use: made of states alone, kept by name, moment and rules. Where a moment knows
 * and has passed everything in the log, what is kept of each account is kept too, and only accounts with news are looked at again.
 */
export class Population {
  private readonly kept = new Map<string, object>();
  private readonly levels = new Map<string, Level>();

  constructor(
    private readonly moments: Moments,
    private readonly accounts: Accounts,
  ) {}

  /** Lets views at moments use figures over these accounts. */
  static serve(moments: Moments, accounts: Accounts): void {
    const population = new Population(moments, accounts);
    moments.population = (name, moment, asked) => population.figure(name, moment, asked);
  }

  /** The figure at the moment; undefined where there is none of that name. A what-if holds for it too. */
  figure(name: string, { asOf, knownAt }: Moment, { draft, rulesAt }: Asked = {}): object | undefined {
    const figure = populationNamed(name);
    if (!figure) return undefined;
    const moment: Moment = { asOf, knownAt };
    const asked: Asked = { ...(draft ? { draft } : {}), ...(rulesAt === undefined ? {} : { rulesAt }) };
    const head = this.moments.reader.head();
    const key = JSON.stringify([name, asOf, knownKey(this.moments.reader, knownAt), asked]);
    const known = this.kept.get(key);
    if (known) return known;
    const policies = this.moments.policies(moment, asked);
    const policy = policies.at(asOf);
    const listed = this.accounts.at(moment);
    const currency = figure.adds ? currencyOf(listed, policy) : null;
    const at: PopulationMoment = { asOf, policy, currency };
    const told: Asked = currency === null ? asked : { ...asked, currency };
    const all = (ids: readonly string[]) => this.extracts(figure, ids, moment, at, told);
    const ids = listed.map(({ accountId }) => accountId);
    const label = JSON.stringify([figure.name, currency, policies.labelAt(asOf).digest, dayOf(asOf, policy.settings)]);
    const members =
      draft === undefined && rulesAt === undefined && this.isLevel(moment, head)
        ? this.level(label, head, ids, all)
        : all(ids);
    const result = figure.figure(members, at);
    if (this.kept.size >= keptMax) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(key, result);
    return result;
  }

  private extracts(
    figure: AnyPopulationFigure,
    ids: readonly string[],
    moment: Moment,
    at: PopulationMoment,
    asked: Asked,
  ): Map<string, object> {
    const projections = figure.states.flatMap((name) => projectionNamed(name) ?? []);
    const members = new Map<string, object>();
    if (projections.length < figure.states.length) return members;
    for (const id of ids) {
      const subject = this.moments.subject('account', id, moment.knownAt, asked);
      const states = this.moments.states(projections, subject, moment, asked);
      const named = Object.fromEntries(projections.map((one) => [one.name, states[keyOf(one)]]));
      const extract = figure.extract(named, at, subject);
      if (extract !== null) members.set(id, extract);
    }
    return members;
  }

  /** True where nothing in the log is later than the moment on either clock: then only news can change what is kept. */
  private isLevel({ asOf, knownAt }: Moment, head: number): boolean {
    if (head === 0) return false;
    const newest = this.moments.reader.at(head)!;
    const recorded = Date.parse((JSON.parse(newest.entry) as { recordedtime: string }).recordedtime);
    return knowsAll(this.moments.reader, knownAt) && asOf >= recorded;
  }

  /** What is kept of each account, brought level with the log. */
  private level(
    key: string,
    head: number,
    ids: readonly string[],
    make: (ids: readonly string[]) => Map<string, object>,
  ): ReadonlyMap<string, object> {
    const name = key.slice(0, key.indexOf(','));
    const before = this.levels.get(name);
    const touched = before?.key === key && before.head <= head ? this.touchedSince(before.head, head) : null;
    const members = touched === null || !before ? make(ids) : before.members;
    if (touched !== null && before) {
      const present = ids.filter((id) => touched.has(id));
      const fresh = make(present);
      for (const id of touched) members.delete(id);
      for (const [id, extract] of fresh) members.set(id, extract);
    }
    this.levels.set(name, { key, head, members });
    return ordered(members, ids);
  }

  /** Accounts with news after a position; null where anything else changed that a fold may see: rules, structure, corrections of rules. */
  private touchedSince(from: number, head: number): ReadonlySet<string> | null {
    if (head - from > catchUpMax) return null;
    const { reader } = this.moments;
    const touched = new Set<string>();
    for (const row of head > from ? reader.scan(from, catchUpMax) : []) {
      const type = reader.typeName(row.type);
      const stream = reader.streamName(row.stream);
      if (
        stream === 'structure' ||
        (stream === 'programme' && (isAnnotation(type) || Object.hasOwn(programmeRules, type)))
      )
        return null;
      if (row.account !== null) this.touch(reader.accountId(row.account), touched);
    }
    return touched;
  }

  private touch(accountId: string, into: Set<string>): void {
    into.add(accountId);
    const now = { asOf: Number.POSITIVE_INFINITY, knownAt: Number.POSITIVE_INFINITY };
    into.add(this.moments.structures.at(now).survivorOf(accountId));
  }
}

/** The members in the order of the accounts, so that a figure does not depend on which account had news last. */
function ordered(members: ReadonlyMap<string, object>, ids: readonly string[]): ReadonlyMap<string, object> {
  return new Map(ids.flatMap((id) => (members.has(id) ? [[id, members.get(id)!] as const] : [])));
}

/** The reporting currency, else the one that all accounts share, else null. */
function currencyOf(accounts: readonly ListedAccount[], policy: Policy): string | null {
  const set = policy.settings.reportingCurrency;
  if (set !== null) return set;
  const currencies = new Set(accounts.map(({ currency }) => currency));
  return currencies.size === 1 ? [...currencies][0]! : null;
}
