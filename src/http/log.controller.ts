import type { ServerResponse } from 'node:http';
import { Controller, Get, Headers, type OnModuleDestroy, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Events } from '../app/events.js';
import { linesOf } from '../app/export.js';
import { Reads } from '../app/reads.js';
import type { Actor } from '../kernel/command.js';
import { Refusal } from '../kernel/refusal.js';
import { Caller, Roles } from './access.js';
import { headersOf } from './patience.js';
import { type Query as Asked, only, text, whole } from './query.js';
import { streamed } from './streamed.js';

/** The log itself: streams, events, and the exact bytes of an entry. */
@Controller('v1')
@Roles('auditor', 'analyst')
export class LogController implements OnModuleDestroy {
  private readonly streams = new Set<ServerResponse>();

  constructor(
    private readonly reads: Reads,
    private readonly events: Events,
  ) {}

  /** Ends what is followed live, so that the service can stop; the followers come again with Last-Event-ID. */
  onModuleDestroy(): void {
    for (const stream of this.streams) stream.end();
  }

  @Get('streams/:stream')
  async stream(
    @Param('stream') stream: string,
    @Query() query: Asked,
    @Caller() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    only(query, 'from', 'limit', 'after');
    const from = whole(query, 'from', 0, 0, 1e15);
    const limit = whole(query, 'limit', 100, 1, 1_000);
    const after = text(query, 'after');
    if (after !== undefined) await this.reads.waitFor(after);
    const { revision, items } = await this.reads.stream(stream, from, limit, actor);
    reply.header('etag', `"${revision}"`);
    return { stream, revision, items, next: from + items.length <= revision ? String(from + items.length) : null };
  }

  @Get('events')
  async list(
    @Query() query: Asked,
    @Caller() actor: Actor,
    @Headers('accept') accept: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    only(query, 'after', 'limit', 'type', 'account', 'stream');
    // a reader who comes again has the address of the first time, and says in the header how far it came
    const last = request.headers['last-event-id'];
    const asked = {
      after: whole(typeof last === 'string' && last !== '' ? { after: last } : query, 'after', 0, 0, 1e15),
      type: text(query, 'type'),
      account: text(query, 'account'),
      stream: text(query, 'stream'),
    };
    if (accept?.includes('text/event-stream')) {
      this.live(asked, actor, reply);
      return;
    }
    const limit = whole(query, 'limit', 0, 1, 1e9);
    await streamed(
      reply,
      'application/x-ndjson; charset=utf-8',
      linesOf(this.events.all(asked, limit === 0 ? Number.POSITIVE_INFINITY : limit, actor)),
    );
  }

  /** The exact bytes whose hash is in the tree. */
  @Get('events/:id')
  entry(@Param('id') id: string, @Query() query: Asked, @Res() reply: FastifyReply): void {
    only(query);
    const row = /^[0-9a-f-]{36}$/.test(id) ? this.reads.moments.reader.find(id) : undefined;
    if (!row) throw new Refusal('event/unknown', `There is no event ${id}`);
    reply
      .header('content-type', 'application/cloudevents+json; charset=utf-8')
      .header('x-position', String(row.position))
      .header('cache-control', 'no-store')
      .send(row.entry);
  }

  /** Server-Sent Events: everything after a position, then whatever comes. */
  private live(asked: Parameters<Events['all']>[0], actor: Actor, reply: FastifyReply): void {
    reply.hijack();
    reply.raw.writeHead(200, {
      ...headersOf(reply),
      'content-type': 'text/event-stream; charset=utf-8',
      connection: 'keep-alive',
    });
    reply.raw.flushHeaders();
    const stop = this.events.follow(
      asked,
      actor,
      (event, position) => {
        const data = JSON.stringify(event);
        return reply.raw.write(`id: ${position}\nevent: ${(event as { type: string }).type}\ndata: ${data}\n\n`);
      },
      reply.raw,
    );
    this.streams.add(reply.raw);
    reply.raw.once('close', () => {
      this.streams.delete(reply.raw);
      stop();
    });
  }
}
