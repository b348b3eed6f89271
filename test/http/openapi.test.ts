import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { projections, reports } from '../../projections/registry.js';
import { AppModule } from '../../src/app.module.js';
import { annotations, topics } from '../../src/domain/catalogue.js';
import { acme, ada, manager } from '../support/cast/ids.js';
import { invoice, people, registered, scene } from '../support/scene.js';

interface Operation {
  readonly summary: string;
  readonly parameters: readonly { name: string; in: string; required?: boolean; schema: object }[];
  readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema: object }>> }>>;
  readonly requestBody?: { content: Readonly<Record<string, { schema: object }>> };
  readonly security?: readonly object[];
  readonly 'x-roles'?: readonly string[];
}
interface Contract {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const s = scene('2025-12-31T12:00:00.000Z');
let contract: Contract;
let eventId: string;
const operations = (): [method: string, path: string, operation: Operation][] =>
  Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [method, path, operation]),
  );
const samples = (): Record<string, string> => ({ stream: `books-${acme}`, projection: 'performance' });
const sampleOf = (path: string): string =>
  path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    if (name !== 'id') return samples()[name]!;
    if (path.startsWith('/v1/members')) return manager;
    if (path.startsWith('/v1/contacts')) return ada;
    return path.startsWith('/v1/events') ? eventId : acme;
  });
/** What a question must say besides where it is asked; of a figure, the first one of the view. */
async function asked(path: string): Promise<string> {
  if (path.endsWith('/compare')) return '?with=2025-06-30';
  if (!/\/(explain|series)$/.test(path)) return '';
  const { body } = await s.at.get(sampleOf(path).replace(/\/\w+$/, ''));
  return `?figure=${figureIn(body.data)}`;
}
const figureIn = (value: unknown): string | undefined => {
  if (typeof value === 'number') return '';
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const rest = figureIn(inner);
    if (rest !== undefined) return `/${name}${rest}`;
  }
  return undefined;
};

beforeAll(async () => {
  await s.tell('RegisterAccount', registered(acme));
  await people(s);
  eventId = await s.tell('IssueInvoice', invoice('I-1', '2025-03-01', 100, 40));
  contract = (await s.at.get('/openapi.json', { authorization: '' })).body as Contract;
});

describe('the contract', () => {
  it('is OpenAPI 3.1, and every reference in it is to something that is there', () => {
    expect(contract.openapi).toMatch(/^3\.1\.\d$/);
    const references = [...JSON.stringify(contract).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(100);
    expect(references.map(([, name]) => name!).filter((name) => !(name in contract.components.schemas))).toEqual([]);
  });

  it('says of every operation what it is for, what it takes, what it answers, and who may ask', () => {
    for (const [method, path, { summary, parameters, responses, requestBody, security, ...more }] of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([path, parameters.filter((one) => one.in === 'path').map(({ name }) => name)]).toEqual([path, inPath]);
      expect(new Set(parameters.map(({ name }) => name)).size).toBe(parameters.length);
      expect([path, summary.length > 4, Object.keys(responses).some((status) => /^2\d\d$/.test(status))]).toEqual([
        path,
        true,
        true,
      ]);
      expect(responses.default?.content).toHaveProperty(['application/problem+json']);
      expect([path, method, requestBody !== undefined]).toEqual([path, method, method === 'post']);
      if (security) expect([path, security, more['x-roles']]).toEqual([path, [], undefined]);
      else expect([path, more['x-roles']!.length > 0]).toEqual([path, true]);
    }
  });

  it('has a path and a schema for every command, and every view and report', () => {
    const schemas = contract.components.schemas as Record<string, { properties: object; required?: string[] }>;
    for (const name of [...topics, annotations].flatMap((topic) => Object.keys(topic.commands))) {
      const { post } = contract.paths[`/v1/commands/${name}`]!;
      expect(post!.requestBody!.content['application/json']!.schema).toEqual({ $ref: `#/components/schemas/${name}` });
      const { properties, required = [] } = schemas[name]!;
      expect(properties).toHaveProperty('commandId');
      expect([name, required.filter((one) => !(one in properties))]).toEqual([name, []]);
    }
    for (const { name } of projections.filter(({ of }) => of === 'account'))
      for (const more of ['', '/explain', '/compare', '/series'])
        expect(contract.paths).toHaveProperty([`/v1/accounts/{id}/${name}${more}`, 'get']);
    for (const { name } of reports)
      expect(Object.keys(contract.paths[`/v1/portfolio/${name}`] ?? {})).toEqual(['get', 'post']);
  });

  it('documents every route that is served, and nothing else', () => {
    const pattern = (method: string, base: string, path: string) => {
      const whole = `/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
      return new RegExp(`^${method} ${whole.replace(/:\w+/g, '[^/]+')}$`);
    };
    const served = AppModule.over(s.at.taproot, {} as never, '').controllers!.flatMap((type) => {
      const base = Reflect.getMetadata('path', type) as string;
      const names = Object.getOwnPropertyNames(type.prototype).filter((name) => name !== 'constructor');
      return names.flatMap((name) => {
        const handler = Reflect.get(type.prototype as object, name) as object;
        const method = RequestMethod[Reflect.getMetadata('method', handler) as number]?.toLowerCase();
        const paths = [(Reflect.getMetadata('path', handler) as string | string[] | undefined) ?? []].flat();
        return method === undefined ? [] : paths.map((path) => pattern(method, base, path));
      });
    });
    expect(served.length).toBeGreaterThan(25);
    const documented = operations().map(([method, path]) => `${method} ${path}`);
    expect(served.filter((route) => !documented.some((path) => route.test(path))).map(String)).toEqual([]);
    expect(documented.filter((path) => !served.some((route) => route.test(path)))).toEqual([]);
  });
});

describe('every operation of the contract', () => {
  it('that is read answers a question about what is there, as its content type says', async () => {
    for (const [method, path, operation] of operations()) {
      if (method !== 'get') continue;
      const reply = await s.at.get(`${sampleOf(path)}${await asked(path)}`);
      expect([path, reply.status, reply.body.detail]).toEqual([path, 200, undefined]);
      const [type] = Object.keys(operation.responses[200]!.content!);
      expect([path, reply.headers.get('content-type')?.split(';')[0]]).toEqual([path, type]);
      if (type !== 'text/html') expect([path, /:(NaN|Infinity|undefined)/.test(reply.text)]).toEqual([path, false]);
    }
  });

  it('that is read takes every parameter that is documented, and no other', async () => {
    for (const [method, path, { parameters }] of operations()) {
      if (method !== 'get') continue;
      const unknown = await s.at.get(`${sampleOf(path)}?thisIsNone=1`);
      const open =
        path === '/' || ['/docs', '/openapi.json', '/healthz', '/metrics'].some((one) => path.startsWith(one));
      if (!open) expect([path, unknown.status, unknown.body.code]).toEqual([path, 400, 'request/unknown-parameter']);
      for (const { name } of parameters.filter((one) => one.in === 'query')) {
        const reply = await s.at.get(`${sampleOf(path)}?${name}=`);
        expect([path, name, reply.status < 500, reply.body.code === 'request/unknown-parameter']).toEqual([
          path,
          name,
          true,
          false,
        ]);
      }
    }
  });

  it('is closed to whoever brings no token, unless it is said to be open', async () => {
    for (const [method, path, { security }] of operations()) {
      const headers = { authorization: '' };
      const reply = await (method === 'get'
        ? s.at.get(sampleOf(path), headers)
        : s.at.post(sampleOf(path), '{}', headers));
      const open = security?.length === 0 && path !== '/v1/session';
      expect([method, path, reply.status]).toEqual([method, path, open ? 200 : 401]);
      if (!open)
        expect([path, reply.body.code, reply.headers.get('www-authenticate')]).toEqual([
          path,
          'auth/token-missing',
          'Bearer',
        ]);
    }
  });

  it('lets the first token in, which holds every role', async () => {
    for (const [method, path, { security }] of operations()) {
      if (security) continue;
      const reply = await (method === 'get'
        ? s.at.get(`${sampleOf(path)}${await asked(path)}`)
        : s.at.post(
            sampleOf(path),
            '{"nothing":1}',
            path === '/v1/commands' ? { 'content-type': 'application/x-ndjson' } : {},
          ));
      expect([method, path, [401, 403].includes(reply.status), reply.status < 500]).toEqual([
        method,
        path,
        false,
        true,
      ]);
    }
  });
});

describe('the catalogue', () => {
  const chinese = /\p{Script=Han}/u;
  it('has every command, event, view and report, with a sentence in both languages', async () => {
    const { body } = await s.at.get('/v1/catalogue');
    const all = [...topics, annotations];
    const names = (list: { name: string }[]) => list.map(({ name }) => name);
    expect(names(body.commands)).toEqual(all.flatMap((topic) => Object.keys(topic.commands)));
    expect(names(body.events)).toEqual(all.flatMap((topic) => Object.keys(topic.events)));
    expect(names(body.views)).toEqual(names([...projections]));
    expect(names(body.reports)).toEqual(names([...reports]));
    for (const { name, en, zh } of [...body.commands, ...body.events, ...body.views, ...body.reports])
      expect([name, en === name, en.length > 8, chinese.test(zh)]).toEqual([name, false, true, true]);
  });

  it('has a JSON schema for every command, event, view and report', async () => {
    const { body } = await s.at.get('/v1/catalogue');
    for (const { name, schema } of [...body.commands, ...body.events, ...body.views, ...body.reports])
      expect([name, schema?.type]).toEqual([name, 'object']);
    for (const { name, schema } of [...body.commands, ...body.events])
      for (const [field, property] of Object.entries(schema.properties) as [string, object][])
        expect([name, field, 'type' in property || 'enum' in property || 'oneOf' in property]).toEqual([
          name,
          field,
          true,
        ]);
  });
});
