import type { Provider } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Execute, type Request, type Staged } from '../app/execute.js';
import type { DryRun } from '../app/receipt.js';
import { commandNames } from '../domain/catalogue.js';
import { Refusal } from '../kernel/refusal.js';

/** A command on its way to its handler; each command has a class of its own, so that the bus can tell them apart. */
export class Envelope {
  constructor(
    readonly request: Request,
    readonly dryRun: boolean,
  ) {}
}

const envelopes = new Map<string, typeof Envelope>();

/** One handler for each command of the catalogue, made here for Nest's bus: a factory, not a file each. */
export function commandHandlers(): Provider[] {
  return commandNames().map((name) => {
    const Wrapped = envelopes.get(name) ?? class extends Envelope {};
    Object.defineProperty(Wrapped, 'name', { value: name });
    class Handler implements ICommandHandler<Envelope, Staged | DryRun> {
      constructor(private readonly command: Execute) {}

      execute({ request, dryRun }: Envelope): Promise<Staged | DryRun> {
        return dryRun ? this.command.dryRun(request) : this.command.stage(request);
      }
    }
    CommandHandler(Wrapped)(Handler);
    envelopes.set(name, Wrapped);
    return { provide: Handler, useFactory: (execute: Execute) => new Handler(execute), inject: [Execute] };
  });
}

/** The envelope of a request; refused where there is no such command. */
export function envelopeOf(request: Request, dryRun: boolean): Envelope {
  const Wrapped = envelopes.get(request.name);
  if (!Wrapped)
    throw new Refusal('command/unknown', `There is no command ${request.name}; GET /v1/catalogue lists them`);
  return new Wrapped(request, dryRun);
}
