import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.js';
import type { Problem } from '../http/problem.js';
import { Refusal, type RefusalCode } from '../kernel/refusal.js';
import { codes } from '../kernel/refusals.js';
import { option, Usage, type Words } from './arguments.js';

/** What a query says by name; what is undefined is left out. */
export type Query = Readonly<Record<string, string | undefined>>;

/** A service that does not answer as one: exit code 74. What was sent may have been carried out; the same command goes on. */
export class Unreachable extends Refusal {
  constructor(url: string, why: string) {
    super(
      'log/unavailable',
      `The service at ${url} cannot be used: ${why}. The same command goes on where this one stopped`,
    );
  }
}

/** A running service, asked over HTTP with a token. What it refuses is thrown as the same refusal. */
export class Client {
  constructor(
    readonly url: string,
    private readonly token: string,
  ) {}

  async get<T>(path: string, query: Query = {}): Promise<T> {
    return (await this.body(await this.ask('GET', withQuery(path, query)), (reply) => reply.json())) as T;
  }

  /** An answer's exact text. */
  async text(path: string): Promise<string> {
    return this.body(await this.ask('GET', path), (reply) => reply.text());
  }

  async post<T>(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<T> {
    const json = { 'content-type': 'application/json', ...headers };
    return (await this.body(await this.ask('POST', path, JSON.stringify(body), json), (reply) => reply.json())) as T;
  }

  /** Commands as NDJSON, a line each; their answers in order, a receipt or a problem each. */
  async lines(lines: readonly string[]): Promise<readonly object[]> {
    const json = { 'content-type': 'application/x-ndjson' };
    const reply = await this.ask('POST', '/v1/commands', `${lines.join('\n')}\n`, json);
    const text = await this.body(reply, (one) => one.text());
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as object);
  }

  /** An answer as it comes, piece by piece. */
  async *pieces(path: string, query: Query = {}): AsyncGenerator<string> {
    const reply = await this.ask('GET', withQuery(path, query));
    const decoder = new TextDecoder();
    try {
      for await (const chunk of reply.body ?? []) yield decoder.decode(chunk as Uint8Array, { stream: true });
    } catch (error) {
      throw this.unreachable(error);
    }
  }

  /** The objects of an NDJSON answer, one after another. */
  async *objects<T>(path: string, query: Query = {}): AsyncGenerator<T> {
    let rest = '';
    for await (const piece of this.pieces(path, query)) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield JSON.parse(line) as T;
    }
    if (rest !== '') yield JSON.parse(rest) as T;
  }

  private async ask(
    method: string,
    path: string,
    body?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    let reply: Response;
    try {
      reply = await fetch(`${this.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${this.token}`, ...headers },
        redirect: 'error',
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      throw this.unreachable(error);
    }
    if (reply.ok) return reply;
    if (!reply.headers.get('content-type')?.startsWith('application/problem+json'))
      throw new Unreachable(
        this.url,
        reply.status === 503
          ? 'it is stopping, or not ready yet'
          : `it answers ${reply.status}, and not as Taproot does`,
      );
    throw refusalIn(await this.body<Problem>(reply, (one) => one.json() as Promise<Problem>));
  }

  private async body<T>(reply: Response, read: (reply: Response) => Promise<T>): Promise<T> {
    try {
      return await read(reply);
    } catch (error) {
      throw this.unreachable(error);
    }
  }

  private unreachable(error: unknown): Unreachable {
    const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } };
    return new Unreachable(this.url, cause?.code ?? cause?.message ?? message ?? String(error));
  }
}

/** A problem as the refusal that it was; a code that this program does not know reads as one of the same status. */
export function refusalIn({ code, detail, status, errors, values }: Problem): Refusal {
  const known = Object.hasOwn(codes, code) ? (code as RefusalCode) : undefined;
  const more = { errors: errors ?? [], values: values ?? {} };
  return new Refusal(known ?? (status >= 500 ? 'log/unavailable' : 'request/malformed'), detail, more);
}

/** The service that `--url` names, undefined without; its token is `--token`, else TAPROOT_TOKEN, else the one in the data directory. */
export function serviceOf(words: Words, config: Config): Client | undefined {
  const url = option(words, 'url');
  if (url === undefined) {
    if (option(words, 'token') !== undefined) throw new Usage('--token goes with --url');
    return undefined;
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Usage(`--url takes the address of a service, such as http://127.0.0.1:4400, not ${url}`);
  return new Client(url.replace(/\/+$/, ''), option(words, 'token') ?? tokenIn(config));
}

function tokenIn(config: Config): string {
  if (config.token !== '') return config.token;
  try {
    return readFileSync(join(config.data, 'token'), 'utf8').trim();
  } catch {
    throw new Refusal(
      'config/invalid',
      `There is no token in ${config.data}; give the service's with --token, or set TAPROOT_TOKEN`,
    );
  }
}

/** A path with its query; names and values encoded. */
export function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** One part of a path. */
export const part = encodeURIComponent;
