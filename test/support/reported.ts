import type { Reads } from '../../src/app/reads.js';
import { readWhen } from '../../src/kernel/instant.js';

/** What a report says at the end of a day, with everything told so far; `from` and `to` are dates, both included. */
export async function reportOn<R>(
  reads: Reads,
  name: string,
  asOf: string,
  window: { readonly from?: string; readonly to?: string } = {},
): Promise<R> {
  const calendar = reads.calendar();
  const moment = { asOf: readWhen(asOf, 'last', calendar)!, knownAt: reads.now() };
  const answer = (await reads.report(name, moment, {
    from: window.from === undefined ? null : readWhen(window.from, 'start', calendar),
    to: window.to === undefined ? null : readWhen(window.to, 'bound', calendar),
    parameters: {},
    filters: {},
  })) as { data: R };
  return answer.data;
}
