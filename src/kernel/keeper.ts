import { once } from './figures.js';

/** Something read while a part was made: a field of a state, or another part. */
interface Read {
  /** The step in which it may last have changed. */
  changed: number;
  /** By which making it was last noted as read. */
  by: number;
}

/** A field of a state. */
interface Field extends Read {
  /** Whether it ever held more than a few plain figures. */
  large: boolean;
}

/** A part that is kept: how it is made, what it read, and what came of it. */
interface Part extends Read {
  make: () => unknown;
  reads: Read[];
  madeAt: number;
  checkedAt: number;
  value: unknown;
  /** What the value was when it was made: a value may hold pieces of a state, which go on. */
  copy: unknown;
}

/** Keepers by the states that they hand out for reading. */
const keepers = new WeakMap<object, Keeper>();

/**
 * A part of a view that costs something to make. Where a state goes on event by event and the same figure is asked for after each
 * (`explain`), it is made again only when a field of a state that it read was touched; everywhere else it is simply made. `make` may
 * read the state, other states handed over with it, and what never changes at one moment: nothing else that was made of states before.
 * The key names the part and whatever it depends on besides.
 */
export function kept<T>(state: object, key: string, make: () => T): T {
  const keeper = keepers.get(state);
  return keeper === undefined ? make() : keeper.part(key, make);
}

/** The same for a part that is asked for several times while one view is made: where no state goes on it is made once. */
export function keeping<T>(state: object, key: string, make: () => T): () => T {
  return keepers.has(state) ? () => kept(state, key, make) : once(make);
}

/**
 * Something remembered for as long as a state is followed, made when first asked for; undefined where no state goes on. It may hold
 * only what can never change, such as what one event weighs at one instant.
 */
export const lasting = <T extends object>(state: object, key: string, make: () => T): T | undefined =>
  keepers.get(state)?.lasting(key, make);

/**
 * Follows states while they go on: notes which fields a fold touches and which a view reads, so that what was made of untouched
 * fields stands. Exact for whatever is a function of the states alone. A fold that looks at a field which is an object counts as
 * touching it, for it may have changed what is inside; a value of a few plain figures is compared with what it was.
 */
export class Keeper {
  private now = 1;
  private reads: Read[] | null = null;
  private making = 0;
  private makings = 0;
  private readonly parts = new Map<string, Part>();
  private readonly memory = new Map<string, object>();
  /** Small values that the fold looked at since the last look, as they were. */
  private looked: { readonly fields: Fields; readonly name: string; readonly was: unknown }[] = [];
  private readonly fields = new WeakMap<object, Fields>();

  /** The state as its fold sees it. */
  folded<S extends object>(state: S): S {
    return this.shown(state, (fields, name) => {
      const field = fieldOf(fields, name);
      return {
        enumerable: true,
        get: () => {
          const value = fields.state[name];
          if (typeof value !== 'object' || value === null || field.changed === this.now) return value;
          if (field.large || !isSmall(value)) {
            field.large = true;
            field.changed = this.now;
          } else if (field.by !== -this.now) {
            field.by = -this.now;
            this.looked.push({ fields, name, was: copyOf(value) });
          }
          return value;
        },
        set: (value: unknown) => {
          field.changed = this.now;
          fields.state[name] = value;
        },
      };
    });
  }

  /** The state as views see it. */
  seen<S extends object>(state: S): S {
    const seen = this.shown(state, (fields, name) => {
      const field = fieldOf(fields, name);
      return {
        enumerable: true,
        get: () => {
          this.note(field);
          return fields.state[name];
        },
      };
    });
    keepers.set(seen, this);
    return seen;
  }

  /** The next event is about to be folded. */
  next(): void {
    this.now++;
  }

  /** Small values that were looked at and are what they were have not been touched. */
  private settle(): void {
    for (const { fields, name, was } of this.looked)
      if (!alike(was, fields.state[name])) fieldOf(fields, name).changed = this.now;
    this.looked = [];
  }

  /** What a part is now: as it was made, or made again where anything it read may have changed. */
  part<T>(key: string, make: () => T): T {
    let part = this.parts.get(key);
    if (part === undefined) {
      part = { make, reads: [], changed: 0, by: 0, madeAt: 0, checkedAt: 0, value: undefined, copy: undefined };
      this.parts.set(key, part);
    }
    part.make = make;
    if (this.looked.length > 0) this.settle();
    this.note(part);
    this.refresh(part);
    return part.value as T;
  }

  lasting<T extends object>(key: string, make: () => T): T {
    const known = this.memory.get(key) ?? make();
    this.memory.set(key, known);
    return known as T;
  }

  private refresh(part: Part): void {
    if (part.checkedAt === this.now) return;
    if (part.madeAt === 0 || part.reads.some((read) => this.changedSince(read, part.madeAt))) this.remake(part);
    part.checkedAt = this.now;
  }

  private changedSince(read: Read, step: number): boolean {
    if ('make' in read) this.refresh(read as Part);
    return read.changed > step;
  }

  private note(read: Read): void {
    if (this.reads === null || read.by === this.making) return;
    read.by = this.making;
    this.reads.push(read);
  }

  private remake(part: Part): void {
    const { reads: outer, making } = this;
    const reads: Read[] = [];
    this.reads = reads;
    this.making = ++this.makings;
    try {
      part.value = part.make();
    } finally {
      this.reads = outer;
      this.making = making;
    }
    part.reads = reads;
    if (part.madeAt === 0 || !alike(part.copy, part.value)) {
      part.changed = this.now;
      part.copy = copyOf(part.value);
    }
    part.madeAt = this.now;
  }

  /** A stand-in with the state's own fields: which there are is settled by `initial`, and none can be added or taken away. */
  private shown<S extends object>(state: S, as: (fields: Fields, name: string) => PropertyDescriptor): S {
    const fields = this.fields.get(state) ?? { state: state as Record<string, unknown>, reads: new Map() };
    this.fields.set(state, fields);
    const described = Object.keys(state).map((name) => [name, as(fields, name)]);
    return Object.preventExtensions(Object.defineProperties({}, Object.fromEntries(described))) as S;
  }
}

/** A state and its fields. */
interface Fields {
  readonly state: Record<string, unknown>;
  readonly reads: Map<string, Field>;
}

function fieldOf({ reads }: Fields, name: string): Field {
  const field = reads.get(name) ?? { changed: 0, by: 0, large: false };
  reads.set(name, field);
  return field;
}

function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value.slice() as unknown[];
    for (let i = 0; i < list.length; i++) if (typeof list[i] === 'object') list[i] = copyOf(list[i]);
    return list;
  }
  if (!isPlain(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = copyOf(value[key]);
  return copy;
}

/** Whether a value is what the copy was taken of: to the last bit and in the same order. Anything but plain data is not. */
function alike(copy: unknown, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Object.is(copy, value);
  if (Array.isArray(value)) {
    if (!Array.isArray(copy) || copy.length !== value.length) return false;
    for (let i = value.length - 1; i >= 0; i--)
      if (!Object.is(copy[i], value[i]) || typeof value[i] === 'object') if (!alike(copy[i], value[i])) return false;
    return true;
  }
  if (!isPlain(value) || !isPlain(copy)) return false;
  const keys = Object.keys(value);
  const before = Object.keys(copy);
  return keys.length === before.length && keys.every((key, i) => key === before[i] && alike(copy[key], value[key]));
}

/** A value of a few plain figures, such as a mark or a calendar: compared sooner than made again. */
function isSmall(value: object): boolean {
  let left = 4;
  for (const key in value) {
    if (left-- === 0) return false;
    const inner = (value as Record<string, unknown>)[key];
    if (typeof inner === 'object' && inner !== null) return false;
  }
  return true;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
