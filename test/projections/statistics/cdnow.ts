import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from '@jest/globals';

const folder = resolve(import.meta.dirname, '../../../../shared/data/cdnow');

/** A line of the published summary: customers of the CDNOW sample over 39 weeks, in weeks and dollars. */
export interface Row {
  readonly x: number;
  readonly tx: number;
  readonly T: number;
  readonly mean: number;
}

/** Runs where the data stand beside the project; skipped by name where they do not. */
export const withCdnow: (name: string, tests: () => void) => void = existsSync(folder) ? describe : describe.skip;

/** The 2,357 customers (Fader and Hardie 2001). */
export function summary(): Row[] {
  return table('cdnow_summary_39w.csv').map(({ x, t_x, T, zbar }) => ({ x: x!, tx: t_x!, T: T!, mean: zbar! }));
}

/** A CSV of numbers as records by its header. */
export function table(file: string): Record<string, number>[] {
  const [header, ...lines] = readFileSync(resolve(folder, file), 'utf8').trim().split('\n');
  const names = header!.trim().split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, Number(cell)])));
}
