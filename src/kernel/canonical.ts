/** Text of a JSON value in canonical form (RFC 8785): keys by UTF-16 order, no white space, ES number form. Written directly, because an object with integer-like keys would re-order them. */
export function canonical(value: unknown): string {
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
    text += (i ? ',' : '') + (value === undefined ? 'null' : canonical(value));
  }
  return `${text}]`;
}

function members(object: Record<string, unknown>, written?: readonly [key: string, text: string]): string {
  const keys = Object.keys(object).sort();
  let text = '{';
  for (const key of keys) {
    const value = object[key];
    if (value === undefined) continue;
    text += (text.length > 1 ? ',' : '') + beginning(key) + (key === written?.[0] ? written[1] : canonical(value));
  }
  return `${text}}`;
}

/** Canonical text of an object one of whose members was read from a text: where that one is canonical it is taken as it is. */
export function canonicalWith(object: Record<string, unknown>, key: string, text: string): string {
  return isCanonical(object[key], text) ? members(object, [key, text]) : members(object);
}

/** Whether a text is the canonical form of the value that was read from it. */
const isCanonical = (value: unknown, text: string): boolean => JSON.stringify(value) === text && inOrder(value);

/** Whether the keys of all objects in a value come in canonical order. */
function inOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(inOrder);
  let before: string | undefined;
  for (const key of Object.keys(value)) {
    if (before !== undefined && before > key) return false;
    before = key;
    if (!inOrder((value as Record<string, unknown>)[key])) return false;
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
