import { Refusal } from './refusal.js';

/** What a JSON pointer (RFC 6901) finds in an answer; undefined where nothing stands there. */
export function figureAt(view: unknown, pointer: string): unknown {
  if (pointer !== '' && !pointer.startsWith('/')) {
    throw new Refusal('view/parameter-invalid', `figure must be a JSON pointer such as /total/net, not ${pointer}`, {
      errors: [{ pointer: '?figure', code: 'pointer', detail: 'begin it with /' }],
    });
  }
  let here: unknown = view;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
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

/**
 * An answer whose parts are made when someone looks at them, once. Reading one figure of a large view then costs that figure
 * alone, which is what `explain` and `series` do thousands of times; JSON shows all parts as always.
 */
export function whenSeen<T extends object>(parts: { readonly [K in keyof T]: () => T[K] }): T {
  const target = {} as T;
  for (const name of Object.keys(parts) as (keyof T)[]) addWhenSeen(target, name, parts[name]);
  return target;
}

/** Adds one part that is made when someone looks at it, once. */
export function addWhenSeen<T extends object, K extends keyof T>(target: T, name: K, make: () => T[K]): void {
  let made: { readonly value: T[K] } | undefined;
  const get = () => {
    made ??= { value: make() };
    return made.value;
  };
  Object.defineProperty(target, name, { get, enumerable: true });
}
