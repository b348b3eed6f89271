import { commandNamed, topicNamed } from '../domain/catalogue.js';
import type { Topic } from '../domain/topic.js';
import { type Actor, type Imported, personalPaths } from '../kernel/command.js';
import type { Event } from '../kernel/event.js';
import { digestOf } from '../kernel/identity.js';
import { type Instant, iso, MINUTE_MS } from '../kernel/instant.js';
import { read } from '../kernel/read.js';
import { Refusal } from '../kernel/refusal.js';
import type { EventStore } from '../store/event-store.js';
import { split } from '../vault/personal.js';
import { isAnnotating, targetOf, topicOf } from './corrections.js';
import type { Rules } from './rules.js';

/** A command as it reaches the service: its name, its body without `commandId` and `import`, and who sends it. */
export interface Request {
  readonly name: string;
  readonly body: unknown;
  readonly commandId: string;
  readonly actor: Actor;
  readonly imported?: Imported | undefined;
  /** Revision that the stream must be at. */
  readonly ifMatch?: number | undefined;
}

/** A request that fits its class, with the stream it touches. */
export interface Prepared extends Request {
  readonly command: object;
  readonly topic: Topic;
  readonly stream: string;
  /** Digest of the body as sent, without its personal fields. */
  readonly digest: string;
  /** The event that a correction or retraction speaks of. */
  readonly target?: Event<string, object>;
}

/** Reads a request as its command; refuses what does not fit, naming every field. */
export async function prepare(request: Request, store: EventStore, rules: Rules, now: Instant): Promise<Prepared> {
  const spec = commandNamed(request.name);
  if (!spec) {
    throw new Refusal('command/unknown', `There is no command ${request.name}; GET /v1/catalogue lists them`);
  }
  const command = read(spec.type, request.body, rules.current().at(now).settings);
  const digest = digestOf(split(personalPaths(spec.type), request.body as object).open);
  if (!isAnnotating(request.name)) {
    return { ...request, command, topic: spec.topic, stream: spec.topic.decider.stream(command as never), digest };
  }
  const target = await targetOf(store, request.name, command);
  return { ...request, command, topic: topicNamed(topicOf(target.subject)), stream: target.subject, digest, target };
}

/**
 * Valid time of a command: as told, at most now. Facts with their own `from` happened then at the latest; rules of the programme
 * are decided when told.
 */
export function occurredAt(command: object, now: Instant, rule: boolean): Instant {
  const { occurredAt: told, from } = command as { occurredAt?: string; from?: unknown };
  if (told === undefined) return isInstant(from) && !rule ? Math.min(Date.parse(from), now) : now;
  const at = Date.parse(told);
  if (at <= now + 5 * MINUTE_MS) return Math.min(at, now);
  const detail = 'give the time it happened, or leave the field out for now';
  throw new Refusal(
    'time/in-future',
    `occurredAt ${told} is in the future; the time a thing happened is at most now (${iso(now)})`,
    { errors: [{ pointer: '/occurredAt', code: 'future', detail }] },
  );
}

/** A merge's `from` is the id of an account; ids have no colon, instants as they are read always do. */
const isInstant = (from: unknown): from is string => typeof from === 'string' && from.includes(':');
