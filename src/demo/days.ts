import { DAY_MS, iso } from '../kernel/instant.js';

/** The last day of the demo; nothing in it happens later, whatever the clock says. */
export const lastDay = '2026-11-20';

/** The day some days after another; both as `2026-11-20`. */
export const plus = (day: string, days: number): string => iso(Date.parse(day) + days * DAY_MS).slice(0, 10);

/** Months from one to another, both included, in steps: `2024-03`, `2024-04` … */
export function months(from: string, to: string, step = 1): string[] {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  const list: string[] = [];
  for (let n = number(from); n <= number(to); n += step)
    list.push(`${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`);
  return list;
}

/** Days from one on, in steps, before another. */
export function days(from: string, to: string, step: number): string[] {
  const list: string[] = [];
  for (let day = from; day < to && day <= lastDay; day = plus(day, step)) list.push(day);
  return list;
}

/** Years between two days, as a fraction. */
export const years = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / (365.25 * DAY_MS);

/** A whole number of [0, sides) that a text always gives: the demo's dice fall the same every time. */
export function roll(text: string, sides: number): number {
  let mixed = 0x811c9dc5;
  for (const letter of text) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % sides;
}

/** Amounts of money are whole tens: `base` give or take a share of it. */
export const about = (text: string, base: number, share: number): number =>
  Math.round((base * (1 + share * (roll(text, 2001) / 1000 - 1))) / 10) * 10;
