import { projectionNamed } from '../../projections/registry.js';
import { iso } from '../kernel/instant.js';
import type { Policy } from '../kernel/policy.js';
import type { Moment, Subject } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import { compare, type Explanation, explain } from './explain.js';
import { Groups } from './groups.js';
import type { Asked, Moments } from './moments.js';
import { type Every, series } from './series.js';

/** What every answer says of itself: the question, the moment on both clocks, the place in the log, the rules used. */
export interface Answer<D = unknown> {
  readonly view: string;
  readonly version: number;
  readonly accountId?: string;
  /** The account that its dealings count as at the moment. */
  readonly mergedInto?: string;
  readonly asOf: string;
  readonly knownAt: string | number;
  readonly position: number;
  readonly policy: { readonly position: number; readonly digest: string; readonly whatIf?: true };
  readonly currency?: string | null;
  /** Of a group: by which reading, and whose events it adds up. */
  readonly group?: { readonly members: 'then' | 'now'; readonly accounts: readonly string[] };
  readonly data: D;
}

/** What a reader asks of one view. */
export interface Question {
  readonly view: string;
  readonly id: string;
  readonly moment: Moment;
  readonly scope: 'account' | 'group';
  readonly members: 'then' | 'now';
  readonly asked: Asked;
}

/** Views of accounts, persons and the programme, with everything that can be asked of a view. */
export class Answers {
  private readonly groups: Groups;

  constructor(private readonly moments: Moments) {
    this.groups = new Groups(moments);
  }

  view(question: Question): Answer {
    const { view, id, moment, asked, scope, members } = question;
    if (scope === 'account') return this.frame(question, this.moments.view(view, id, moment, asked));
    const { data, ...about } = this.frame(question, this.groups.view(view, id, moment, members, asked));
    const accounts = [...this.groups.members(id, moment, members).keys()].sort();
    return { ...about, group: { members, accounts }, data };
  }

  explain(question: Question, figure: string, from: number | null): Answer<Explanation> {
    ofOneAccount(question, 'explained');
    return this.frame(
      question,
      explain(this.moments, question.view, question.id, figure, question.moment, from, question.asked),
    );
  }

  compare(question: Question, other: Moment): Answer {
    ofOneAccount(question, 'compared');
    const changes = compare(this.moments, question.view, question.id, other, question.moment, question.asked);
    return this.frame(question, { with: { asOf: iso(other.asOf), knownAt: knownText(other.knownAt) }, changes });
  }

  series(question: Question, figure: string, every: Every, from: number | null): Answer {
    ofOneAccount(question, 'shown as a series');
    const points = series(
      this.moments,
      question.view,
      question.id,
      figure,
      every,
      from,
      question.moment,
      question.asked,
    );
    return this.frame(question, { figure, every, points });
  }

  /** The rules in force at a moment. */
  policy(moment: Moment, asked: Asked = {}): Policy {
    return this.moments.policies(moment, asked).at(moment.asOf);
  }

  private frame<D>({ view, id, moment, asked }: Question, data: D): Answer<D> {
    const projection = projectionNamed(view);
    if (!projection) throw new Refusal('view/unknown', `There is no view ${view}; GET /v1/catalogue lists them`);
    const { currency } = this.moments.subject(projection.of, id, moment.knownAt, asked);
    return {
      ...this.about(view, projection.version, moment, asked),
      ...addressed(projection.of, id),
      ...(projection.of === 'account' ? { ...this.mergedInto(id, moment), currency } : {}),
      data,
    };
  }

  /** What an answer about an account says of itself where the account is merged into another. */
  mergedInto(accountId: string, moment: Moment): { readonly mergedInto?: string } {
    const survivor = this.moments.structures.at(moment).survivorOf(accountId);
    return survivor === accountId ? {} : { mergedInto: survivor };
  }

  /** The head of every answer. */
  about(view: string, version: number, moment: Moment, asked: Asked = {}): Omit<Answer, 'data'> {
    const whatIf = asked.draft !== undefined || asked.rulesAt !== undefined;
    return {
      view,
      version,
      asOf: iso(moment.asOf),
      knownAt: knownText(moment.knownAt),
      position: this.moments.reader.head(),
      policy: {
        ...this.moments.policies(moment, asked).labelAt(moment.asOf),
        ...(asked.rulesAt === undefined ? {} : { position: asked.rulesAt }),
        ...(whatIf ? { whatIf: true as const } : {}),
      },
    };
  }
}

/** Refuses for groups what is made of one account's History. */
function ofOneAccount({ view, scope }: Question, what: string): void {
  if (scope === 'group')
    throw new Refusal('view/not-for-groups', `${view} of a group cannot be ${what}; ask for its members one by one`);
}

/** `knownAt` as an answer says it: an instant, or the position that was asked for. */
export const knownText = (knownAt: Moment['knownAt']): string | number =>
  typeof knownAt === 'number' ? iso(knownAt) : knownAt.position;

const addressed = (of: Subject['of'], id: string): object =>
  of === 'account' ? { accountId: id } : of === 'contact' ? { contactId: id } : of === 'member' ? { memberId: id } : {};
