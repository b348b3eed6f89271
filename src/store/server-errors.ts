import { Refusal } from '../kernel/refusal.js';

/** The stream is not where the append expected it. -1: it does not exist. */
export class Elsewhere extends Error {
  constructor(readonly actual: number) {
    super(`The stream is at ${actual}`);
  }
}

/** A call that was not answered in time: what it asked for may have happened or not. */
export class Unanswered extends Error {
  readonly type = 'unanswered';
}

/** The client's own word for an error; undefined where it has none. Never `instanceof`: the shapes are many. */
export const typeOf = (error: unknown): string | undefined => (error as { type?: string } | null)?.type;

/** What an error says, without the stack. */
export function saysOf(error: unknown): string {
  const { message, type, code } = error as { message?: string; type?: string; code?: unknown };
  return message || type || (code === undefined ? String(error) : `code ${code}`);
}

/** The refusal of an error that no repetition will cure; undefined for all others, after which nothing is known and the same must be tried again. */
export function finalRefusal(error: unknown, stream: string): Refusal | undefined {
  if (error instanceof Refusal) return error;
  switch (typeOf(error)) {
    case 'stream-deleted':
      return diverged(goneForEver(stream));
    case 'access-denied':
      return new Refusal(
        'log/unavailable',
        `The server denies access to stream ${stream}; give the user in TAPROOT_STORE the right to read and write it`,
      );
    case 'maximum-append-size-exceeded':
      return new Refusal(
        'command/too-large',
        "The command's events are more than the server takes in one append; tell it in several commands",
      );
    default:
      return undefined;
  }
}

/** What the server has and what the ledger has cannot both be: nothing is guessed, everything stops. */
export const diverged = (sentence: string): Refusal => new Refusal('log/diverged', sentence);

/** What is said of a stream that has a tombstone. */
export const goneForEver = (stream: string): string =>
  `Stream ${stream} was deleted on the server for ever; restore the server from a backup that has it, or move the log to a new one from this ledger`;

/** The server did not answer for as long as a command may wait. */
export function unreachable(error: unknown, ambiguous: boolean): Refusal {
  const then = ambiguous
    ? 'send the command again with the same commandId: should it have been recorded meanwhile, it is recognised'
    : 'try again in a moment';
  return new Refusal('log/unavailable', `The event store cannot be reached (${saysOf(error)}); ${then}`);
}

/** Waits, and a random part more or less, so that many nodes do not come back at once. */
export function pause(ms: number): Promise<void> {
  return new Promise((settle) => {
    setTimeout(settle, ms * (0.5 + Math.random()));
  });
}

/** What a call comes to, or `Unanswered` after so many ms: the client's own deadlines do not fire against a frozen server. */
export function inTime<T>(call: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Unanswered('no answer in time')), ms);
  });
  call.catch(() => undefined);
  return Promise.race([call, late]).finally(() => clearTimeout(timer));
}

/** Wait before the next try, in ms: 50, 100, 200 … 1,000. */
export const backoffMs = (tried: number): number => Math.min(50 * 2 ** tried, 1_000);
