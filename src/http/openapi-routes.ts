import {
  accountFilters,
  analyst,
  commander,
  get,
  inPath,
  type Json,
  json,
  moment,
  parameter,
  post,
  ref,
} from './openapi-parts.js';

/** Says of a route that nobody has to prove who they are. */
const opened = (route: Json): Json =>
  Object.fromEntries(
    Object.entries(route).map(([method, operation]) => {
      const { 'x-roles': _none, ...rest } = operation as Json;
      return [method, { ...rest, security: [] }];
    }),
  );
const open = (summary: string, content?: Json): Json => opened(get(summary, [], [], content));

/** Routes that stand alone. */
export function fixedRoutes(): Json {
  const ndjson = { 'application/x-ndjson': { schema: { type: 'string' } } };
  const html = { 'text/html': { schema: { type: 'string' } } };
  const page = [
    parameter('limit', 'items of a page', { type: 'integer' }),
    parameter('cursor', 'next of the page before'),
  ];
  return {
    '/v1/commands': post('Many commands, a line each; answered a line each, in order', commander, ndjson, [], {
      200: { description: 'A receipt or a problem for each line', content: ndjson },
    }),
    '/v1/accounts': get(
      'Accounts',
      analyst,
      [...moment, ...page, parameter('sort', 'accountId, name, or either with -'), ...accountFilters],
      json(ref('Page')),
    ),
    '/v1/accounts/{id}/timeline': get(
      'What happened, by whom, and when did we know?',
      analyst,
      [
        inPath('id'),
        ...moment,
        ...page,
        parameter('order', 'asc or desc'),
        ...['type', 'person', 'function', 'needOrder', 'from'].map((name) => parameter(name, 'filter')),
      ],
      json(ref('Answer')),
    ),
    '/v1/rows/{projection}': get(
      "A projection's rows of all accounts",
      analyst,
      [inPath('projection'), ...moment, parameter('format', 'ndjson or csv')],
      ndjson,
    ),
    '/v1/members': get('Persons of ours', [...analyst, 'privacy'], [...moment, ...page], json(ref('Page'))),
    '/v1/members/{id}': get(
      'A person of ours',
      [...analyst, 'privacy'],
      [inPath('id'), ...moment],
      json(ref('Answer')),
    ),
    '/v1/contacts/{id}': get(
      'A person of theirs',
      [...analyst, 'privacy'],
      [inPath('id'), ...moment],
      json(ref('Answer')),
    ),
    '/v1/contacts/find': post(
      'Find contacts by e-mail or external id',
      [...analyst, 'privacy'],
      json({ type: 'object' }),
    ),
    '/v1/programme': get('Our own rules, and who is in', [...analyst, 'privacy'], moment, json(ref('Answer'))),
    '/v1/programme/policy': get('The rules in force', [...analyst, 'privacy'], moment, json(ref('Answer'))),
    '/v1/streams/{stream}': get("A stream's events", analyst, [
      inPath('stream'),
      parameter('from', 'first revision'),
      parameter('limit', 'events'),
      parameter('after', 'token of a receipt: the answer includes its events'),
    ]),
    '/v1/events': get(
      'The log, once or live (Accept: text/event-stream)',
      analyst,
      ['after', 'limit', 'type', 'account', 'stream'].map((name) => parameter(name, 'which events')),
      ndjson,
    ),
    '/v1/events/{id}': get("An entry's exact bytes", analyst, [inPath('id')], {
      'application/cloudevents+json': { schema: { type: 'object' } },
    }),
    '/v1/catalogue': get('Every command, event, view and report', [
      'analyst',
      'auditor',
      'commander',
      'importer',
      'privacy',
      'admin',
    ]),
    ...Object.fromEntries(
      ['find', 'persons', 'known', 'blind-index'].map((what) => [
        `/v1/keys/${what}`,
        post('Keys for the other nodes of a cluster', ['node'], json({ type: 'object' })),
      ]),
    ),
    '/healthz/live': open('Alive'),
    '/healthz/ready': open('Ready to do its work; 503 where not'),
    '/openapi.json': open('This document'),
    '/': open('The page to try it', html),
    '/docs': open('The page to try it', html),
    '/v1/session': opened(
      post('Exchanges the one-time code of a sign-in link for a cookie', [], json(ref('SignIn')), [], {
        204: { description: 'Signed in', headers: { 'Set-Cookie': { schema: { type: 'string' } } } },
      }),
    ),
    '/metrics': get('Prometheus metrics', ['auditor', 'admin'], [], { 'text/plain': { schema: { type: 'string' } } }),
  };
}
