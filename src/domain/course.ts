import type { Instant } from '../kernel/instant.js';

/** One change of a value: from when the new one holds. */
export interface Turn<T> {
  readonly from: Instant;
  readonly value: T;
}

/**
 * The course of a value over valid time. Facts may be told late, so turns are kept in order of when they hold, not of when they
 * were told; of two from the same instant the one told later wins.
 */
export class Course<T> {
  private readonly list: Turn<T>[] = [];

  /** Says that the value holds from an instant on. */
  turn(from: Instant, value: T): void {
    let i = this.list.length;
    while (i > 0 && this.list[i - 1]!.from > from) i--;
    this.list.splice(i, 0, { from, value });
  }

  /** The turn in force at an instant. */
  turnAt(at: Instant): Turn<T> | undefined {
    return this.list.findLast((turn) => turn.from <= at);
  }

  /** The value in force at an instant; undefined before the first turn. */
  at(at: Instant): T | undefined {
    return this.turnAt(at)?.value;
  }

  /** The value in force at an instant, or the first ever told of where nothing had been yet. */
  atOrFirst(at: Instant): T | undefined {
    return this.at(at) ?? this.list[0]?.value;
  }

  /** The next turn after an instant. */
  after(at: Instant): Turn<T> | undefined {
    return this.list.find((turn) => turn.from > at);
  }

  /** The value in the end, whatever lies ahead of now included. */
  last(): T | undefined {
    return this.list.at(-1)?.value;
  }

  /** All turns in order of time. */
  turns(): readonly Turn<T>[] {
    return this.list;
  }
}
