import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Reads } from '../app/reads.js';
import type { Actor } from '../kernel/command.js';
import { Caller, Roles } from './access.js';
import { Asking } from './asking.js';
import { type Query as Asked, only, text, whole } from './query.js';

/** Persons of ours and of theirs, and our own rules. */
@Controller('v1')
@Roles('analyst', 'auditor', 'privacy')
export class PeopleController {
  constructor(
    private readonly reads: Reads,
    private readonly asking: Asking,
  ) {}

  @Get('members')
  async members(@Query() query: Asked, @Caller() actor: Actor): Promise<object> {
    only(query, 'asOf', 'knownAt', 'after', 'limit', 'cursor');
    const moment = await this.asking.moment(query);
    const limit = whole(query, 'limit', 50, 1, 1_000);
    const ids = this.reads.persons.ids('member', moment).filter((id) => id > (text(query, 'cursor') ?? ''));
    const items: object[] = [];
    for (const memberId of ids.slice(0, limit))
      items.push({ memberId, ...(await this.reads.persons.one('member', memberId, moment, actor)).data });
    return { items, next: ids.length > limit ? ids[limit - 1] : null };
  }

  @Get('members/:id')
  async member(@Param('id') id: string, @Query() query: Asked, @Caller() actor: Actor): Promise<object> {
    only(query, 'asOf', 'knownAt', 'after');
    return this.reads.persons.one('member', id, await this.asking.moment(query), actor);
  }

  @Get('contacts/:id')
  async contact(@Param('id') id: string, @Query() query: Asked, @Caller() actor: Actor): Promise<object> {
    only(query, 'asOf', 'knownAt', 'after');
    return this.reads.persons.one('contact', id, await this.asking.moment(query), actor);
  }

  /** Finds contacts by e-mail or external id; both only in a body, because nothing personal belongs in a URL. */
  @Post('contacts/find')
  @HttpCode(200)
  async find(@Body() body: unknown): Promise<object> {
    return { items: await this.reads.persons.find(body, this.reads.calendar()), next: null };
  }

  @Get('programme')
  async programme(@Query() query: Asked): Promise<object> {
    only(query, 'asOf', 'knownAt', 'after');
    return this.reads.programme(await this.asking.moment(query));
  }

  @Get('programme/policy')
  async policy(@Query() query: Asked): Promise<object> {
    only(query, 'asOf', 'knownAt', 'after');
    return this.reads.policy(await this.asking.moment(query));
  }
}
