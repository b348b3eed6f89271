import type { Box, Event, Sealed } from '../kernel/event.js';
import { open } from './seal.js';
import type { KeyOf } from './vault.js';

/** What stands where a personal field cannot be read: destroyed for good, or out of reach for now. */
export type Placeholder = { readonly erased: true; readonly keyId: string } | { readonly sealed: true };

type Fields = Record<string, unknown>;
/** Personal paths by name: the field is personal as a whole, or has personal fields inside (of each item, where it is a list). */
type Tree = Map<string, Tree | 'whole'>;

/**
 * Divides data into what is open and what is personal (undefined where nothing is). `merge` is its inverse. A list with personal
 * fields inside stays in both, item by item; null stands in the personal one for an item without any.
 */
export function split(paths: readonly string[], data: object): { open: object; personal: object | undefined } {
  const [rest, personal] = divide(treeOf(paths), data);
  return personal === undefined ? { open: data, personal } : { open: rest as object, personal };
}

function divide(tree: Tree, value: unknown): [rest: unknown, personal: object | undefined] {
  if (Array.isArray(value)) {
    const items = value.map((item) => divide(tree, item));
    const some = items.some(([, personal]) => personal !== undefined);
    return [items.map(([rest]) => rest), some ? items.map(([, personal]) => personal ?? null) : undefined];
  }
  if (!isObject(value)) return [value, undefined];
  const rest: [string, unknown][] = [];
  const personal: [string, unknown][] = [];
  for (const [name, inner] of Object.entries(value)) {
    const branch = tree.get(name);
    if (branch === 'whole' && inner !== undefined) personal.push([name, inner]);
    else if (branch === undefined || branch === 'whole') rest.push([name, inner]);
    else {
      const [innerRest, innerPersonal] = divide(branch, inner);
      rest.push([name, innerRest]);
      if (innerPersonal !== undefined) personal.push([name, innerPersonal]);
    }
  }
  return [Object.fromEntries(rest), personal.length > 0 ? Object.fromEntries(personal) : undefined];
}

/** Puts what `split` took back in its place. */
export const merge = (rest: object, personal: object): object => join(rest, personal) as object;

function join(rest: unknown, personal: unknown): unknown {
  if (rest === undefined) return personal;
  if (personal === null) return rest;
  if (Array.isArray(rest) && Array.isArray(personal)) return rest.map((item, i) => join(item, personal[i] ?? null));
  if (!isObject(rest) || !isObject(personal)) return personal;
  const own = Object.entries(personal).map(
    ([name, value]) => [name, Object.hasOwn(rest, name) ? join(rest[name], value) : value] as const,
  );
  return Object.fromEntries([...Object.entries(rest), ...own]);
}

/** The data with the placeholder wherever its class may have a personal field: which of the optional ones were there, nobody can say any more. */
export const placeholders = (paths: readonly string[], data: object, placeholder: Placeholder): object =>
  place(treeOf(paths), data, placeholder) as object;

function place(tree: Tree, value: unknown, placeholder: Placeholder): unknown {
  if (Array.isArray(value)) return value.map((item) => place(tree, item, placeholder));
  if (!isObject(value)) return value;
  const result = { ...value };
  for (const [name, branch] of tree) {
    if (branch === 'whole') result[name] = placeholder;
    else if (name in result) result[name] = place(branch, result[name], placeholder);
  }
  return result;
}

/**
 * The event with its personal fields readable, or placeholders where they are not; the same event where it has no box. Boxes of
 * corrections (`{reason, set}`) come after the original's and win field by field. A correction that cannot be read may have
 * changed any text of its event, so all of it reads as the placeholder unless a later correction told it again.
 */
export function openEvent<E extends Event<string, object>>(event: E, keyOf: KeyOf, paths: readonly string[]): E {
  const { boxes: effective, ...bare } = event;
  const { sealed, ...data } = event.data as Fields & { sealed?: Sealed };
  const boxes: readonly Box[] = effective ?? (sealed ? [{ entry: event, sealed, replaced: [] }] : []);
  if (boxes.length === 0) return event;
  const tree = treeOf(paths);
  const told = new Map<string, { readonly value: unknown } | { readonly placeholder: Placeholder }>();
  boxes.forEach((box, i) => {
    const content = open(box.entry, box.sealed, keyOf);
    const original = box.entry.id === event.id;
    if (content.state === 'open') {
      const fields = original ? content.data : ((content.data.set ?? {}) as Fields);
      for (const [name, value] of Object.entries(fields)) if (!box.replaced.includes(name)) told.set(name, { value });
      return;
    }
    const placeholder: Placeholder =
      content.state === 'erased' ? { erased: true, keyId: content.keyId } : { sealed: true };
    const held = original ? () => true : mayHold(boxes[i - 1], tree);
    for (const name of tree.keys()) if (!box.replaced.includes(name) && held(name)) told.set(name, { placeholder });
  });
  let shown: object = data;
  for (const [name, what] of told) {
    if ('value' in what) shown = merge(shown, { [name]: what.value });
    else shown = place(new Map([[name, tree.get(name)!]]), shown, what.placeholder) as object;
  }
  return { ...bare, data: shown } as E;
}

/**
 * Which fields an unreadable correction may hold. A field personal as a whole is named in the open only when it was unset; one with
 * personal fields inside always is when it was set. The names stand in what the box before it lost.
 */
function mayHold(before: Box | undefined, tree: Tree): (name: string) => boolean {
  return (name) =>
    tree.get(name) === 'whole' ? !before?.replaced.includes(name) : (before?.replaced.includes(name) ?? true);
}

const trees = new WeakMap<readonly string[], Tree>();

function treeOf(paths: readonly string[]): Tree {
  const known = trees.get(paths);
  if (known) return known;
  const root: Tree = new Map();
  for (const path of paths) {
    const names = path.replaceAll('[]', '').split('.');
    const last = names.pop()!;
    let tree = root;
    for (const name of names) {
      const branch = tree.get(name);
      const next: Tree = branch instanceof Map ? branch : new Map();
      if (next !== branch) tree.set(name, next);
      tree = next;
    }
    tree.set(last, 'whole');
  }
  trees.set(paths, root);
  return root;
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
