import type { Event, EventOf } from './event.js';
import type { Instant } from './instant.js';
import type { KnownAt } from './knowing.js';
import type { Policy, PolicyPart } from './policy.js';

/** "As of" and "as known at": a moment on both clocks. */
export interface Moment {
  readonly asOf: Instant;
  readonly knownAt: KnownAt;
}

/** Whose History is folded. */
export interface Subject {
  readonly of: 'account' | 'contact' | 'member' | 'programme' | 'structure';
  readonly id: string;
  /** The account's currency: what its amounts are converted to; null where it is not (yet) known. */
  readonly currency: string | null;
  /** In the fold of a group: accounts told of → the member that each is, itself or what it was merged into. */
  readonly members?: Readonly<Record<string, string>>;
}

/**
 * What `view` may see besides its state, at the same moment: by name the views of the projections it uses and figures over the
 * population (each made only when it is looked at), under `states` the folded states of those projections, under `also` its own
 * views at further moments, under `structure` the account's place, under `parameters` what the reader asked for.
 */
export interface Used {
  readonly states: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly also?: readonly unknown[];
  readonly structure?: unknown;
  readonly [name: string]: unknown;
}

/** What `view` is told of the moment: the clocks, whose view it is, and the moment's place in the log. */
export interface Seen extends Moment {
  readonly subject: Subject;
}

/** Kinds of a row's columns, for SQL, CSV and the catalogue. Money is an integer in the minor unit of the row's currency. */
export type Column = 'text' | 'integer' | 'number' | 'instant' | 'money';

/** A flat row, by its columns. */
export type FlatRow = Readonly<Record<string, string | number | null>>;

/** Flat rows of a state, for lists, reports, SQL and export: grow with periods, never one per event. */
export interface Rows<S> {
  readonly columns: Readonly<Record<string, { readonly kind: Column; readonly says: string }>>;
  readonly of: (state: S, subject: Subject) => readonly FlatRow[];
}

/** A question and its answer: a pure fold over a History, and a view of the state at a moment. */
export interface Projection<
  S extends object = object,
  V extends object = object,
  E extends Event<string, object> = Event<string, object>,
> {
  readonly name: string;
  /** Raised whenever the fold or the rows change: the projection is rebuilt beside the old one, then takes over. */
  readonly version: number;
  readonly of: Subject['of'];
  readonly question: { readonly en: string; readonly zh: string };
  readonly initial: () => S;
  /** Parts of the policy that the fold itself reads: a new rule in them makes states stale from then on. */
  readonly policy?: readonly PolicyPart[];
  readonly on: {
    readonly [T in E['type']]?: (state: S, event: EventOf<E, T>, rules: Policy, subject: Subject) => void;
  };
  /** Names of projections (`performance`) whose views, or figures over the population (`population/survival`), are handed to `view` as `used`. */
  readonly uses?: readonly string[];
  /** Parameter of the view → names used besides, only where the reader gives it. */
  readonly usesFor?: Readonly<Record<string, readonly string[]>>;
  /** Further moments whose views of this projection arrive as `used.also`, in order: "what this quarter said then". */
  readonly also?: (moment: Seen, policy: Policy) => readonly Moment[];
  /** The view's own query parameters, with a sentence for each; any other is refused. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Of parameters that take certain words only, these; any other is refused. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** Of parameters that name somebody, whom: an id that the log does not know is refused. Several are parted by commas. */
  readonly names?: Readonly<Record<string, 'account' | 'person'>>;
  readonly view: (state: S, moment: Seen, policy: Policy, used: Used) => V;
  readonly rows?: Rows<S>;
  /** True where the answer makes sense for a group of accounts. */
  readonly sums?: boolean;
}

/** A projection of any state, as registries hold it. */
// biome-ignore lint/suspicious/noExplicitAny: a registry holds folds over states it knows nothing of
export type AnyProjection = Projection<any, any, any>;

/** A correction or retraction, and what of the world it reached. */
export interface Touch {
  /** The correction or retraction. */
  readonly eventId: string;
  /** Type and data of the event that it is about in the end, what it sets included. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Valid times of that event: as told first, and as corrections have it. */
  readonly times: readonly Instant[];
  readonly known: Instant;
  readonly position: number;
}

/** An account as a report sees it. */
export interface ReportAccount {
  readonly accountId: string;
  readonly currency: string | null;
  /** Views that the report reads, by name, each made when it is first looked at. */
  readonly views: Readonly<Record<string, unknown>>;
  /** States of the projections the report uses, by name. */
  readonly states: Readonly<Record<string, unknown>>;
  /** For a report that looks at `corrections`: those of the account's events, and its states at another moment. */
  readonly touches?: readonly Touch[];
  readonly then?: (moment: Moment) => Readonly<Record<string, unknown>>;
  /** Events that the used projections fold, which were not known at an earlier moment: in order of valid time, up to its `asOf`. */
  readonly toldSince?: (moment: Moment) => readonly { readonly eventId: string; readonly time: Instant }[];
  /** What the report keeps of it at the further moment that it compares with (`earlier`); undefined where it was not listed then. */
  readonly was?: unknown;
}

/** What a report is told: the moment, its window (null: all history), the currency its amounts are in, and its own parameters. */
export interface ReportQuery extends Moment {
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly currency: string | null;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * A question over all accounts at one moment, in two pure parts: `extract` keeps the little that the answer needs of an account, and
 * `report` puts together what was kept. An extract is plain data, so that it is made where the account's states are, in any thread.
 */
// biome-ignore lint/suspicious/noExplicitAny: a registry holds reports over extracts it knows nothing of
export interface Report<R extends object = object, X extends object = any, B extends object = any> {
  readonly name: string;
  readonly version: number;
  readonly question: { readonly en: string; readonly zh: string };
  /** Account projections it reads. */
  readonly uses: readonly string[];
  /** Of them, those whose views it reads besides their states (views cost more). */
  readonly views?: readonly string[];
  /** States of `programme`, `member` or `contact` projections that it reads, by name, handed over as `others[name][id]`. */
  readonly others?: readonly string[];
  /** Of those of persons, by name, only such as were told of by one of these types of events: there may be very many persons. */
  readonly toldBy?: Readonly<Record<string, readonly string[]>>;
  /** Its own query parameters, with a sentence for each. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Of parameters that take certain words only, these; any other is refused. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** Of parameters that name somebody, whom: an id that the log does not know is refused. Several are parted by commas. */
  readonly names?: Readonly<Record<string, 'account' | 'person'>>;
  /** True where its amounts are added across accounts and so need one currency. */
  readonly adds?: boolean;
  /** True where it looks at what corrections changed: accounts then bring `touches`, `then` and `toldSince`. */
  readonly corrections?: boolean;
  /** A further moment it compares with. */
  readonly before?: (query: ReportQuery, policy: Policy) => Moment | null;
  /** What it keeps of an account at that further moment, handed over as `before`, and to `extract` as the account's `was`. */
  readonly earlier?: (account: ReportAccount, query: ReportQuery, policy: Policy) => B;
  /** What it keeps of an account; null: nothing. */
  readonly extract: (account: ReportAccount, query: ReportQuery, policy: Policy) => X | null;
  readonly report: (told: readonly X[], query: ReportQuery, policy: Policy, more: ReportInputs<B>) => R;
}

/** Further inputs of a report. */
export interface ReportInputs<B extends object = object> {
  readonly others: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly before: readonly B[] | null;
}
