/** Serves one side of the HTTP benchmark in a process of its own: `bare` or `taproot`. */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Controller, HttpCode, Module, Post, Req } from '@nestjs/common';
import { CommandBus, CommandHandler, CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IssueInvoice } from '../dist/src/domain/books/books.commands.js';
import { utcCalendar } from '../dist/src/kernel/instant.js';
import { read } from '../dist/src/kernel/read.js';
import { serve } from '../dist/src/http/server.js';
import { open, principal, token } from './support.js';

const decorate = (decorators, target, key) => {
  const descriptor = key ? Object.getOwnPropertyDescriptor(target, key) : undefined;
  for (const one of decorators) key ? one(target, key, descriptor) : one(target);
};

/** Nest, Fastify, the command bus and class-validator, and nothing behind them. */
async function bare() {
  class Sent {
    constructor(body) {
      this.body = body;
    }
  }
  class Handler {
    async execute({ body }) {
      const { commandId, ...rest } = body;
      read(IssueInvoice, rest, utcCalendar);
      return { commandId };
    }
  }
  decorate([CommandHandler(Sent)], Handler);
  class Bare {
    constructor(bus) {
      this.bus = bus;
    }
    one(request) {
      return this.bus.execute(new Sent(request.body));
    }
  }
  Reflect.defineMetadata('design:paramtypes', [CommandBus], Bare);
  Req()(Bare.prototype, 'one', 0);
  decorate([Post('v1/commands/IssueInvoice'), HttpCode(201)], Bare.prototype, 'one');
  decorate([Controller()], Bare);
  class App {}
  decorate([Module({ imports: [CqrsModule.forRoot()], controllers: [Bare], providers: [Handler] })], App);
  const app = await NestFactory.create(App, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return `http://127.0.0.1:${app.getHttpAdapter().getInstance().server.address().port}`;
}

async function taproot(directory) {
  const opened = await open(directory);
  for (let i = 0; i < 50; i++) {
    await opened.execute.run({
      name: 'RegisterAccount',
      body: { accountId: `A${i}`, name: `Account ${i}`, customerType: 'DEALER', currency: 'EUR' },
      commandId: `a${i}`,
      actor: principal,
    });
  }
  return (await serve(opened, token, '127.0.0.1', 0)).url;
}

const [kind, directory] = process.argv.slice(2);
process.send(await (kind === 'bare' ? bare() : taproot(directory)));
