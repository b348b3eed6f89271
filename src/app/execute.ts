import type { Context, Need } from '../kernel/decider.js';
import type { Event } from '../kernel/event.js';
import { type Instant, iso } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import { type EventStore, isPlaced } from '../store/event-store.js';
import { contentDiffers } from '../store/repeats.js';
import type { Vault } from '../vault/vault.js';
import { annotate, type Decision } from './annotate.js';
import { Envelopes } from './envelope.js';
import { Needs, type ViewForDecision } from './needs.js';
import { occurredAt, type Prepared, prepare, type Request } from './prepare.js';
import { conflictsOf } from './preview.js';
import type { DryRun, Receipt } from './receipt.js';
import type { Rules } from './rules.js';
import { Sealing } from './sealing.js';
import { States } from './states.js';
import { Streams } from './streams.js';
import { Pace } from './pace.js';
import { Turns } from './turns.js';

export type { Request };

/** What executing needs from its surroundings. */
export interface Surroundings {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly rules: Rules;
  readonly views: ViewForDecision;
  readonly clock: () => Instant;
}

/** A command whose events have their place, and when they are durable. */
export interface Staged {
  readonly receipt: Receipt;
  readonly durable: Promise<number | null>;
  /** Whether another node had carried it out at the same time; known once `durable` has settled. */
  readonly replayed?: (() => boolean) | undefined;
  readonly token: (position: number | null) => string;
}

type Attempted = Pick<Staged, 'receipt' | 'durable' | 'replayed'>;

/** The receipt of a staged command, once its events are durable. */
export async function settled({ receipt, durable, replayed, token }: Staged): Promise<Receipt> {
  const position = await durable;
  const repeated = receipt.repeated || (replayed?.() ?? false);
  return { ...receipt, repeated, position: receipt.events.length > 0 ? position : null, after: token(position) };
}

/** Most decisions on a stream that moved meanwhile, before the command is refused. */
const attempts = 3;

/** Decides commands: read, fold, fetch what is needed, decide, seal, append. One at a time on a stream, any number across streams. */
export class Execute {
  private readonly states: States;
  private readonly needs: Needs;
  private readonly envelopes: Envelopes;
  private readonly turns = new Turns();
  private readonly pace = new Pace();
  private readonly streams: Streams;

  constructor(private readonly around: Surroundings) {
    const { store, vault, views, clock } = around;
    this.states = new States(store);
    this.streams = new Streams(store);
    this.needs = new Needs(store, this.states, views);
    this.envelopes = new Envelopes(store, vault, new Sealing(store, vault, clock));
  }

  /** The same rules over another store and vault: for rehearsals. */
  over(store: EventStore, vault: Vault): Execute {
    return new Execute({ ...this.around, store, vault });
  }

  /** Carries a command out and answers when its events are durable. */
  async run(request: Request): Promise<Receipt> {
    return settled(await this.stage(request));
  }

  /** Carries a command out; the next decision sees its events, which become durable with their group. */
  async stage(request: Request): Promise<Staged> {
    const { store, rules, clock } = this.around;
    if (!store.whole) await this.pace.turn();
    const prepared = await prepare(request, store, rules, clock());
    const attempted = await this.turns.take(prepared.stream, () => this.attempt(prepared));
    const { receipt } = attempted;
    return { ...attempted, token: (position) => store.afterToken(prepared.stream, receipt.revision, position) };
  }

  /** What the command would come to; nothing is written. */
  async dryRun(request: Request): Promise<DryRun> {
    const { store, rules, clock } = this.around;
    const prepared = await prepare(request, store, rules, clock());
    const { drafts, revision, at } = await this.decide(prepared);
    const events = drafts.map(({ type, accountid, time, data }) => {
      return { type, ...(accountid === undefined ? {} : { accountid }), time: iso(time ?? at), data };
    });
    const conflicts = await conflictsOf(prepared.name, prepared.command, this.states);
    return { dryRun: true, stream: prepared.stream, revision, events, conflicts };
  }

  private async attempt(prepared: Prepared): Promise<Attempted> {
    const { store } = this.around;
    const repeated = await this.repeatOf(prepared, false);
    if (repeated) return repeated;
    let asks = store.whole;
    for (let tried = 1; ; ) {
      try {
        const done = await this.once(prepared, asks);
        if (done.receipt.events.length > 0) return done;
        if (asks) return (await this.repeatOf(prepared)) ?? done;
      } catch (error) {
        const conflict = error instanceof Refusal && error.code === 'stream/revision-conflict';
        const final = conflict ? tried >= attempts : asks || isUnavailable(error);
        if (final) return await this.meanwhile(prepared, error);
        if (conflict) {
          tried++;
          this.states.drop(prepared.stream);
          const raced = await this.repeatOf(prepared);
          if (raced) return raced;
          if (prepared.ifMatch !== undefined) throw stale(prepared, Number(error.values.actual));
        }
      }
      // a refusal, or nothing to do, may stem from what this node does not know yet
      asks = true;
    }
  }

  /** The receipt of the first time, where the command was carried out before. */
  private async repeatOf(prepared: Prepared, asks = true): Promise<Attempted | undefined> {
    const { store } = this.around;
    const { commandId, stream, digest } = prepared;
    const id = this.envelopes.idOf(prepared, 0);
    const first = asks ? await store.find(id, stream) : store.knows(id);
    if (!first) return undefined;
    if (first.commanddigest !== digest) throw contentDiffers(commandId);
    const told = [first];
    const more = await store.read(first.subject, first.streamrevision + 1, 1);
    const own = (event: Event<string, object> | undefined) =>
      event?.commandid === commandId && event.commanddigest === digest;
    if (own(more[0])) {
      for (const event of await store.read(first.subject, first.streamrevision + 1, 100)) {
        if (!own(event)) break;
        told.push(event);
      }
    }
    const last = told.at(-1) ?? first;
    const receipt = receiptOf(commandId, first.subject, last.streamrevision, told, true);
    const position = () => {
      const now = store.knows(last.id) ?? last;
      if (now.commanddigest !== digest) throw contentDiffers(commandId);
      return isPlaced(now.position) ? now.position : null;
    };
    return { receipt, durable: store.flushed().then(position) };
  }

  /** Decides and appends, on what this node knows of the stream unless it is to ask. */
  private async once(prepared: Prepared, asks: boolean): Promise<Attempted> {
    const { store } = this.around;
    const { stream, commandId, ifMatch, topic, imported } = prepared;
    if (ifMatch !== undefined) {
      const head = asks ? await store.head(stream) : store.known(stream);
      if (head !== ifMatch) throw stale(prepared, head);
    }
    const decision = await this.decide(prepared, asks);
    const { drafts, revision } = decision;
    if (drafts.length === 0) {
      const durable = store.flushed().then(() => null);
      return { receipt: receiptOf(commandId, stream, revision, [], false), durable };
    }
    if (imported) await this.checkBatch(imported.batchId);
    const events = await this.envelopes.all(prepared, decision);
    const appended = await store.append(stream, revision, events);
    this.states.appended(topic, stream, revision, appended.events);
    const receipt = receiptOf(commandId, stream, revision + events.length, appended.events, false);
    const { durable, replayed } = appended;
    const other = () => {
      this.states.drop(stream);
      this.streams.drop(stream);
    };
    durable.then(() => replayed?.() && other(), other);
    return { receipt, durable, replayed };
  }

  /** The events that the command makes at the stream's head. */
  private async decide(prepared: Prepared, asks = true): Promise<Decision> {
    const { command, topic, stream, name, actor, digest, imported, target } = prepared;
    const { store, rules, clock } = this.around;
    const now = clock();
    if (target) return annotate(prepared, target, await this.streams.load(stream, asks), store, rules, now);
    const at = occurredAt(command, now, topic.name === 'programme');
    const needs = (topic.decider.needs?.[name] ?? []) as readonly Need<object>[];
    const found = await this.needs.fetch(needs, command, at);
    const { state, revision } = await this.states.load(topic, stream, asks);
    const policies = rules.current();
    const context: Context = {
      now,
      occurredAt: at,
      actor,
      digest,
      found,
      policy: (t) => policies.at(t),
      ...(imported ? { imported } : {}),
    };
    return { drafts: topic.decider.decide[name]!(state, command as never, context), revision, at };
  }

  /** An imported event belongs to a batch that was started. */
  private async checkBatch(batchId: string): Promise<void> {
    const { store } = this.around;
    const batch = `batch-${batchId}`;
    if (store.known(batch) >= 0 || (await store.head(batch)) >= 0) return;
    throw new Refusal('batch/unknown', `There is no import batch ${batchId}; begin it with StartImport`, {
      errors: [{ pointer: '/import/batchId', code: 'unknown', detail: 'begin the batch first' }],
    });
  }

  /** A refusal may stem from the command itself, carried out through another node meanwhile; else it is answered when what it was drawn from is durable. */
  private async meanwhile(prepared: Prepared, error: unknown): Promise<Attempted> {
    if (isUnavailable(error)) throw error;
    const raced = await this.repeatOf(prepared);
    if (raced) return raced;
    await this.around.store.flushed();
    throw error;
  }
}

/** Whether an error says nothing about the command. */
const isUnavailable = (error: unknown): boolean => !(error instanceof Refusal) || error.category === 'unavailable';

function receiptOf(
  commandId: string,
  stream: string,
  revision: number,
  events: readonly Event<string, object>[],
  repeated: boolean,
): Receipt {
  const made = events.map(({ id, type }) => ({ id, type }));
  return { commandId, stream, revision, events: made, repeated, position: null, after: '' };
}

const stale = ({ stream, ifMatch }: Prepared, head: number): Refusal =>
  new Refusal(
    'stream/revision-stale',
    `Stream ${stream} is at revision ${head}, not at ${ifMatch} as If-Match says; read it again`,
    { values: { actual: head, expected: ifMatch } },
  );
