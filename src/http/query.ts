import type { Calendar, Instant } from '../kernel/instant.js';
import { readWhen } from '../kernel/instant.js';
import type { Moment } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';

/** Query parameters as they come. */
export type Query = Readonly<Record<string, string | string[] | undefined>>;

const bad = (name: string, code: string, detail: string): Refusal =>
  new Refusal('view/parameter-invalid', detail, { errors: [{ pointer: `?${name}`, code, detail }] });

/** One parameter as text; refused where it is given twice. */
export function text(query: Query, name: string): string | undefined {
  const value = query[name];
  if (Array.isArray(value)) throw bad(name, 'twice', `${name} is given twice; give it once`);
  return value === '' ? undefined : value;
}

/** A whole number in [min, max]. */
export function whole(query: Query, name: string, fallback: number, min: number, max: number): number {
  const value = text(query, name);
  if (value === undefined) return fallback;
  if (!/^\d{1,15}$/.test(value) || Number(value) < min || Number(value) > max)
    throw bad(name, 'whole', `${name} must be a whole number from ${min} to ${max}`);
  return Number(value);
}

/** One of a few words. */
export function choice<T extends string>(query: Query, name: string, values: readonly T[], fallback: T): T {
  const value = text(query, name);
  if (value === undefined) return fallback;
  if (!values.includes(value as T)) throw bad(name, 'choice', `${name} must be one of ${values.join(', ')}`);
  return value as T;
}

/** An instant or a bare date, read as the last instant of its day. */
export function when(
  query: Query,
  name: string,
  calendar: Calendar,
  reading: 'last' | 'start' | 'bound' = 'last',
): Instant | undefined {
  const value = text(query, name);
  if (value === undefined) return undefined;
  const at = readWhen(value, reading, calendar);
  if (at === null)
    throw bad(
      name,
      'when',
      `${name} must be an instant such as 2026-03-31T00:00:00Z or a date such as 2026-03-31 that exists`,
    );
  if (at > latest)
    throw bad(
      name,
      'far',
      `${name} lies too far ahead; series would have to be drawn up to it. Give a day before 2200`,
    );
  return at;
}

/** No moment is looked at from further ahead: what is drawn quarter by quarter ends somewhere. */
const latest = Date.UTC(2200, 0, 1);

/** The moment that `asOf` and `knownAt` name; `knownAt` may be a position. Default: now, with everything told so far. */
export function momentOf(query: Query, now: Instant, calendar: Calendar): Moment {
  const known = text(query, 'knownAt');
  const knownAt =
    known !== undefined && /^\d{1,15}$/.test(known) ? { position: Number(known) } : when(query, 'knownAt', calendar);
  return { asOf: when(query, 'asOf', calendar) ?? now, knownAt: knownAt ?? now };
}

/** Refuses parameters that the route does not know, so that a typing error is not silently ignored. */
export function only(query: Query, ...names: readonly string[]): void {
  for (const name of Object.keys(query)) {
    if (!names.includes(name)) {
      throw new Refusal(
        'request/unknown-parameter',
        `${name} is no parameter of this route; it takes ${names.join(', ') || 'none'}`,
        { errors: [{ pointer: `?${name}`, code: 'unknown', detail: 'leave it out' }] },
      );
    }
  }
}
