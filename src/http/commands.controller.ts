import { Body, Controller, Headers, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { batch } from '../app/batch.js';
import { type Staged, settled } from '../app/execute.js';
import type { DryRun } from '../app/receipt.js';
import { requestOf } from '../app/requests.js';
import type { Actor } from '../kernel/command.js';
import { Refusal } from '../kernel/refusal.js';
import { Caller, Roles } from './access.js';
import { envelopeOf } from './command-bus.js';
import { answered, headersOf, patient } from './patience.js';
import { problemOf, refusalOf } from './problem.js';
import { type Query as Asked, choice, only } from './query.js';

/** Commands: one as JSON, or many as NDJSON. */
@Controller('v1/commands')
@Roles('commander', 'importer')
export class CommandsController {
  constructor(private readonly bus: CommandBus) {}

  @Post(':name')
  @HttpCode(201)
  async one(
    @Param('name') name: string,
    @Body() body: unknown,
    @Caller() actor: Actor,
    @Headers() headers: Record<string, string | undefined>,
    @Query() query: Asked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    only(query, 'dryRun');
    const dryRun = choice(query, 'dryRun', ['true', 'false'], 'false') === 'true';
    const request = requestOf(name, body, actor, {
      idempotencyKey: headers['idempotency-key'],
      ifMatch: revisionOf(headers['if-match']),
    });
    const result = await this.bus.execute<never, Staged | DryRun>(envelopeOf(request, dryRun) as never);
    if ('dryRun' in result) {
      reply.status(200);
      return result;
    }
    const receipt = await settled(result);
    reply.status(receipt.repeated || receipt.events.length === 0 ? 200 : 201).header('etag', `"${receipt.revision}"`);
    return receipt;
  }

  @Post()
  @HttpCode(200)
  async many(@Req() request: FastifyRequest, @Caller() actor: Actor, @Res() reply: FastifyReply): Promise<void> {
    if (!request.headers['content-type']?.startsWith('application/x-ndjson'))
      throw new Refusal('request/content-type', 'Send the batch as application/x-ndjson, one command a line');
    reply.hijack();
    reply.raw.writeHead(200, { ...headersOf(reply), 'content-type': 'application/x-ndjson; charset=utf-8' });
    const stage = (staging: Parameters<typeof envelopeOf>[0]) =>
      this.bus.execute<never, Staged>(envelopeOf(staging, false) as never);
    const problem = (error: unknown) => problemOf(refusalOf(error) ?? bug(request, error));
    await answered(request.raw, reply.raw, batch(patient(request.raw), actor, stage, problem), problem);
  }
}

function bug(request: FastifyRequest, error: unknown): Refusal {
  request.log.error({ err: error }, 'a bug');
  return new Refusal('ledger/io', 'The line could not be carried out; the log of the service says why');
}

/** The revision in `If-Match: "12"`. */
function revisionOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const found = /^(?:W\/)?"(-?\d+)"$/.exec(header);
  if (!found)
    throw new Refusal(
      'request/malformed',
      'If-Match takes the ETag of the stream, such as "12"; "-1" for a stream that does not exist',
    );
  return Number(found[1]);
}
