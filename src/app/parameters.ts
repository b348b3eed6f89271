import { iso } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';

/** Refuses query parameters that a view or report does not know, naming those that it does: a misspelt one would be answered as if it were not there. */
export function checkParameters(
  name: string,
  known: readonly string[],
  given: Readonly<Record<string, string>>,
  choices: Readonly<Record<string, readonly string[]>> = {},
): void {
  for (const [parameter, words] of Object.entries(choices)) {
    const told = given[parameter];
    if (told !== undefined) checkWord(parameter, told, words);
  }
  const unknown = Object.keys(given).filter((one) => !known.includes(one));
  if (unknown.length === 0) return;
  const has = known.length > 0 ? `; it has ${known.join(', ')}` : '';
  throw new Refusal('request/unknown-parameter', `${name} has no parameter ${unknown.join(', ')} of its own${has}`, {
    errors: unknown.map((one) => ({ pointer: `?${one}`, code: 'unknown', detail: 'leave it out' })),
  });
}

/** Refuses a word that is none of those a parameter takes. */
export function checkWord(parameter: string, word: string, words: readonly string[]): void {
  if (!words.includes(word)) throw invalid(parameter, `${parameter} must be ${words.join(' or ')}, not ${word}`);
}

/** The refusal of a parameter's value. */
export const invalid = (parameter: string, detail: string): Refusal =>
  new Refusal('view/parameter-invalid', detail, { errors: [{ pointer: `?${parameter}`, code: 'choice', detail }] });

/** Refuses a window that ends before it begins. */
export function checkWindow(from: number | null, to: number | null): void {
  if (from === null || to === null || from < to) return;
  throw invalid('to', 'The window ends before it begins: to must not come before from');
}

/** Refuses to look from an instant on that comes after the moment looked from. */
export function checkFrom(from: number | null | undefined, asOf: number): void {
  if (from === null || from === undefined || from <= asOf) return;
  const detail = `from ${iso(from)} is after asOf ${iso(asOf)}; give an earlier one`;
  throw new Refusal('view/parameter-invalid', detail, {
    errors: [{ pointer: '?from', code: 'order', detail: 'give an instant before asOf' }],
  });
}
