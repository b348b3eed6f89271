/** A piece of JSON Schema or of an OpenAPI document. */
export type Json = Record<string, unknown>;

/** A query parameter. */
export const parameter = (name: string, description: string, schema: Json = { type: 'string' }): Json => ({
  name,
  in: 'query',
  description,
  schema,
});
/** A parameter of the path. */
export const inPath = (name: string, schema: Json = { type: 'string' }): Json => ({
  name,
  in: 'path',
  required: true,
  schema,
});
/** A reference to a shape of the document. */
export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
/** A JSON body of that schema. */
export const json = (schema: Json): Json => ({ 'application/json': { schema } });
const problem = { description: 'A problem', content: { 'application/problem+json': { schema: ref('Problem') } } };

/** What every question about a moment takes. */
export const moment = [
  parameter('asOf', 'state of the world at this instant, or at the end of this day'),
  parameter('knownAt', 'as it was known at this instant or day, or at this position of the log'),
  parameter('after', 'token of a receipt: the answer includes its events'),
];

/** What a list of accounts is narrowed by. */
export const accountFilters = ['externalId', 'type', 'region', 'industry', 'manager', 'designated', 'stage', 'q'].map(
  (name) => parameter(name, 'which accounts'),
);

/** A route that is read. */
export const get = (
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

/** A route that takes a body. */
export const post = (
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

/** Roles that read answers, and roles that send commands. */
export const analyst = ['analyst', 'auditor'];
export const commander = ['commander', 'importer'];
