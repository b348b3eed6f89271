/** A point in time: milliseconds since 1970-01-01T00:00:00Z, UTC, without leap seconds. */
export type Instant = number;

export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

/** The far ends of time, for open intervals; both survive JSON. */
export const ALWAYS: Instant = -8e15;
export const NEVER: Instant = 8e15;

const instantForm = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?Z$/;
const dateForm = /^(\d{4})-(\d{2})-(\d{2})$/;

/** `2026-03-31T00:00:00.000Z`: how an instant is written everywhere beyond this program. */
export function iso(at: Instant): string {
  return new Date(at).toISOString();
}

/** Reads `2026-03-31T00:00:00Z` with up to three digits of milliseconds; null for every other form and for days that do not exist. */
export function parseInstant(text: string): Instant | null {
  if (text === lastRead.text) return lastRead.at;
  if (!instantForm.test(text)) return null;
  const at = Date.parse(text);
  if (!Number.isFinite(at) || new Date(at).toISOString().slice(0, 19) !== text.slice(0, 19)) return null;
  lastRead = { text, at };
  return at;
}

/** What was read last: a field is checked and then read, so that most texts come twice. */
let lastRead: { readonly text: string | null; readonly at: Instant } = { text: null, at: 0 };

/** Reads a bare date as midnight UTC of that day; null where it is no date that exists. */
export function parseDate(text: string): Instant | null {
  if (!dateForm.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00.000Z`);
  return Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === text ? at : null;
}

/** The firm's calendar: a fixed offset from UTC in minutes, and the month (1–12) in which its year begins. */
export interface Calendar {
  readonly utcOffsetMin: number;
  readonly fiscalYearStartMonth: number;
}

export const utcCalendar: Calendar = { utcOffsetMin: 0, fiscalYearStartMonth: 1 };

/** Which way a bare date is read (domain rules, "said once"): as the start of its day, as the end bound, or as the last instant of it. */
export type DateReading = 'start' | 'bound' | 'last';

/** An instant from an instant or a bare date, the latter read in the firm's calendar; null where the text is neither. */
export function readWhen(text: string, reading: DateReading, calendar: Calendar): Instant | null {
  const day = parseDate(text);
  if (day === null) return parseInstant(text);
  const start = day - calendar.utcOffsetMin * MINUTE_MS;
  if (reading === 'start') return start;
  return reading === 'bound' ? start + DAY_MS : start + DAY_MS - 1;
}

/** Number of the firm's day that holds an instant; differences of it are "days between". */
export function dayOf(at: Instant, calendar: Calendar): number {
  return Math.floor((at + calendar.utcOffsetMin * MINUTE_MS) / DAY_MS);
}

/** Days between two instants: the difference of their dates in the firm's calendar. */
export function daysBetween(from: Instant, to: Instant, calendar: Calendar): number {
  return dayOf(to, calendar) - dayOf(from, calendar);
}

/** First instant of the firm's day with that number. */
export function startOfDay(day: number, calendar: Calendar): Instant {
  return day * DAY_MS - calendar.utcOffsetMin * MINUTE_MS;
}

/** `2026-03-31`: the firm's day with that number. */
export const dateOfDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The date in the firm's calendar of the day that holds an instant. */
export const dateOf = (at: Instant, calendar: Calendar): string => dateOfDay(dayOf(at, calendar));

/**
 * Months since year 0 of the firm's calendar month that holds an instant (January 2026 = 24312). Reckoned from the number of the day
 * in the Gregorian calendar, whose years begin in March here, so that a leap day is the last of its year: folds ask it of each event.
 */
export function monthOf(at: Instant, calendar: Calendar): number {
  const day = dayOf(at, calendar) + daysToEpoch;
  const cycle = Math.floor(day / daysOf400Years);
  const inCycle = day - cycle * daysOf400Years;
  const leaps = Math.floor(inCycle / 1_460) - Math.floor(inCycle / 36_524) + Math.floor(inCycle / 146_096);
  const year = Math.floor((inCycle - leaps) / 365);
  const inYear = inCycle - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  // months from March on have 31, 30, 31, 30, 31 days, again and again
  return (cycle * 400 + year) * 12 + Math.floor((5 * inYear + 2) / 153) + 2;
}

/** Days from 1 March of the year 0 to 1 January 1970. */
const daysToEpoch = 719_468;
const daysOf400Years = 146_097;

/** First instant of the month with that number. */
export function startOfMonth(month: number, calendar: Calendar): Instant {
  return Date.UTC(Math.floor(month / 12), month % 12, 1) - calendar.utcOffsetMin * MINUTE_MS;
}

/** `2026-03`. */
export function monthName(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** Number of the firm's quarter (four a fiscal year, consecutive): quarters are compared and counted by it. */
export function quarterOf(at: Instant, calendar: Calendar): number {
  return Math.floor((monthOf(at, calendar) - (calendar.fiscalYearStartMonth - 1)) / 3);
}

/** First instant of the quarter with that number. */
export function startOfQuarter(quarter: number, calendar: Calendar): Instant {
  return startOfMonth(quarter * 3 + calendar.fiscalYearStartMonth - 1, calendar);
}

/** `2013-Q1`; a fiscal year bears the number of the calendar year in which it ends. */
export function quarterName(quarter: number, calendar: Calendar): string {
  const year = Math.floor(quarter / 4) + (calendar.fiscalYearStartMonth === 1 ? 0 : 1);
  return `${year}-Q${(((quarter % 4) + 4) % 4) + 1}`;
}

/** Fiscal year (a number) of a quarter. */
export function yearOfQuarter(quarter: number, calendar: Calendar): number {
  return Math.floor(quarter / 4) + (calendar.fiscalYearStartMonth === 1 ? 0 : 1);
}

/** `[from, to)` of `2027` (fiscal year) or `2027-Q1`; null where the text is neither. */
export function periodOf(text: string, calendar: Calendar): { readonly from: Instant; readonly to: Instant } | null {
  const found = /^(\d{4})(?:-Q([1-4]))?$/.exec(text);
  if (!found) return null;
  const first = (Number(found[1]) - (calendar.fiscalYearStartMonth === 1 ? 0 : 1)) * 4;
  const quarter = found[2] ? first + Number(found[2]) - 1 : first;
  return { from: startOfQuarter(quarter, calendar), to: startOfQuarter(quarter + (found[2] ? 1 : 4), calendar) };
}
