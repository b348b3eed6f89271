import { projections, reports } from '../../projections/registry.js';
import { catalogue } from '../app/catalogue.js';
import { parametersOf } from '../app/portfolio.js';
import { envelopeSchema } from '../app/requests.js';
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
import { fixedRoutes } from './openapi-routes.js';
import { shapes } from './openapi-shapes.js';

/** The contract in OpenAPI 3.1, made from the classes that validate and the registries that answer. Made once. */
export function openApi(): Json {
  made ??= make();
  return made;
}
let made: Json | undefined;

function make(): Json {
  const { commands, events, views: viewed, reports: reported } = catalogue();
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
    .flatMap(({ name, question, parameters }) => viewPaths(name, question.en, parameters));
  const reportPaths = reports.map((report) => {
    const asked = [
      ...moment,
      parameter('from', 'window: from'),
      parameter('to', 'window: to'),
      ...accountFilters,
      parameter('policy', 'rules as told up to this position: a what-if'),
      ...Object.entries(parametersOf(report)).map(([key, says]) => parameter(key, says)),
    ];
    const { en } = report.question;
    return [`/v1/portfolio/${report.name}`, alsoDrafted(en, asked, answerWith(`${report.name}.report`))];
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Taproot',
      version: '1',
      description:
        'Long-term memory for key-account relationships: commands in, events for ever, views of any day as known on any other.',
    },
    security: [{ bearer: [] }],
    paths: { ...Object.fromEntries([...commandPaths, ...views, ...reportPaths]), ...fixedRoutes() },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        ...shapes,
        ...Object.fromEntries(commands.map(({ name, schema }) => [name, withEnvelope(schema as Json)])),
        ...Object.fromEntries(events.map(({ name, schema }) => [`${name}.data`, schema])),
        ...Object.fromEntries(viewed.map(({ name, schema }) => [`${name}.view`, schema])),
        ...Object.fromEntries(reported.map(({ name, schema }) => [`${name}.report`, schema])),
      },
    },
  };
}

function withEnvelope(schema: Json): Json {
  return { ...schema, properties: { ...envelopeSchema, ...(schema.properties as Json) } };
}

/** An answer whose data are of that schema. */
const answerWith = (name: string): Json =>
  json({ allOf: [ref('Answer'), { type: 'object', properties: { data: ref(name) } }] });

/** A question, and the same one under a draft of our own rules. */
const alsoDrafted = (question: string, asked: readonly Json[], content: Json): Json => ({
  ...get(question, analyst, asked, content),
  ...post(`${question} Under a draft of our own rules.`, analyst, json({ type: 'object' }), asked, {
    200: { description: 'The answer', content },
  }),
});

function viewPaths(name: string, question: string, own: Readonly<Record<string, string>> = {}): [string, Json][] {
  const base = `/v1/accounts/{id}/${name}`;
  const asked = [
    inPath('id'),
    ...moment,
    parameter('policy', 'rules as told up to this position: a what-if'),
    parameter('scope', 'account or group', { type: 'string', enum: ['account', 'group'] }),
    parameter('members', 'then or now', { type: 'string', enum: ['then', 'now'] }),
  ];
  const figure = parameter('figure', 'JSON pointer into data');
  const alone = [...asked, ...Object.entries(own).map(([key, says]) => parameter(key, says))];
  return [
    [base, alsoDrafted(question, alone, answerWith(`${name}.view`))],
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
