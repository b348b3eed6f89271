import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { Events } from './app/events.js';
import { Execute } from './app/execute.js';
import { Health } from './app/health.js';
import { Keeper } from './app/keeper.js';
import { Reads } from './app/reads.js';
import type { Taproot } from './app/taproot.js';
import { rateOf } from './config.js';
import { Access, AccessGuard } from './http/access.js';
import { AccountsController } from './http/accounts.controller.js';
import { Asking } from './http/asking.js';
import { commandHandlers } from './http/command-bus.js';
import { CommandsController } from './http/commands.controller.js';
import { KeeperController } from './http/keeper.controller.js';
import { LogController } from './http/log.controller.js';
import { PeopleController } from './http/people.controller.js';
import { PortfolioController } from './http/portfolio.controller.js';
import { RateGuard, RateLimit } from './http/rate-limit.js';
import { ServiceController } from './http/service.controller.js';

/** The HTTP side of one Taproot. Nest's bus carries commands to one generated handler each; its event bus and sagas are not used. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: a Nest module is a class
export class AppModule {
  static over(taproot: Taproot, access: Access, token: string): DynamicModule {
    const reads = new Reads(taproot);
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        CommandsController,
        AccountsController,
        PortfolioController,
        PeopleController,
        LogController,
        KeeperController,
        ServiceController,
      ],
      providers: [
        { provide: Execute, useValue: taproot.execute },
        { provide: Reads, useValue: reads },
        { provide: Events, useValue: new Events(taproot, reads) },
        { provide: Health, useValue: new Health(taproot) },
        { provide: Keeper, useValue: new Keeper(taproot.vault, token, taproot.clock) },
        { provide: Access, useValue: access },
        {
          provide: APP_GUARD,
          useFactory: (reflector: Reflector) => new AccessGuard(access, reflector),
          inject: [Reflector],
        },
        { provide: APP_GUARD, useFactory: () => new RateGuard(new RateLimit(rateOf(taproot.config))) },
        Asking,
        ...commandHandlers(),
      ],
    };
  }
}
