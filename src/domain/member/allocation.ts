import { said } from '../../kernel/decider.js';
import { type Instant, NEVER } from '../../kernel/instant.js';
import { Refusal } from '../../kernel/refusal.js';

/** A share of somebody's working time, for `[from, until)`. */
export interface Share {
  readonly from: Instant;
  readonly until: Instant;
  readonly ftePct: number;
}

/** The first interval in which the shares add up to more than a whole person, with the highest sum in it; null where they never do. */
export function overload(
  shares: readonly Share[],
): { readonly from: Instant; readonly until: Instant; readonly sum: number } | null {
  const steps = new Map<Instant, number>();
  for (const { from, until, ftePct } of shares) {
    if (until <= from) continue;
    steps.set(from, (steps.get(from) ?? 0) + ftePct);
    steps.set(until, (steps.get(until) ?? 0) - ftePct);
  }
  let sum = 0;
  let found: { from: Instant; sum: number } | undefined;
  for (const [at, change] of [...steps].sort(([a], [b]) => a - b)) {
    sum += change;
    if (sum > 100) found = { from: found?.from ?? at, sum: Math.max(found?.sum ?? 0, sum) };
    else if (found) return { ...found, until: at };
  }
  return found ? { ...found, until: NEVER } : null;
}

/** The refusal that names the interval and the sum. */
export function overAllocated({ from, until, sum }: { from: Instant; until: Instant; sum: number }): Refusal {
  const end = until === NEVER ? null : said(until);
  return new Refusal(
    'member/over-allocated',
    `From ${said(from)} ${end === null ? 'on' : `to ${end}`} the member would work ${sum} % of their time; at most 100 % can be given away`,
    {
      errors: [{ pointer: '/ftePct', code: 'over-allocated', detail: `${sum} % in [${said(from)}, ${end ?? 'open'})` }],
      values: { from: said(from), until: end, sum },
    },
  );
}
