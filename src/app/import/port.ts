import type { Event } from '../../kernel/event.js';
import type { Calendar, Instant } from '../../kernel/instant.js';
import type { Foreign } from '../../vault/vault.js';
import type { Request } from '../execute.js';
import type { Receipt } from '../receipt.js';
import type { ImportBatch } from './batch.js';

/**
 * What became of a command: its events are recorded, or it had told nothing new, or an import has corrected since what it told, or it
 * was refused; a dry run says what would.
 */
export type Became =
  | { readonly became: 'recorded' | 'known' | 'corrected' }
  | { readonly became: 'refused'; readonly error: unknown };

/** A command on its way. Neither promise rejects for a refusal. */
export interface Sent {
  readonly told: Promise<Became>;
  /** Settles when what was recorded will survive a power cut. */
  readonly durable: Promise<unknown>;
}

/**
 * The event of a command that was told before, as it stands now with its personal fields opened; when the newest of what it says was
 * known, its corrections included; and the firm's calendar.
 */
export interface Standing {
  readonly event: Event<string, object>;
  readonly known: Instant;
  readonly calendar: Calendar;
}

/** Where an import sends its commands: the log of this directory, or a service. Commands are carried out in the order in which they are sent. */
export interface Target {
  /** How many commands may be on their way before their answers are looked at. */
  readonly ahead: number;
  /** Types of the events that a batch has so far. */
  batchEvents(batchId: string): Promise<readonly string[]>;
  /** Carries out a command of the import itself, once, under that id. */
  tell(name: string, commandId: string, body: object, source: string): Promise<void>;
  /** The round in which a record's command is to be told: the first one whose event no revert has taken back. */
  roundOf(name: string, source: string, key: string, index: number): Promise<number>;
  /** Sends a command; settles when the next may follow. The batch begins when the first of them has something to record. */
  send(request: Request, batch: ImportBatch): Promise<Sent>;
  /** Asks what a command would come to. */
  check(request: Request): Promise<Sent>;
  /** What a command that was told before says now; undefined where it does not stand. */
  standing(request: Request): Promise<Standing | undefined>;
  /** Ids of persons, in order: those that the vault holds for the source's keys, else new ones. */
  persons(foreign: readonly Foreign[]): Promise<readonly string[]>;
  /** Says that an import is running, or that it is in. */
  importing(on: boolean): void;
  /** Settles when everything told is in the stored views. */
  level(): Promise<void>;
}

/** What a receipt says of its command. */
export const becameOf = ({
  repeated,
  events,
}: Pick<Receipt, 'repeated' | 'events'>): { readonly became: 'recorded' | 'known' } => ({
  became: repeated || events.length === 0 ? 'known' : 'recorded',
});
