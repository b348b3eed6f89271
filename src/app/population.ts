import { populationNamed } from '../../projections/population/figures.js';
import type { AnyPopulationFigure, PopulationMoment } from '../../projections/population/figure.js';
import { programmeRules } from '../domain/programme/programme.policy.js';
import { isAnnotation } from '../kernel/event.js';
import { dayOf } from '../kernel/instant.js';
import type { Policy } from '../kernel/policy.js';
import type { Moment } from '../kernel/projection.js';
import type { Accounts, ListedAccount } from './accounts.js';
import type { Extracting } from './extracting.js';
import { type FigureExtracts, figureExtracts } from './extracts.js';
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
  static serve(moments: Moments, accounts: Accounts): Population {
    const population = new Population(moments, accounts);
    moments.population = (name, moment, asked) => population.figure(name, moment, asked);
    return population;
  }

  /** The figure at the moment; undefined where there is none of that name. A what-if holds for it too. */
  figure(name: string, moment: Moment, asked: Asked = {}): object | undefined {
    const figure = populationNamed(name);
    if (!figure) return undefined;
    const key = this.keyOf(name, moment, asked);
    const known = this.kept.get(key);
    if (known) return known;
    const sought = this.seek(figure, moment, asked);
    const make = (ids: readonly string[]) => membersOf(ids, figureExtracts(this.moments, sought.what, accountsOf(ids)));
    const members = sought.level ? this.level(sought.label, sought.head, sought.ids, make) : make(sought.ids);
    return this.keep(key, figure.figure(members, sought.at));
  }

  /** The same, of extracts that threads make where there is enough to fold. */
  async made(name: string, moment: Moment, asked: Asked, extracting: Extracting): Promise<object | undefined> {
    const figure = populationNamed(name);
    const key = this.keyOf(name, moment, asked);
    if (!figure || this.kept.has(key)) return this.kept.get(key);
    const { what, at, ids, level } = this.seek(figure, moment, asked);
    if (level) return this.figure(name, moment, asked);
    const extracts = await extracting.figure(what, accountsOf(ids));
    return this.keep(key, figure.figure(membersOf(ids, extracts), at));
  }

  private keyOf(name: string, { asOf, knownAt }: Moment, asked: Asked): string {
    return JSON.stringify([name, asOf, knownKey(this.moments.reader, knownAt), ruled(asked)]);
  }

  private keep(key: string, result: object): object {
    if (this.kept.size >= keptMax) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(key, result);
    return result;
  }

  /** Of which accounts a figure is made, in which currency, under which rules. */
  private seek(figure: AnyPopulationFigure, { asOf, knownAt }: Moment, told: Asked) {
    const asked = ruled(told);
    const moment: Moment = { asOf, knownAt };
    const head = this.moments.reader.head();
    const policies = this.moments.policies(moment, asked);
    const policy = policies.at(asOf);
    const listed = this.accounts.at(moment);
    const currency = figure.adds ? currencyOf(listed, policy) : null;
    const at: PopulationMoment = { asOf, policy, currency };
    const what: FigureExtracts = { figure: figure.name, moment, asked, currency };
    const label = JSON.stringify([figure.name, currency, policies.labelAt(asOf).digest, dayOf(asOf, policy.settings)]);
    const level = asked.draft === undefined && asked.rulesAt === undefined && this.isLevel(moment, head);
    return { what, at, head, label, level, ids: listed.map(({ accountId }) => accountId) };
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

/** Of what is asked, the rules: nothing else changes a figure. */
const ruled = ({ draft, rulesAt }: Asked): Asked => ({
  ...(draft ? { draft } : {}),
  ...(rulesAt === undefined ? {} : { rulesAt }),
});

const accountsOf = (ids: readonly string[]) => ids.map((accountId) => ({ accountId }));

/** What is kept of each account that counts. */
const membersOf = (ids: readonly string[], extracts: readonly (object | null)[]): Map<string, object> =>
  new Map(extracts.flatMap((one, i) => (one === null ? [] : [[ids[i]!, one] as const])));

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
