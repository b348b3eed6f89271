import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Sends pieces of text as they come, no faster than they are taken; the first piece is made before the headers, so that a refusal is still a problem. */
export async function streamed(
  reply: FastifyReply,
  type: string,
  pieces: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const source = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  const first = await source.next();
  async function* rest() {
    for (let piece = first; !piece.done; piece = await source.next()) yield piece.value;
  }
  await reply.header('content-type', type).header('cache-control', 'no-store').send(Readable.from(rest()));
}
