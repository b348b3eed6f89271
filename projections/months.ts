import { type Calendar, MINUTE_MS } from '../src/kernel/instant.js';
import type { Instant } from '../src/kernel/instant.js';

/** The same time of day so many months later (earlier where negative) in the firm's calendar; the last day of a shorter month. */
export function monthsLater(at: Instant, months: number, { utcOffsetMin }: Calendar): Instant {
  const local = new Date(at + utcOffsetMin * MINUTE_MS);
  const month = local.getUTCFullYear() * 12 + local.getUTCMonth() + months;
  const first = Date.UTC(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
  const length = new Date(Date.UTC(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 0)).getUTCDate();
  const ofDay = (((at + utcOffsetMin * MINUTE_MS) % 86_400_000) + 86_400_000) % 86_400_000;
  return first + (Math.min(local.getUTCDate(), length) - 1) * 86_400_000 + ofDay - utcOffsetMin * MINUTE_MS;
}
