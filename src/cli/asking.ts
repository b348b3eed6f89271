import { projectionNamed, reportNamed } from '../../projections/registry.js';
import { parametersOf } from '../app/portfolio.js';
import type { Reads } from '../app/reads.js';
import { admin } from '../http/access.js';
import { Asking } from '../http/asking.js';
import { momentOf } from '../http/query.js';
import { readWhen } from '../kernel/instant.js';
import type { Moment } from '../kernel/projection.js';
import { flag, given, need, option, Usage, type Words, wordsOf } from './arguments.js';
import { part, type Query, serviceOf } from './client.js';
import { reading } from './open.js';
import type { Told } from './run.js';

/** The two clocks, and the bounds of what is looked at. */
export const moments = ['as-of', 'known-at', 'from', 'to'] as const;

/** Filters of accounts, as over HTTP. */
const filterNames = ['externalId', 'type', 'region', 'industry', 'manager', 'designated', 'stage', 'q'] as const;

/** What a view is asked with besides, as over HTTP; the last ones are the timeline's own. */
const viewNames = ['policy', 'scope', 'members', 'limit', 'order', 'cursor', 'type', 'person', 'function', 'needOrder'];

/** `taproot view ACME performance --as-of 2025-03-31`; a view's own parameters are options too. */
export async function view({ args, config, out }: Told): Promise<number> {
  const own = Object.keys(args.map(projectionNamed).find((one) => one !== undefined)?.parameters ?? {});
  const words = wordsOf(args, { values: [...moments, ...viewNames, ...own], service: true });
  const [accountId, name] = need(words, 'accountId', 'view') as [string, string];
  const query = { ...clocks(words), ...given(words, ['from', 'to', ...viewNames, ...own]) };
  const service = serviceOf(words, config);
  if (service)
    return print(out, words, await service.get<object>(`/v1/accounts/${part(accountId)}/${part(name)}`, query));
  return reading(config, async (reads) => {
    const asking = new Asking(reads);
    return print(
      out,
      words,
      name === 'timeline'
        ? await reads.timeline(accountId, momentIn(reads, words), asking.timeline(query), admin)
        : reads.view(await asking.question(accountId, name, query, true)),
    );
  });
}

/** `taproot report retention --by designation`: a report's own parameters and the filters of accounts are options too. */
export async function report({ args, config, out }: Told): Promise<number> {
  const asked = args.map(reportNamed).find((one) => one !== undefined);
  const own = asked ? Object.keys(parametersOf(asked)) : [];
  const words = wordsOf(args, { values: [...moments, ...filterNames, 'policy', ...own], service: true });
  const [name] = need(words, 'report') as [string];
  const service = serviceOf(words, config);
  if (service) {
    const query = { ...clocks(words), ...given(words, ['from', 'to', ...filterNames, 'policy', ...own]) };
    return print(out, words, await service.get<object>(`/v1/portfolio/${part(name)}`, query));
  }
  return reading(config, async (reads) =>
    print(
      out,
      words,
      await reads.report(name, momentIn(reads, words), {
        from: when(reads, words, 'from', 'start'),
        to: when(reads, words, 'to', 'bound'),
        parameters: given(words, own),
        filters: new Asking(reads).filters(given(words, filterNames)),
        ...new Asking(reads).rules(given(words, ['policy'])),
      }),
    ),
  );
}

/** `taproot explain ACME performance /total/contribution`. */
export async function explainFigure({ args, config, out }: Told): Promise<number> {
  const words = wordsOf(args, { values: [...moments, 'policy'], service: true });
  const [accountId, name, figure] = need(words, 'accountId', 'view', 'figure') as [string, string, string];
  const service = serviceOf(words, config);
  const query = { ...clocks(words), ...given(words, ['from', 'policy']), figure };
  if (service) {
    const path = `/v1/accounts/${part(accountId)}/${part(name)}/explain`;
    return print(out, words, await service.get<object>(path, query));
  }
  return reading(config, async (reads) => {
    const question = await new Asking(reads).question(accountId, name, query, false);
    return print(out, words, reads.explain(question, figure, when(reads, words, 'from', 'start')));
  });
}

/** The two clocks as a query says them. */
export const clocks = (words: Words): Query => {
  const [asOf, knownAt] = [option(words, 'as-of'), option(words, 'known-at')];
  return { ...(asOf === undefined ? {} : { asOf }), ...(knownAt === undefined ? {} : { knownAt }) };
};

/** The moment that the options name; now, with everything told so far, without. */
export function momentIn(reads: Reads, words: Words): Moment {
  return momentOf(clocks(words), reads.now(), reads.calendar());
}

function when(reads: Reads, words: Words, name: string, reading: 'start' | 'bound'): number | null {
  const text = option(words, name);
  if (text === undefined) return null;
  const at = readWhen(text, reading, reads.calendar());
  if (at === null) throw new Usage(`--${name} must be an instant or a date that exists`);
  return at;
}

function print(out: (text: string) => void, words: Words, answer: object): number {
  out(`${JSON.stringify(answer, null, flag(words, 'json') ? 0 : 2)}\n`);
  return 0;
}
