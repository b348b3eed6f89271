import { type FieldError, Refusal } from './refusal.js';

/** Limits of what is read from outside (`evidence.md` §4). */
export const limits = { depth: 20, text: 8_000, list: 1_000, bodyBytes: 65_536 } as const;

/**
 * Reads JSON strictly: no duplicate or `__proto__` keys, no lone surrogates, no `-0`, no numbers that would lose digits, nothing too
 * deep or too long. Refuses `request/malformed` naming every place, so that what is stored is what was meant.
 */
export function parseStrict(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed([
      {
        pointer: '',
        code: 'json',
        detail: `This is no JSON: ${error instanceof Error ? error.message : String(error)}`,
      },
    ]);
  }
  const errors: FieldError[] = [];
  const keys = walk(value, '', 1, errors);
  if (errors.length === 0 && keys !== keysIn(text)) {
    const twice = duplicate(text);
    errors.push({
      pointer: twice.pointer,
      code: 'duplicateKey',
      detail: `The key ${JSON.stringify(twice.key)} stands twice in one object; say it once`,
    });
  }
  if (errors.length > 0) throw malformed(errors);
  return value;
}

const malformed = (errors: readonly FieldError[]): Refusal =>
  new Refusal('request/malformed', errors[0]!.detail, { errors });

/** Counts the keys of a value and notes what must not be in it. */
function walk(value: unknown, pointer: string, depth: number, errors: FieldError[]): number {
  const note = (code: string, detail: string) => errors.push({ pointer, code, detail });
  if (typeof value === 'string') {
    if (value.length > limits.text)
      note('tooLong', `Text has at most ${limits.text} characters, this has ${value.length}`);
    else if (!value.isWellFormed()) note('surrogate', 'Text must be well-formed Unicode; this has a lone surrogate');
    return 0;
  }
  if (typeof value === 'number') {
    if (Object.is(value, -0)) note('negativeZero', 'Write 0 instead of -0');
    else if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
      note('number', 'Whole numbers go to 9007199254740991; larger ones lose digits');
    return 0;
  }
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > limits.depth) {
    note('tooDeep', `JSON is at most ${limits.depth} levels deep`);
    return 0;
  }
  if (Array.isArray(value)) {
    if (value.length > limits.list)
      note('tooLong', `A list has at most ${limits.list} items, this has ${value.length}`);
    let count = 0;
    for (let i = 0; i < Math.min(value.length, limits.list); i++)
      count += walk(value[i], `${pointer}/${i}`, depth + 1, errors);
    return count;
  }
  let count = 0;
  for (const key of Object.keys(value)) {
    count += 1;
    const here = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (key === '__proto__' || key === 'constructor')
      errors.push({ pointer: here, code: 'key', detail: `${key} cannot be a key` });
    else if (!key.isWellFormed())
      errors.push({ pointer: here, code: 'surrogate', detail: 'Keys must be well-formed Unicode' });
    else count += walk((value as Record<string, unknown>)[key], here, depth + 1, errors);
  }
  return count;
}

/** Keys that stand in the text, counting duplicates: texts that are followed by a colon. */
function keysIn(text: string): number {
  let count = 0;
  for (let i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i)) {
    i = endOfText(text, i);
    let after = i;
    while (after < text.length && text.charCodeAt(after) <= 32) after++;
    if (text.charCodeAt(after) === 58) count++;
  }
  return count;
}

/** Index after the closing quote of the text that begins at an index. */
function endOfText(text: string, start: number): number {
  for (let i = start + 1; ; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i + 1;
  }
}

/** The first key that stands twice in one object, found by a slow second reading. */
function duplicate(text: string): { key: string; pointer: string } {
  const stack: { keys: Set<string>; pointer: string; index: number; key: string; list: boolean }[] = [];
  for (let i = 0; i < text.length; i++) {
    const top = stack.at(-1);
    const char = text[i];
    const pointer = top ? `${top.pointer}/${top.list ? top.index : top.key}` : '';
    if (char === '{' || char === '[') stack.push({ keys: new Set(), pointer, index: 0, key: '', list: char === '[' });
    else if (char === '}' || char === ']') stack.pop();
    else if (char === ',' && top?.list) top.index++;
    else if (char === '"') {
      const end = endOfText(text, i);
      const said = JSON.parse(text.slice(i, end)) as string;
      const colon = /^\s*:/.test(text.slice(end, end + 64));
      if (colon && top && !top.list) {
        if (top.keys.has(said)) return { key: said, pointer: `${top.pointer}/${said}` };
        top.keys.add(said);
        top.key = said;
      }
      i = end - 1;
    }
  }
  return { key: '', pointer: '' };
}
