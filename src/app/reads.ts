import { projectionNamed, projections, reportNamed } from '../../projections/registry.js';
import type { Actor } from '../kernel/command.js';
import type { Event } from '../kernel/event.js';
import { type Calendar, type Instant, iso } from '../kernel/instant.js';
import type { AnyProjection, Moment } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import type { Vault } from '../vault/vault.js';
import { type AccountFilters, takenBy } from './account-filters.js';
import { type AccountQuery, pageOf } from './account-page.js';
import { Accounts, type ListedAccount } from './accounts.js';
import { type Answer, Answers, knownText, type Question } from './answers.js';
import { Extracting } from './extracting.js';
import { keyOf } from './folder.js';
import { eventOfRow } from './histories.js';
import { checkKnown, checkNames } from './known.js';
import type { Moments } from './moments.js';
import { openedAll } from './opened.js';
import { checkFrom, checkParameters, checkWindow } from './parameters.js';
import { mayReadPersonal, People } from './people.js';
import type { FoldPool } from './pool.js';
import { choicesOf, parametersOf, Portfolio } from './portfolio.js';
import { recordedLast } from './rules.js';
import type { Every } from './series.js';
import { checkTimeline, Timeline, type TimelineQuery } from './timeline.js';

/** What reading needs: the views, the keys of personal fields, a clock. */
export interface Source {
  readonly moments: Moments;
  readonly vault: Vault;
  readonly clock: () => Instant;
  /** Threads that fold for reports; none where everything is done in this one. */
  readonly pool?: FoldPool | undefined;
  /** Settles when the events behind an `after` token can be read. */
  caughtUp(token: string): Promise<void>;
}

/** Everything that is read, for HTTP and the command line alike. */
export class Reads {
  readonly moments: Moments;
  readonly answers: Answers;
  readonly listed: Accounts;
  readonly portfolio: Portfolio;
  readonly persons: People;
  private readonly lines: Timeline;

  constructor(private readonly source: Source) {
    this.moments = source.moments;
    this.answers = new Answers(this.moments);
    this.listed = new Accounts(this.moments.reader, this.moments.structures);
    this.portfolio = new Portfolio(this.moments, this.listed, new Extracting(this.moments, source.pool));
    this.persons = new People(this.moments, this.answers, source.vault);
    this.lines = new Timeline(this.moments.reader, this.moments.histories, source.vault, () => this.calendar());
  }

  /** The present, never before the newest entry: a clock that was set back, or another node's that goes ahead, hides nothing. */
  now(): Instant {
    return Math.max(this.source.clock(), recordedLast(this.moments.reader));
  }

  /** The firm's calendar, in which bare dates are read. */
  calendar(): Calendar {
    return this.moments.rules.current().at(this.now()).settings;
  }

  /** Settles when the events behind an `after` token can be read. */
  waitFor(token: string): Promise<void> {
    return this.source.caughtUp(token);
  }

  view(question: Question): Answer {
    this.known(question);
    const { parameters = {}, choices, names } = projectionNamed(question.view) ?? {};
    const { parameters: given = {} } = question.asked;
    checkParameters(question.view, Object.keys(parameters), given, choices);
    checkNames(this.moments.reader, names, given, question.moment);
    return this.answers.view(question);
  }

  explain(question: Question, figure: string, from: Instant | null): Answer {
    this.known(question);
    return this.answers.explain(question, figure, from);
  }

  compare(question: Question, other: Moment): Answer {
    this.known(question);
    return this.answers.compare(question, other);
  }

  series(question: Question, figure: string, every: Every, from: Instant | null): Answer {
    this.known(question);
    return this.answers.series(question, figure, every, from);
  }

  async timeline(accountId: string, moment: Moment, query: TimelineQuery, actor: Actor): Promise<object> {
    this.known({ view: 'timeline', id: accountId, moment });
    checkTimeline(this.moments.reader, query, moment);
    checkFrom(query.from, moment.asOf);
    const page = await this.lines.page(accountId, moment, query, mayReadPersonal(actor));
    const about = this.answers.about('timeline', 1, moment);
    return { ...about, accountId, ...this.answers.mergedInto(accountId, moment), data: page };
  }

  accounts(moment: Moment, query: AccountQuery): object {
    const takes = this.filter(query.filters, moment);
    return { ...this.moment(moment), ...pageOf(this.listed.at(moment).filter(takes), query) };
  }

  async report(
    name: string,
    moment: Moment,
    query: {
      from: Instant | null;
      to: Instant | null;
      parameters: Readonly<Record<string, string>>;
      filters: AccountFilters;
      draft?: object;
      rulesAt?: number;
    },
  ): Promise<object> {
    const report = reportNamed(name);
    if (!report) throw new Refusal('report/unknown', `There is no report ${name}; GET /v1/catalogue lists them`);
    const known = Object.keys(parametersOf(report));
    const { by, ...others } = query.parameters;
    checkParameters(name, known, by === undefined || by === 'group' ? others : query.parameters, choicesOf(report));
    checkNames(this.moments.reader, report.names, query.parameters, moment);
    checkWindow(query.from, query.to);
    checkFrom(query.from, moment.asOf);
    const takes = this.filter(query.filters, moment);
    const asked = {
      ...(query.draft === undefined ? {} : { draft: query.draft }),
      ...(query.rulesAt === undefined ? {} : { rulesAt: query.rulesAt }),
    };
    const parameters = {
      ...query.parameters,
      ...(Object.keys(query.filters).length > 0 ? { filters: JSON.stringify(query.filters) } : {}),
    };
    const { data, currency, reason } = await this.portfolio.report(name, moment, {
      ...query,
      parameters,
      takes,
      asked,
    });
    const { view: _view, ...about } = this.answers.about(name, report.version, moment, asked);
    return {
      report: name,
      ...about,
      from: query.from === null ? null : iso(query.from),
      to: query.to === null ? null : iso(query.to),
      currency,
      ...(reason ? { currencyReason: reason } : {}),
      data,
    };
  }

  /** The columns of a projection's rows, the subject's id first. */
  columns(name: string): readonly string[] {
    const { of, rows } = withRows(name);
    return [...new Set([`${of}Id`, ...Object.keys(rows.columns)])];
  }

  /** Rows of a projection over all its subjects at a moment, one subject after another. */
  *rows(name: string, moment: Moment): Generator<Record<string, string | number | null>> {
    const projection = withRows(name);
    for (const id of this.subjects(projection.of, moment)) {
      const subject = this.moments.subject(projection.of, id, moment.knownAt);
      const states = this.moments.states([projection], subject, moment);
      for (const row of projection.rows.of(states[keyOf(projection)], subject))
        yield { [`${projection.of}Id`]: id, ...row };
    }
  }

  /** The programme's own view, where there is one, and the rules in force. */
  programme(moment: Moment): object {
    const projection = projectionNamed('programme');
    const data = projection ? this.moments.view('programme', 'programme', moment) : {};
    return {
      ...this.answers.about('programme', projection?.version ?? 1, moment),
      data: { ...data, policy: this.answers.policy(moment) },
    };
  }

  policy(moment: Moment): object {
    return { ...this.answers.about('programme/policy', 1, moment), data: this.answers.policy(moment) };
  }

  /** A stream's events with their personal fields as the reader may see them. */
  async stream(
    name: string,
    from: number,
    limit: number,
    actor: Actor,
  ): Promise<{ revision: number; items: object[] }> {
    const revision = this.moments.reader.revision(name);
    if (revision < 0) throw new Refusal('stream/unknown', `There is no stream ${name}`);
    const events = this.moments.reader.stream(name, from, limit).map(eventOfRow);
    return { revision, items: await this.shown(events, actor) };
  }

  /** Events as a reader sees them: the entry's attributes, its position, and its data opened. */
  async shown(events: readonly Event<string, object>[], actor: Actor): Promise<object[]> {
    const opened = await openedAll(this.source.vault, events, mayReadPersonal(actor));
    return opened.map(({ known: _known, time, position, ...rest }) => ({ position, ...rest, time: iso(time) }));
  }

  private filter(filters: AccountFilters, moment: Moment): (account: ListedAccount) => boolean {
    checkNames(this.moments.reader, { manager: 'member' }, filters, moment);
    return takenBy(filters, (accountId) => this.moments.view('profile', accountId, moment));
  }

  private *subjects(of: string, moment: Moment): Generator<string> {
    if (of === 'account') for (const { accountId } of this.listed.at(moment)) yield accountId;
    else if (of === 'programme') yield 'programme';
    else yield* this.persons.ids(of as 'contact' | 'member', moment);
  }

  /** Refuses a view of an account that was never told of; one that was retracted is still there to be asked about. */
  private known({ view, id, moment }: Pick<Question, 'view' | 'id' | 'moment'>): void {
    if (view !== 'timeline' && !projectionNamed(view))
      throw new Refusal('view/unknown', `There is no view ${view}; GET /v1/catalogue lists them`);
    const of = projectionNamed(view)?.of ?? 'account';
    if (of !== 'account') throw new Refusal('view/unknown', `${view} is no view of an account`);
    checkKnown(this.moments.reader, 'account', id, moment);
  }

  private moment({ asOf, knownAt }: Moment): object {
    return { asOf: iso(asOf), knownAt: knownText(knownAt), position: this.moments.reader.head() };
  }
}

type WithRows = AnyProjection & { readonly rows: NonNullable<AnyProjection['rows']> };

/** The projection of that name; refused where it has no rows. */
function withRows(name: string): WithRows {
  const projection = projectionNamed(name);
  if (projection?.rows) return projection as WithRows;
  const names = projections.filter((one) => one.rows).map((one) => one.name);
  throw new Refusal('view/unknown', `There are no rows ${name}; rows exist of ${names.join(', ')}`);
}
