import { Refusal } from '../kernel/refusal.js';

/** Refuses query parameters that a view or report does not know, naming those that it does: a misspelt one would be answered as if it were not there. */
export function checkParameters(name: string, known: readonly string[], given: Readonly<Record<string, string>>): void {
  const unknown = Object.keys(given).filter((one) => !known.includes(one));
  if (unknown.length === 0) return;
  const has = known.length > 0 ? `; it has ${known.join(', ')}` : '';
  throw new Refusal('request/unknown-parameter', `${name} has no parameter ${unknown.join(', ')} of its own${has}`, {
    errors: unknown.map((one) => ({ pointer: `?${one}`, code: 'unknown', detail: 'leave it out' })),
  });
}
