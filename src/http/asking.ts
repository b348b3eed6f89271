import { Injectable } from '@nestjs/common';
import type { Question } from '../app/answers.js';
import { draftOf } from '../app/draft.js';
import type { AccountFilters } from '../app/account-filters.js';
import { Reads } from '../app/reads.js';
import type { TimelineQuery } from '../app/timeline.js';
import { stages } from '../domain/vocabulary.js';
import type { Moment } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import { choice, momentOf, type Query, text, when, whole } from './query.js';

/** Parameters of a view that belong to the asking, not to the view; any other must be one of its own. */
const common = new Set(['asOf', 'knownAt', 'after', 'policy', 'scope', 'members']);

/** Filters that take certain words only. */
const filterWords: Readonly<Record<string, readonly string[]>> = { designated: ['true', 'false'], stage: stages };

/** Reads what a query asks, in the firm's calendar, once the reader's own writes are there. */
@Injectable()
export class Asking {
  constructor(private readonly reads: Reads) {}

  /** The moment asked for; waits until the events behind `after` are in the ledger. */
  async moment(query: Query): Promise<Moment> {
    const after = text(query, 'after');
    if (after !== undefined) await this.reads.waitFor(after);
    return momentOf(query, this.reads.now(), this.reads.calendar());
  }

  async question(id: string, view: string, query: Query, ownParameters: boolean, draft?: unknown): Promise<Question> {
    const parameters: Record<string, string> = {};
    if (ownParameters)
      for (const name of Object.keys(query)) if (!common.has(name)) parameters[name] = text(query, name) ?? '';
    return {
      view,
      id,
      moment: await this.moment(query),
      scope: choice(query, 'scope', ['account', 'group'], 'account'),
      members: choice(query, 'members', ['then', 'now'], 'then'),
      asked: {
        parameters,
        ...this.rules(query),
        ...(draft === undefined ? {} : { draft: draftOf(draft) }),
      },
    };
  }

  /** The position whose rules are asked for instead of those of the moment: a what-if. */
  rules(query: Query): { readonly rulesAt?: number } {
    const policy = text(query, 'policy');
    if (policy === undefined) return {};
    if (/^\d{1,15}$/.test(policy)) return { rulesAt: Number(policy) };
    throw new Refusal(
      'view/parameter-invalid',
      'policy must be a position of the log: the rules as they were told up to there',
      { errors: [{ pointer: '?policy', code: 'position', detail: 'give digits alone' }] },
    );
  }

  /** The moment to compare with: `with` on the valid clock, `withKnownAt` on the other. */
  async other(query: Query): Promise<Moment> {
    const moment = await this.moment(query);
    const asOf = when(query, 'with', this.reads.calendar());
    if (asOf === undefined && text(query, 'withKnownAt') === undefined) {
      throw new Refusal('view/parameter-invalid', 'with names the moment to compare with, such as with=2025-12-31', {
        errors: [{ pointer: '?with', code: 'missing', detail: 'give an instant or a date' }],
      });
    }
    const known = momentOf({ knownAt: query.withKnownAt }, this.reads.now(), this.reads.calendar()).knownAt;
    return { asOf: asOf ?? moment.asOf, knownAt: text(query, 'withKnownAt') === undefined ? moment.knownAt : known };
  }

  figure(query: Query): string {
    const figure = text(query, 'figure');
    if (figure === undefined)
      throw new Refusal(
        'view/parameter-invalid',
        'figure names a figure of the view by its JSON pointer, such as /total/net',
        { errors: [{ pointer: '?figure', code: 'missing', detail: 'give a JSON pointer' }] },
      );
    return figure;
  }

  from(query: Query): number | null {
    return when(query, 'from', this.reads.calendar(), 'start') ?? null;
  }

  filters(query: Query): AccountFilters {
    const filters: Record<string, string> = {};
    for (const name of ['externalId', 'type', 'region', 'industry', 'manager', 'designated', 'stage', 'q']) {
      const words = filterWords[name];
      const value = text(query, name);
      if (value !== undefined) filters[name] = words ? choice<string>(query, name, words, value) : value;
    }
    return filters;
  }

  timeline(query: Query): TimelineQuery {
    const types = text(query, 'type');
    const from = this.from(query);
    const optional = {
      person: text(query, 'person'),
      function: text(query, 'function'),
      needOrder: text(query, 'needOrder'),
    };
    return {
      order: choice(query, 'order', ['asc', 'desc'], 'desc'),
      limit: whole(query, 'limit', 50, 1, 1_000),
      cursor: text(query, 'cursor') ?? null,
      ...(from === null ? {} : { from }),
      ...(types === undefined ? {} : { types: new Set(types.split(',')) }),
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    };
  }
}
