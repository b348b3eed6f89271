import { projections, reports } from '../../projections/registry.js';
import { catalogue } from '../app/catalogue.js';
import { envelopeSchema } from '../app/requests.js';

type Json = Record<string, unknown>;

const parameter = (name: string, description: string, schema: Json = { type: 'string' }): Json => ({
  name,
  in: 'query',
  description,
  schema,
});
const inPath = (name: string, schema: Json = { type: 'string' }): Json => ({
  name,
  in: 'path',
  required: true,
  schema,
});
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json): Json => ({ 'application/json': { schema } });
const problem = { description: 'A problem', content: { 'application/problem+json': { schema: ref('Problem') } } };

const moment = [
  parameter('asOf', 'state of the world at this instant, or at the end of this day'),
  parameter('knownAt', 'as it was known at this instant or day, or at this position of the log'),
  parameter('after', 'token of a receipt: the answer includes its events'),
];

const get = (
  summary: string,
  roles: readonly string[],
  parameters: readonly Json[] = [],
  content: Json = json({ type: 'object' }),
): Json => ({
  get: {
    summary,
    parameters,
    'x-roles': roles,
    responses: { 200: { description: 'The answer', content }, default: problem },
  },
});

const post = (
  summary: string,
  roles: readonly string[],
  body: Json,
  parameters: readonly Json[] = [],
  responses: Json = { 200: { description: 'The answer', content: json({ type: 'object' }) } },
): Json => ({
  post: {
    summary,
    parameters,
    'x-roles': roles,
    requestBody: { required: true, content: body },
    responses: { ...responses, default: problem },
  },
});

const analyst = ['analyst', 'auditor'];
const commander = ['commander', 'importer'];

/** The contract in OpenAPI 3.1, made from the classes that validate and the registries that answer. Made once. */
export function openApi(): Json {
  made ??= make();
  return made;
}
let made: Json | undefined;

function make(): Json {
  const { commands, events } = catalogue();
  const receipt = {
    201: { description: 'Recorded', content: json(ref('Receipt')) },
    200: { description: 'A repeat, nothing left to do, or a dry run', content: json(ref('Receipt')) },
  };
  const commandPaths = commands.map(({ name, en }) => {
    const headers = [
      { name: 'Idempotency-Key', in: 'header', description: 'instead of commandId', schema: { type: 'string' } },
      {
        name: 'If-Match',
        in: 'header',
        description: 'ETag of the stream that the command was decided on',
        schema: { type: 'string' },
      },
      parameter('dryRun', 'true: what it would come to, nothing written', { type: 'string', enum: ['true', 'false'] }),
    ];
    return [`/v1/commands/${name}`, post(en, commander, json(ref(name)), headers, receipt)];
  });
  const views = projections
    .filter((one) => one.of === 'account')
    .flatMap(({ name, question }) => viewPaths(name, question.en));
  const reportPaths = reports.map(({ name, question, parameters }) => [
    `/v1/portfolio/${name}`,
    get(
      question.en,
      analyst,
      [
        ...moment,
        parameter('from', 'window: from'),
        parameter('to', 'window: to'),
        ...Object.entries(parameters ?? {}).map(([key, says]) => parameter(key, says)),
      ],
      json(ref('Answer')),
    ),
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Taproot',
      version: '1',
      description:
        'Long-term memory for key-account relationships: commands in, events for ever, views of any day as known on any other.',
    },
    security: [{ bearer: [] }],
    paths: { ...Object.fromEntries([...commandPaths, ...views, ...reportPaths]), ...fixed() },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        ...shapes,
        ...Object.fromEntries(commands.map(({ name, schema }) => [name, withEnvelope(schema as Json)])),
        ...Object.fromEntries(events.map(({ name, schema }) => [`${name}.data`, schema])),
      },
    },
  };
}

function withEnvelope(schema: Json): Json {
  return { ...schema, properties: { ...envelopeSchema, ...(schema.properties as Json) } };
}

function viewPaths(name: string, question: string): [string, Json][] {
  const base = `/v1/accounts/{id}/${name}`;
  const asked = [
    inPath('id'),
    ...moment,
    parameter('policy', 'rules as told up to this position: a what-if'),
    parameter('scope', 'account or group', { type: 'string', enum: ['account', 'group'] }),
    parameter('members', 'then or now', { type: 'string', enum: ['then', 'now'] }),
  ];
  const figure = parameter('figure', 'JSON pointer into data');
  const draft = post(`${question} Under a draft of our own rules.`, analyst, json({ type: 'object' }), asked);
  return [
    [base, { ...get(question, analyst, asked, json(ref('Answer'))), ...draft }],
    [
      `${base}/explain`,
      get(
        `The events that made a figure: ${question}`,
        analyst,
        [...asked, figure, parameter('from', 'begin the statement here')],
        json(ref('Answer')),
      ),
    ],
    [
      `${base}/compare`,
      get(
        `What changed between two moments: ${question}`,
        analyst,
        [...asked, parameter('with', 'the other asOf'), parameter('withKnownAt', 'the other knownAt')],
        json(ref('Answer')),
      ),
    ],
    [
      `${base}/series`,
      get(
        `One figure over time: ${question}`,
        analyst,
        [...asked, figure, parameter('every', 'day, week, month, quarter, year'), parameter('from', 'first point')],
        json(ref('Answer')),
      ),
    ],
  ];
}

/** Routes that stand alone. */
function fixed(): Json {
  const ndjson = { 'application/x-ndjson': { schema: { type: 'string' } } };
  const page = [
    parameter('limit', 'items of a page', { type: 'integer' }),
    parameter('cursor', 'next of the page before'),
  ];
  const filters = ['externalId', 'type', 'region', 'industry', 'manager', 'designated', 'stage', 'q'].map((name) =>
    parameter(name, 'filter'),
  );
  return {
    '/v1/commands': post('Many commands, a line each; answered a line each, in order', commander, ndjson, [], {
      200: { description: 'A receipt or a problem for each line', content: ndjson },
    }),
    '/v1/accounts': get(
      'Accounts',
      analyst,
      [...moment, ...page, parameter('sort', 'accountId, name, or either with -'), ...filters],
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
    '/healthz/live': get('Alive', []),
    '/healthz/ready': get('Ready', []),
    '/metrics': get('Prometheus metrics', ['auditor', 'admin'], [], { 'text/plain': { schema: { type: 'string' } } }),
  };
}

const shapes: Json = {
  Receipt: {
    type: 'object',
    required: ['commandId', 'stream', 'revision', 'events', 'repeated', 'position', 'after'],
    properties: {
      commandId: { type: 'string' },
      stream: { type: 'string' },
      revision: { type: 'integer' },
      events: {
        type: 'array',
        items: { type: 'object', properties: { id: { type: 'string' }, type: { type: 'string' } } },
      },
      repeated: { type: 'boolean' },
      position: { type: ['integer', 'null'] },
      after: { type: 'string' },
    },
  },
  Problem: {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code', 'errors'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: { type: 'string' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
        },
      },
    },
  },
  Page: {
    type: 'object',
    required: ['items', 'next'],
    properties: { items: { type: 'array', items: { type: 'object' } }, next: { type: ['string', 'null'] } },
  },
  Answer: {
    type: 'object',
    required: ['version', 'asOf', 'knownAt', 'position', 'policy', 'data'],
    properties: {
      view: { type: 'string' },
      report: { type: 'string' },
      version: { type: 'integer' },
      accountId: { type: 'string' },
      asOf: { type: 'string' },
      knownAt: { type: ['string', 'integer'] },
      position: { type: 'integer' },
      policy: { type: 'object' },
      currency: { type: ['string', 'null'] },
      data: { type: 'object' },
    },
  },
};
