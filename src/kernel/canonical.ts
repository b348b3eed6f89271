/** Text of a JSON value in canonical form (RFC 8785): keys by UTF-16 order, no white space, ES number form. */
export const canonical = (value: unknown): string => (inOrder(value) ? JSON.stringify(value) : ordered(value));

/** The same, written part by part, because an object with integer-like keys would re-order them. */
function ordered(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('JSON has no NaN or Infinity');
      return Object.is(value, -0) ? '0' : String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? list(value) : members(value as Record<string, unknown>);
    default:
      throw new TypeError(`JSON has no ${typeof value}`);
  }
}

function list(values: readonly unknown[]): string {
  let text = '[';
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    text += (i ? ',' : '') + (value === undefined ? 'null' : ordered(value));
  }
  return `${text}]`;
}

function members(object: Record<string, unknown>, written?: readonly [key: string, text: string]): string {
  const keys = Object.keys(object).sort();
  let text = '{';
  for (const key of keys) {
    const value = object[key];
    if (value === undefined) continue;
    text += (text.length > 1 ? ',' : '') + beginning(key) + (key === written?.[0] ? written[1] : ordered(value));
  }
  return `${text}}`;
}

/** Canonical text of an object one of whose members was read from a text: where that one is canonical it is taken as it is. */
export function canonicalWith(object: Record<string, unknown>, key: string, text: string): string {
  return isCanonical(object[key], text) ? members(object, [key, text]) : members(object);
}

/** Whether a text is the canonical form of the value that was read from it. */
const isCanonical = (value: unknown, text: string): boolean => JSON.stringify(value) === text && inOrder(value);

/** Whether a value is plain JSON and the keys of all its objects come in canonical order, so that the engine writes the canonical form. */
function inOrder(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      return value === null || (Array.isArray(value) ? value.every(inOrder) : keysInOrder(value));
    default:
      return false;
  }
}

function keysInOrder(object: object): boolean {
  if ('toJSON' in object) return false;
  let before: string | undefined;
  for (const key of Object.keys(object)) {
    if (before !== undefined && before > key) return false;
    before = key;
    if (!inOrder((object as Record<string, unknown>)[key])) return false;
  }
  return true;
}

/** Keys as they are written, with their colon: names of fields come again and again, others are few. */
const beginnings = new Map<string, string>();

function beginning(key: string): string {
  const known = beginnings.get(key);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(key)}:`;
  if (beginnings.size < 4_096) beginnings.set(key, text);
  return text;
}

/** True where two JSON values are the same in canonical form. */
export function sameJson(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}
