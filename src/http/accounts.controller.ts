import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Reads } from '../app/reads.js';
import { everies } from '../app/series.js';
import type { Actor } from '../kernel/command.js';
import { Caller, Roles } from './access.js';
import { Asking } from './asking.js';
import { type Query as Asked, choice, only, text, whole } from './query.js';

const viewParameters = ['asOf', 'knownAt', 'after', 'policy', 'scope', 'members'] as const;

/** Accounts, their views, and what can be asked of a view. */
@Controller('v1/accounts')
@Roles('analyst', 'auditor')
export class AccountsController {
  constructor(
    private readonly reads: Reads,
    private readonly asking: Asking,
  ) {}

  @Get()
  async list(@Query() query: Asked): Promise<object> {
    only(
      query,
      'asOf',
      'knownAt',
      'after',
      'limit',
      'cursor',
      'sort',
      'externalId',
      'type',
      'region',
      'industry',
      'manager',
      'designated',
      'stage',
      'q',
    );
    const moment = await this.asking.moment(query);
    return this.reads.accounts(moment, {
      limit: whole(query, 'limit', 50, 1, 1_000),
      cursor: text(query, 'cursor') ?? null,
      sort: choice(query, 'sort', ['accountId', '-accountId', 'name', '-name'], 'accountId'),
      filters: this.asking.filters(query),
    });
  }

  @Get(':id/timeline')
  async timeline(@Param('id') id: string, @Query() query: Asked, @Caller() actor: Actor): Promise<object> {
    only(
      query,
      'asOf',
      'knownAt',
      'after',
      'limit',
      'cursor',
      'order',
      'type',
      'person',
      'function',
      'needOrder',
      'from',
    );
    return this.reads.timeline(id, await this.asking.moment(query), this.asking.timeline(query), actor);
  }

  @Get(':id/:view')
  async view(@Param('id') id: string, @Param('view') view: string, @Query() query: Asked): Promise<object> {
    return this.reads.view(await this.asking.question(id, view, query, true));
  }

  /** The view under other rules: a draft of the policy's parts in the body. */
  @Post(':id/:view')
  @HttpCode(200)
  async whatIf(
    @Param('id') id: string,
    @Param('view') view: string,
    @Query() query: Asked,
    @Body() draft: unknown,
  ): Promise<object> {
    return this.reads.view(await this.asking.question(id, view, query, true, draft));
  }

  @Get(':id/:view/explain')
  async explain(@Param('id') id: string, @Param('view') view: string, @Query() query: Asked): Promise<object> {
    only(query, ...viewParameters, 'figure', 'from');
    const question = await this.asking.question(id, view, query, false);
    return this.reads.explain(question, this.asking.figure(query), this.asking.from(query));
  }

  @Get(':id/:view/compare')
  async compare(@Param('id') id: string, @Param('view') view: string, @Query() query: Asked): Promise<object> {
    only(query, ...viewParameters, 'with', 'withKnownAt');
    return this.reads.compare(await this.asking.question(id, view, query, false), await this.asking.other(query));
  }

  @Get(':id/:view/series')
  async series(
    @Param('id') id: string,
    @Param('view') view: string,
    @Query() query: Asked,
    @Req() _request: FastifyRequest,
  ): Promise<object> {
    only(query, ...viewParameters, 'figure', 'every', 'from');
    const question = await this.asking.question(id, view, query, false);
    return this.reads.series(
      question,
      this.asking.figure(query),
      choice(query, 'every', everies, 'quarter'),
      this.asking.from(query),
    );
  }
}
