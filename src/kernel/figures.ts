import { Refusal } from './refusal.js';

/** What a JSON pointer (RFC 6901) finds in an answer; undefined where nothing stands there. */
export function figureAt(view: unknown, pointer: string): unknown {
  return valueAt(view, pathOf(pointer));
}

/** The names on the way to a figure, from the outermost on. */
export function pathOf(pointer: string): readonly string[] {
  if (pointer !== '' && !pointer.startsWith('/')) {
    throw new Refusal('view/parameter-invalid', `figure must be a JSON pointer such as /total/net, not ${pointer}`, {
      errors: [{ pointer: '?figure', code: 'pointer', detail: 'begin it with /' }],
    });
  }
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What stands at the end of a path of names. */
export function valueAt(view: unknown, path: readonly string[]): unknown {
  let here: unknown = view;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** Every number, text, flag and null of an answer by its pointer. */
export function figuresIn(view: unknown, pointer = ''): Map<string, unknown> {
  const found = new Map<string, unknown>();
  collect(view, pointer, found);
  return found;
}

function collect(value: unknown, pointer: string, into: Map<string, unknown>): void {
  if (typeof value !== 'object' || value === null) {
    into.set(pointer, value);
    return;
  }
  for (const [key, inner] of Object.entries(value))
    collect(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, into);
}

/** b − a of two figures: exact for integers; null where either is no number. */
export function difference(a: unknown, b: unknown): number | null {
  return typeof a === 'number' && typeof b === 'number' ? b - a : null;
}

/** What `make` gives, made when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * An answer whose parts are made when someone looks at them, once. Reading one figure of a large view then costs that figure
 * alone, which is what `explain` and `series` do thousands of times; JSON shows all parts as always.
 */
export function whenSeen<T extends object>(parts: { readonly [K in keyof T]: () => T[K] }): T {
  return new Proxy(new Unseen(parts as Makers, undefined), oneByOne) as unknown as T;
}

/** The same for a list: an answer for each item, all made in the same way of theirs. */
export function eachWhenSeen<T extends object, I>(
  items: readonly I[],
  parts: { readonly [K in keyof T]: (item: I) => T[K] },
): T[] {
  return items.map((item) => new Proxy(new Unseen(parts as Makers, item), oneByOne) as unknown as T);
}

/** Fields that an answer may have, separated by spaces, and how those it does have are made, together. */
export type PartOf<I> = readonly [fields: string, make: (item: I) => object];

/**
 * The same as `whenSeen` where a figure may be missing, or a reason stands beside it only sometimes. The answer has the fields that
 * its parts do have, in the order in which they are named.
 */
export function inParts<T extends object>(parts: readonly PartOf<undefined>[]): T {
  return eachInParts<T, undefined>([undefined], parts)[0]!;
}

/** The same for a list: an answer for each item, all made in the same way of theirs. */
export function eachInParts<T extends object, I>(items: readonly I[], parts: readonly PartOf<I>[]): T[] {
  const places = new Map<PropertyKey, number>();
  parts.forEach(([fields], place) => {
    for (const field of fields.split(' ')) places.set(field, place);
  });
  return items.map((item) => new Proxy(new Parted(parts as never, places, item), together) as unknown as T);
}

type Makers = Readonly<Record<PropertyKey, (item?: unknown) => unknown>>;

/** Makers of the parts of an answer, and the parts that somebody has looked at. */
class Unseen {
  readonly made: Record<PropertyKey, unknown> = {};

  constructor(
    readonly makers: Makers,
    private readonly item: unknown,
  ) {}

  part(name: PropertyKey): unknown {
    if (Object.hasOwn(this.made, name)) return this.made[name];
    if (!Object.hasOwn(this.makers, name)) return (Object.prototype as Record<PropertyKey, unknown>)[name];
    this.made[name] = this.makers[name]!(this.item);
    return this.made[name];
  }
}

/** The parts of an answer, and those that somebody has looked at. */
class Parted {
  private readonly made: Record<PropertyKey, unknown>[] = [];

  constructor(
    private readonly parts: readonly PartOf<unknown>[],
    private readonly places: ReadonlyMap<PropertyKey, number>,
    private readonly item: unknown,
  ) {}

  /** The part that has a field, if it does have it. */
  having(name: PropertyKey): Record<PropertyKey, unknown> | undefined {
    const place = this.places.get(name);
    if (place === undefined) return undefined;
    this.made[place] ??= this.parts[place]![1](this.item) as Record<PropertyKey, unknown>;
    return Object.hasOwn(this.made[place], name) ? this.made[place] : undefined;
  }

  names(): PropertyKey[] {
    return [...this.places.keys()].filter((name) => this.having(name) !== undefined);
  }
}

const oneByOne: ProxyHandler<Unseen> = {
  get: (unseen, name) => unseen.part(name),
  has: (unseen, name) => Object.hasOwn(unseen.makers, name) || name in Object.prototype,
  getOwnPropertyDescriptor: (unseen, name) =>
    Object.hasOwn(unseen.makers, name)
      ? { get: () => unseen.part(name), enumerable: true, configurable: true }
      : undefined,
  ownKeys: ({ makers }) => Reflect.ownKeys(makers),
  getPrototypeOf: () => Object.prototype,
};

const together: ProxyHandler<Parted> = {
  get: (parted, name) => {
    const part = parted.having(name);
    return part === undefined ? (Object.prototype as Record<PropertyKey, unknown>)[name] : part[name];
  },
  has: (parted, name) => parted.having(name) !== undefined || name in Object.prototype,
  getOwnPropertyDescriptor: (parted, name) => {
    const part = parted.having(name);
    return part && { value: part[name], enumerable: true, configurable: true, writable: true };
  },
  ownKeys: (parted) => parted.names() as string[],
  getPrototypeOf: () => Object.prototype,
};
