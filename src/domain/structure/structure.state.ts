import { type Instant, NEVER } from '../../kernel/instant.js';
import { Course } from '../course.js';

/** Where an account points from an instant on: the one above it, or the one it was merged into; null = to none. */
export interface Link {
  readonly to: string | null;
  readonly digest: string;
}

/** Links of one kind by the account that has them. */
export type Links = Map<string, Course<Link>>;

/** Who belongs under whom and who was merged into whom, over valid time. */
export interface Structure {
  readonly parents: Links;
  readonly merges: Links;
}

/** Every account by itself. */
export const unlinked = (): Structure => ({ parents: new Map(), merges: new Map() });

/** Takes note of a link. */
export function link(links: Links, id: string, from: Instant, value: Link): void {
  const course = links.get(id) ?? new Course<Link>();
  course.turn(from, value);
  links.set(id, course);
}

/** An instant of `[from, to)` at which following links from `start` comes to `goal`; undefined where none does. */
export function reaches(
  links: Links,
  start: string,
  goal: string,
  from: Instant,
  to: Instant,
  passed: readonly string[] = [],
): Instant | undefined {
  if (start === goal) return from;
  if (passed.includes(start)) return undefined;
  const course = links.get(start);
  if (!course) return undefined;
  const inside = course.turns().filter((turn) => turn.from > from && turn.from < to);
  const bounds = [from, ...inside.map((turn) => turn.from), to];
  for (let i = 0; i + 1 < bounds.length; i++) {
    const next = course.at(bounds[i]!)?.to ?? null;
    if (next === null || bounds[i]! >= bounds[i + 1]!) continue;
    const met = reaches(links, next, goal, bounds[i]!, bounds[i + 1]!, [...passed, start]);
    if (met !== undefined) return met;
  }
  return undefined;
}

/** The first account that comes back to itself by its links, and when; undefined where none does. */
export function cycleIn(links: Links): { readonly id: string; readonly at: Instant } | undefined {
  for (const [id, course] of links) {
    const turns = course.turns();
    for (const [i, { from, value }] of turns.entries()) {
      const to = turns[i + 1]?.from ?? NEVER;
      if (value.to === null || to <= from) continue;
      const at = reaches(links, value.to, id, from, to);
      if (at !== undefined) return { id, at };
    }
  }
  return undefined;
}

/** Whether an account counts as another at an instant: merged into it, or into one that was. */
export function isMergedInto(structure: Structure | undefined, from: string, into: string, at: Instant): boolean {
  return structure !== undefined && from !== into && reaches(structure.merges, from, into, at, at + 1) !== undefined;
}
