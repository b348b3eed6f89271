import { Refusal, type RefusalCode } from '../kernel/refusal.js';

/** The first id of a stream that came to mean two things, which only a correction or a retraction could bring about. */
export interface Once {
  twice?: { readonly id: string; readonly code: RefusalCode };
}

/** Remembers what an id means; one that already means something is noted, for `heldOnce`. */
export function once<T>(state: Once, known: Map<string, T>, id: string, meaning: T, code: RefusalCode): void {
  if (known.has(id)) state.twice ??= { id, code };
  known.set(id, meaning);
}

/** Refuses a correction or retraction that would leave one id with two meanings. */
export function heldOnce({ twice }: Once): void {
  if (!twice) return;
  throw new Refusal(twice.code, `The id ${twice.id} would mean two things at once; give one of them another id`, {
    values: { id: twice.id },
  });
}
