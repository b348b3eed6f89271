import type { Event, EventOf } from '../../src/kernel/event.js';
import { exponentOf, type Money } from '../../src/kernel/money.js';

/** One line of the timeline, in both languages. */
export interface Line {
  readonly en: string;
  readonly zh: string;
}

/** A line for every event of a topic: a missing one does not compile. Personal fields may be text, a placeholder, or absent. */
export type Lines<E extends Event<string, object>> = { readonly [T in E['type']]: (event: EventOf<E, T>) => Line };

/** A personal field as a reader sees it: its text, or what became of it. */
export function shown(value: unknown): Line {
  if (typeof value === 'string') return { en: value, zh: value };
  if (typeof value === 'object' && value !== null && 'minor' in value) {
    const text = amountText(value as Money);
    return { en: text, zh: text };
  }
  if (typeof value === 'object' && value !== null && 'erased' in value) return { en: '[erased]', zh: '〔已删除〕' };
  return { en: '[sealed]', zh: '〔已加密〕' };
}

/** An amount as text: `1234.56 EUR`, by the currency's exponent, the same in every language. */
export function amountText({ minor, currency }: Money): string {
  const digits = exponentOf(currency) ?? 2;
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const part = digits > 0 ? `.${text.slice(-digits)}` : '';
  return `${minor < 0 ? '-' : ''}${whole}${part} ${currency}`;
}

/** The day of an instant as stored text; of a bound, the last day that it includes. */
export function dayText(at: string, bound = false): string {
  return bound ? new Date(Date.parse(at) - 1).toISOString().slice(0, 10) : at.slice(0, 10);
}

/** A line with its reason after it, where one was given. */
export function because(line: Line, reason: unknown): Line {
  if (reason === undefined) return line;
  const why = shown(reason);
  return { en: `${line.en}: ${why.en}`, zh: `${line.zh}:${why.zh}` };
}
