import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { draftOf } from '../app/draft.js';
import { csvOf, linesOf } from '../app/export.js';
import { Reads } from '../app/reads.js';
import { Roles } from './access.js';
import { Asking } from './asking.js';
import { type Query as Asked, choice, only, text, when } from './query.js';
import { streamed } from './streamed.js';

const own = new Set([
  'asOf',
  'knownAt',
  'after',
  'from',
  'to',
  'externalId',
  'type',
  'region',
  'industry',
  'manager',
  'designated',
  'stage',
  'q',
  'policy',
]);

/** Questions over all accounts, and the flat rows behind them. */
@Controller('v1')
@Roles('analyst', 'auditor')
export class PortfolioController {
  constructor(
    private readonly reads: Reads,
    private readonly asking: Asking,
  ) {}

  @Get('portfolio/:report')
  async report(@Param('report') report: string, @Query() query: Asked): Promise<object> {
    return this.reads.report(report, await this.asking.moment(query), this.asked(query));
  }

  /** The report under other rules: a draft of the policy's parts in the body. */
  @Post('portfolio/:report')
  @HttpCode(200)
  async whatIf(@Param('report') report: string, @Query() query: Asked, @Body() draft: unknown): Promise<object> {
    return this.reads.report(report, await this.asking.moment(query), { ...this.asked(query), draft: draftOf(draft) });
  }

  @Get('rows/:projection')
  async rows(
    @Param('projection') projection: string,
    @Query() query: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    only(query, 'asOf', 'knownAt', 'after', 'format');
    const rows = this.reads.rows(projection, await this.asking.moment(query));
    const csv = choice(query, 'format', ['ndjson', 'csv'], 'ndjson') === 'csv';
    await streamed(
      reply,
      csv ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
      csv ? csvOf(rows, this.reads.columns(projection)) : linesOf(rows),
    );
  }

  private asked(query: Asked) {
    const calendar = this.reads.calendar();
    const parameters: Record<string, string> = {};
    for (const name of Object.keys(query)) if (!own.has(name)) parameters[name] = text(query, name) ?? '';
    return {
      from: when(query, 'from', calendar, 'start') ?? null,
      to: when(query, 'to', calendar, 'bound') ?? null,
      parameters,
      filters: this.asking.filters(query),
      ...this.asking.rules(query),
    };
  }
}
