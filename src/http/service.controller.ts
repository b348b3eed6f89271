import { Body, Controller, Get, Header, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { catalogue } from '../app/catalogue.js';
import { Health } from '../app/health.js';
import { Refusal } from '../kernel/refusal.js';
import { Access, Open, Roles, sessionCookie } from './access.js';
import { openApi } from './openapi.js';
import { docsPage } from './pages.js';
import { type Query as Asked, only } from './query.js';

/** What the service says of itself: catalogue, contract, health, and the door for people. */
@Controller()
export class ServiceController {
  constructor(
    private readonly access: Access,
    private readonly health: Health,
  ) {}

  @Get('v1/catalogue')
  @Roles('analyst', 'auditor', 'commander', 'importer', 'privacy', 'admin')
  catalogue(@Query() query: Asked): object {
    only(query);
    return catalogue();
  }

  @Get('openapi.json')
  @Open()
  contract(): object {
    return openApi();
  }

  @Get(['/', 'docs'])
  @Open()
  @Header('content-type', 'text/html; charset=utf-8')
  docs(): string {
    return docsPage;
  }

  /** Exchanges the one-time code of a sign-in link for a session cookie. */
  @Post('v1/session')
  @Open()
  @HttpCode(204)
  signIn(@Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): void {
    const code = (body as { code?: unknown } | null)?.code;
    const session = typeof code === 'string' ? this.access.signIn(code, Date.now()) : undefined;
    if (!session)
      throw new Refusal(
        'auth/token-missing',
        'This sign-in link was used already or is too old; restart the service for a new one, or send the token',
      );
    reply.header('set-cookie', `${sessionCookie}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000`);
  }

  @Get('healthz/live')
  @Open()
  live(): object {
    return { status: 'live' };
  }

  @Get('healthz/ready')
  @Open()
  ready(@Res({ passthrough: true }) reply: FastifyReply): object {
    const state = this.health.ready();
    reply.status(state.status === 'ready' ? 200 : 503);
    return state;
  }

  @Get('metrics')
  @Roles('auditor', 'admin')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): string {
    return this.health.metrics();
  }
}
