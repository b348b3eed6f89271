import 'reflect-metadata';
import { Controller, HttpCode, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CommandHandler, CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IsInt, IsObject, IsString, Matches, Min, ValidateNested, validateSync } from 'class-validator';

const decorate = (decorators, target, key) => {
  for (const one of decorators) one(target, key, key ? Object.getOwnPropertyDescriptor(target, key) : undefined);
};

class Amount {}
decorate([IsInt(), Min(0)], Amount.prototype, 'minor');
decorate([IsString(), Matches(/^[A-Z]{3}$/)], Amount.prototype, 'currency');

class Invoice {}
for (const name of ['commandId', 'accountId', 'invoiceId'])
  decorate([IsString(), Matches(/^[A-Za-z0-9._-]+$/)], Invoice.prototype, name);
decorate([IsObject(), ValidateNested()], Invoice.prototype, 'gross');

/** Nest, Fastify, the command bus and class-validator over a command's body, and nothing behind them. Returns where it listens. */
export async function bare() {
  class Sent {
    constructor(body) {
      this.body = body;
    }
  }
  class Handler {
    async execute({ body }) {
      const told = Object.assign(new Invoice(), body);
      told.gross = Object.assign(new Amount(), body.gross);
      const errors = validateSync(told, { whitelist: true, forbidNonWhitelisted: true });
      if (errors.length > 0) throw new Error(String(errors[0]));
      return { commandId: told.commandId };
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
