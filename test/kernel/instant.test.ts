import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Calendar,
  dayOf,
  daysBetween,
  iso,
  monthName,
  monthOf,
  parseDate,
  parseInstant,
  periodOf,
  quarterName,
  quarterOf,
  readWhen,
  startOfDay,
  startOfMonth,
  startOfQuarter,
  utcCalendar,
  yearOfQuarter,
} from '../../src/kernel/instant.js';

const shanghai: Calendar = { utcOffsetMin: 480, fiscalYearStartMonth: 1 };
const newYork: Calendar = { utcOffsetMin: -300, fiscalYearStartMonth: 10 };
const kathmandu: Calendar = { utcOffsetMin: 345, fiscalYearStartMonth: 4 };
const at = (text: string): number => parseInstant(text)!;

describe('an instant', () => {
  it('is not read out of nothing, not even as the first of all', () => expect(parseInstant('')).toBeNull());
});

describe('a bare date (§3.0a)', () => {
  it.each([
    ['start', utcCalendar, '2026-03-31T00:00:00.000Z'],
    ['bound', utcCalendar, '2026-04-01T00:00:00.000Z'],
    ['last', utcCalendar, '2026-03-31T23:59:59.999Z'],
    ['start', shanghai, '2026-03-30T16:00:00.000Z'],
    ['bound', shanghai, '2026-03-31T16:00:00.000Z'],
    ['last', shanghai, '2026-03-31T15:59:59.999Z'],
    ['start', newYork, '2026-03-31T05:00:00.000Z'],
    ['bound', newYork, '2026-04-01T05:00:00.000Z'],
    ['last', newYork, '2026-04-01T04:59:59.999Z'],
    ['start', kathmandu, '2026-03-30T18:15:00.000Z'],
  ] as const)('read as %s with %o is %s', (reading, calendar, expected) => {
    expect(iso(readWhen('2026-03-31', reading, calendar)!)).toBe(expected);
  });

  it('read as bound is the start of the next day, over the ends of months, years and February', () => {
    for (const [day, next] of [
      ['2024-02-28', '2024-02-29'],
      ['2024-02-29', '2024-03-01'],
      ['2025-02-28', '2025-03-01'],
      ['2025-12-31', '2026-01-01'],
    ] as const)
      for (const calendar of [utcCalendar, shanghai, newYork])
        expect(readWhen(day, 'bound', calendar)).toBe(readWhen(next, 'start', calendar));
  });

  it('an instant is the same in every reading and every calendar', () => {
    for (const reading of ['start', 'bound', 'last'] as const)
      for (const calendar of [utcCalendar, shanghai, newYork])
        expect(readWhen('2026-03-31T07:08:09.010Z', reading, calendar)).toBe(Date.UTC(2026, 2, 31, 7, 8, 9, 10));
  });
});

describe('what is no instant and no date', () => {
  it.each([
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-4-1',
    '20260401',
    '2026-02-30T00:00:00Z',
    '2026-03-31T24:00:00Z',
    '2026-03-31T23:60:00Z',
    '2026-03-31T10:00:00',
    '2026-03-31T10:00:00+02:00',
    '2026-03-31T10:00:00.1234Z',
    '2026-03-31 10:00:00Z',
    ' 2026-03-31',
    '',
    'today',
  ])('%j is refused', (text) => {
    expect(readWhen(text, 'start', utcCalendar)).toBeNull();
  });

  it('up to three digits of milliseconds are read', () => {
    expect([at('2026-01-01T00:00:00.5Z') % 1_000, at('2026-01-01T00:00:00.05Z') % 1_000]).toEqual([500, 50]);
    expect(parseDate('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
  });
});

describe('days of the firm (§3.0b)', () => {
  it('an instant belongs to the day of its own time and the offset', () => {
    const late = at('2026-03-31T20:00:00Z');
    expect(iso(startOfDay(dayOf(late, utcCalendar), utcCalendar))).toBe('2026-03-31T00:00:00.000Z');
    expect(iso(startOfDay(dayOf(late, shanghai), shanghai))).toBe('2026-03-31T16:00:00.000Z');
  });

  it('days between are differences of dates, not of hours', () => {
    const [evening, morning] = [at('2026-03-31T23:59:00Z'), at('2026-04-01T00:01:00Z')];
    expect(daysBetween(evening, morning, utcCalendar)).toBe(1);
    expect(daysBetween(evening, morning, shanghai)).toBe(0);
    expect(daysBetween(morning, evening, utcCalendar)).toBe(-1);
    expect(daysBetween(at('2024-02-28T12:00:00Z'), at('2024-03-01T11:00:00Z'), utcCalendar)).toBe(2);
  });

  it('days before 1970 are counted as well', () => {
    const day = dayOf(at('1969-12-31T23:00:00Z'), utcCalendar);
    expect([day, iso(startOfDay(day, utcCalendar))]).toEqual([-1, '1969-12-31T00:00:00.000Z']);
  });
});

describe('months, quarters and fiscal years', () => {
  it('a month is that of the firm', () => {
    const turn = at('2025-12-31T18:00:00Z');
    expect([monthName(monthOf(turn, utcCalendar)), monthName(monthOf(turn, shanghai))]).toEqual(['2025-12', '2026-01']);
    expect(iso(startOfMonth(monthOf(turn, shanghai), shanghai))).toBe('2025-12-31T16:00:00.000Z');
  });

  it.each([
    ['2025-12-31T18:00:00Z', utcCalendar, '2025-Q4', '2025-10-01T00:00:00.000Z'],
    ['2025-12-31T18:00:00Z', shanghai, '2026-Q1', '2025-12-31T16:00:00.000Z'],
    // a year that begins in October 2025 is 2026
    ['2025-10-15T00:00:00Z', newYork, '2026-Q1', '2025-10-01T05:00:00.000Z'],
    ['2025-10-01T04:59:59Z', newYork, '2025-Q4', '2025-07-01T05:00:00.000Z'],
    ['2026-09-30T12:00:00Z', newYork, '2026-Q4', '2026-07-01T05:00:00.000Z'],
    ['2026-03-31T12:00:00Z', kathmandu, '2026-Q4', '2025-12-31T18:15:00.000Z'],
    ['2026-04-01T12:00:00Z', kathmandu, '2027-Q1', '2026-03-31T18:15:00.000Z'],
  ] as const)('%s with %o lies in %s', (time, calendar, name, start) => {
    const quarter = quarterOf(at(time), calendar);
    expect([quarterName(quarter, calendar), iso(startOfQuarter(quarter, calendar))]).toEqual([name, start]);
    expect(yearOfQuarter(quarter, calendar)).toBe(Number(name.slice(0, 4)));
  });

  it('every instant lies in the quarter that begins last before it, whatever the calendar', () => {
    for (let month = 1; month <= 12; month++)
      for (const utcOffsetMin of [-720, -300, 0, 345, 840]) {
        const calendar = { utcOffsetMin, fiscalYearStartMonth: month };
        for (let time = at('2023-12-30T00:00:00Z'); time < at('2025-01-03T00:00:00Z'); time += 37 * 3_600_000) {
          const quarter = quarterOf(time, calendar);
          expect(startOfQuarter(quarter, calendar)).toBeLessThanOrEqual(time);
          expect(startOfQuarter(quarter + 1, calendar)).toBeGreaterThan(time);
        }
      }
  });

  it('a period is a fiscal year or one of its quarters, from its start up to the next', () => {
    const period = (text: string, calendar: Calendar) => {
      const { from, to } = periodOf(text, calendar)!;
      return [iso(from), iso(to)];
    };
    expect(period('2026', utcCalendar)).toEqual(['2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z']);
    expect(period('2026-Q1', utcCalendar)).toEqual(['2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z']);
    expect(period('2026', newYork)).toEqual(['2025-10-01T05:00:00.000Z', '2026-10-01T05:00:00.000Z']);
    expect(period('2026-Q4', newYork)).toEqual(['2026-07-01T05:00:00.000Z', '2026-10-01T05:00:00.000Z']);
    for (const text of ['2026-Q5', '2026-Q0', '26', '2026-1', 'Q1']) expect(periodOf(text, utcCalendar)).toBeNull();
  });
});

describe('the month that holds an instant', () => {
  const ofDate = (at: number, utcOffsetMin: number): number => {
    const local = new Date(at + utcOffsetMin * 60_000);
    return local.getUTCFullYear() * 12 + local.getUTCMonth();
  };
  it('is the one that a Date names, before the year 0 and after leap days too', () => {
    const instants = fc.oneof(fc.integer({ min: -8e15, max: 8e15 }), fc.integer({ min: -2e12, max: 4e12 }));
    fc.assert(
      fc.property(instants, fc.integer({ min: -840, max: 840 }), (at, utcOffsetMin) => {
        expect(monthOf(at, { ...shanghai, utcOffsetMin })).toBe(ofDate(at, utcOffsetMin));
      }),
      { numRuns: 2_000 },
    );
  });
  it('begins and ends with its days, in every month of 800 years', () => {
    for (let month = 1_600 * 12; month < 2_400 * 12; month++) {
      const first = startOfMonth(month, utcCalendar);
      expect([monthOf(first - 1, utcCalendar), monthOf(first, utcCalendar)]).toEqual([month - 1, month]);
    }
  });
});
