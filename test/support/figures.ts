import { projections, reports } from '../../projections/registry.js';
import { Reads } from '../../src/app/reads.js';
import type { Taproot } from '../../src/app/taproot.js';
import type { Moment } from '../../src/kernel/projection.js';
import { ada, manager } from './cast/ids.js';
import { unsayable } from './folding.js';

/** Every answer there is, by what was asked. */
export type Answered = Map<string, object>;

/** Parameters of views and reports that open further parts of them. */
const viewed: Readonly<Record<string, readonly Record<string, string>[]>> = {
  contacts: [{ without: ada }, { without: manager }],
  stages: [{ without: ada }],
  loyalty: [{ quintiles: 'yes' }],
  value: [{ survival: 'stages', lift: 'own' }],
  performance: [{ restatements: 'exact' }],
};
const reported: Readonly<Record<string, readonly Record<string, string>[]>> = {
  whale: [{ by: 'group' }],
  activities: [{ by: 'group' }],
  rfm: [{ by: 'group' }],
  retention: [{ by: 'designation' }],
  survival: [{ calibrate: '2023-06-30' }],
  matrix: [{ with: '2022-12-31' }],
  restatements: [{ saidAsOf: '2023-06-30' }, { by: 'group' }],
};

/** Every view of every subject and every report at a moment, with their own parameters too. */
export async function everything(taproot: Taproot, moment: Moment): Promise<Answered> {
  const reads = new Reads(taproot);
  const all: Answered = new Map();
  for (const projection of projections) {
    for (const id of subjects(taproot, projection.of)) {
      for (const parameters of [{}, ...(viewed[projection.name] ?? [])]) {
        const name = `${projection.name} ${id} ${JSON.stringify(parameters)}`;
        all.set(name, taproot.moments.view(projection.name, id, moment, { parameters }));
      }
    }
  }
  for (const report of reports) {
    for (const parameters of [{}, ...(reported[report.name] ?? [])]) {
      const window = { from: Date.parse('2022-01-01'), to: Date.parse('2023-07-01') };
      for (const { from, to } of [{ from: null, to: null }, ...(window.from <= moment.asOf ? [window] : [])]) {
        const name = `portfolio/${report.name} ${JSON.stringify(parameters)} ${from === null ? 'all' : 'window'}`;
        all.set(name, await reads.report(report.name, moment, { from, to, parameters, filters: {} }));
      }
    }
  }
  return all;
}

function subjects({ moments: { reader } }: Taproot, of: string): readonly string[] {
  if (of === 'programme' || of === 'structure') return [of];
  return reader.streamsLike(`${of}-`, '', -1).map((stream) => stream.slice(of.length + 1));
}

/** What JSON cannot say, by where it stands. */
export const unsaid = (all: Answered): string[] =>
  [...all].flatMap(([name, answer]) => unsayable(answer).map((place) => `${name} ${place}`));

/** Arrows drawn from fewer than eight points: a verdict of rising or falling without `n` of at least 8 beside it. */
export function hastyArrows(value: unknown, place = '', n: number | null = null): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const points = (value as { n?: unknown }).n;
  const longTerm = (value as { longTerm?: { trend?: { n?: number } } }).longTerm?.trend?.n;
  const here = typeof points === 'number' ? points : (longTerm ?? n);
  return Object.entries(value).flatMap(([name, inner]) => {
    if (inner === 'rising' || inner === 'falling')
      return (here ?? 0) >= 8 ? [] : [`${place}/${name}: ${inner} of ${here}`];
    return hastyArrows(inner, `${place}/${name}`, here);
  });
}

/** Where the shape itself says what null means: beyond the longest observed, still to come (§3.12.15), or merely not told. */
const meaning = [/\/(survival|lower|upper)\/\*$/, /\/cohorts\/\*\/kept\/\*$/, /\/(oemFitShare|judgedAt)$/];

/** Nulls and numbers of answers by their place, ids and periods left out: what is a number now and null then is a figure. */
export class Figures {
  private readonly numbers = new Set<string>();
  private readonly bare = new Map<string, string>();

  take(all: Answered): void {
    for (const [name, answer] of all) this.look(answer, name.split(' ')[0]!, '', [], name);
  }

  /** Figures that were null with no reason beside them or above them, with an answer in which it happened. */
  unreasoned(): string[] {
    return [...this.bare]
      .filter(([place]) => this.numbers.has(place) && !meaning.some((shape) => shape.test(place)))
      .map(([place, name]) => `${place} (${name})`);
  }

  private look(value: unknown, place: string, key: string, above: readonly object[], name: string): void {
    if (typeof value === 'number') this.numbers.add(place);
    if (typeof value !== 'object') return;
    if (value === null) {
      if (!reasoned(key, above)) this.bare.set(place, name);
      return;
    }
    for (const [part, inner] of Object.entries(value))
      this.look(inner, `${place}/${general(part)}`, part, [...above, value], name);
  }
}

/** A reason beside the figure under its own name, or that of the whole it is part of; or the currencies without a rate. */
function reasoned(key: string, above: readonly object[]): boolean {
  if (named(key, above.at(-1)!)) return true;
  const [whole, part] = [above.at(-2), above.at(-1)];
  const own = whole && Object.entries(whole).find(([, inner]) => inner === part)?.[0];
  if (own !== undefined && named(own, whole!)) return true;
  const parts = above.filter((part) => !Array.isArray(part)).slice(-2);
  return parts.some((part) => Object.entries(part).some(([name, inner]) => says(name, inner, key)));
}

/** `recencyReason` is that of `recencyDays`. */
const named = (key: string, beside: object): boolean =>
  Object.entries(beside).some(
    ([name, inner]) => name.endsWith('Reason') && typeof inner === 'string' && key.startsWith(name.slice(0, -6)),
  );

function says(name: string, inner: unknown, key: string): boolean {
  if (/^missing/i.test(name)) return Array.isArray(inner) ? inner.length > 0 : typeof inner === 'string';
  if (name === 'verdict') return String(inner).startsWith('insufficient');
  if (name === 'reasons') return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key);
  return name === 'reason' && typeof inner === 'string';
}

/** Ids, periods and places in lists are all one. */
const general = (key: string): string => (/^\d+$|^\d{4}|^[0-9a-f]{8}-|^[A-Z]{3,}$|^[a-zA-Z]\d+$/.test(key) ? '*' : key);
