import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/refusal.js';
import { answer } from './problem.filter.js';

/** Longest wait for a body, and for the next piece of a batch, in ms. */
export const patienceMs = 10_000;

const late = (): Refusal =>
  new Refusal('request/timeout', `Nothing more came for ${patienceMs / 1_000} seconds; send the rest again`);

/** A batch as it comes; refused where nothing comes for a while, however long it takes as a whole. */
export async function* patient(body: Readable): AsyncGenerator<Buffer> {
  const pieces = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const waiting = new Promise<never>((_settle, refuse) => {
      timer = setTimeout(() => refuse(late()), patienceMs);
    });
    const next = await Promise.race([pieces.next(), waiting]).finally(() => clearTimeout(timer));
    if (next.done) return;
    yield next.value;
  }
}

/** Writes the answers to a batch, no faster than they are taken. A batch that broke off is told so in a last line; a sender who has gone is told nothing. */
export async function answered(
  request: IncomingMessage,
  reply: ServerResponse,
  lines: AsyncIterable<string>,
  problem: (error: unknown) => object,
): Promise<void> {
  try {
    await pipeline(Readable.from(lines), reply, { end: false });
    reply.end();
  } catch (error) {
    if (request.destroyed || reply.destroyed) return;
    reply.end(`${JSON.stringify(problem(error))}\n`, () => request.destroy());
  }
}

/** Headers that a reply has so far, for an answer that is written past it. */
export const headersOf = (reply: FastifyReply) => ({
  ...(reply.getHeaders() as Record<string, string>),
  'cache-control': 'no-store',
});

/** Refuses bodies that do not come within a while; batches have their own patience. */
export function waitForBodies(fastify: FastifyInstance): void {
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    if (hasBody(request) && !isBatch(request)) {
      const timer = setTimeout(() => {
        reply.header('connection', 'close').raw.once('finish', () => request.raw.destroy());
        answer(late(), request, reply);
      }, patienceMs);
      for (const event of ['end', 'close']) request.raw.once(event, () => clearTimeout(timer));
    }
    done(null, payload);
  });
}

const hasBody = ({ method, headers }: FastifyRequest): boolean =>
  method === 'POST' && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

const isBatch = (request: FastifyRequest): boolean =>
  request.headers['content-type']?.startsWith('application/x-ndjson') === true;
