import type { Calendar, Instant } from '../../src/kernel/instant.js';
import type { Scoring } from '../../src/kernel/policy.js';
import { atLeast, sum } from '../statistics/figure.js';
import { npsInterval } from '../statistics/intervals.js';
import { overdueFrom } from '../trust/commitments.js';
import type { Answer, Promised } from './state.js';
import type { Wallet } from './wallet.js';

/** What people of theirs say: each respondent's latest answer in the window (§3.12.22). */
export interface Attitude {
  /** Promoters (9, 10) less detractors (0 to 6) ÷ n, in [−1, 1]; null without answers. */
  readonly value: number | null;
  readonly reason: 'no-answers' | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number | null;
  readonly n: number;
  readonly promoters: number;
  readonly detractors: number;
  /** Mean of `recommend`, 0 to 10. */
  readonly recommend: number | null;
  readonly satisfaction: number | null;
  readonly eventIds: readonly string[];
}

/** Answers of (from, to], the latest of each respondent. */
export function attitudeIn(answers: readonly Answer[], from: Instant, to: Instant): Attitude {
  const latest = new Map<string, Answer>();
  for (const answer of answers) if (answer[0] > from && answer[0] <= to) latest.set(answer[1], answer);
  const used = [...latest.values()];
  const n = used.length;
  const promoters = used.filter(([, , recommend]) => recommend >= 9).length;
  const detractors = used.filter(([, , recommend]) => recommend <= 6).length;
  const interval = npsInterval({ promoters, detractors, n });
  const satisfied = used.flatMap(([, , , satisfaction]) => satisfaction ?? []);
  return {
    value: interval?.value ?? null,
    reason: n === 0 ? 'no-answers' : null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    level: interval?.level ?? null,
    n,
    promoters,
    detractors,
    recommend: n === 0 ? null : sum(used.map(([, , recommend]) => recommend)) / n,
    satisfaction: satisfied.length === 0 ? null : sum(satisfied) / satisfied.length,
    eventIds: used.map(([, , , , eventId]) => eventId),
  };
}

/** Attitude and behaviour together (Dick and Basu): true, latent (they would, but do not), spurious (they do, but would rather not), none. */
export type LoyaltyType = 'TRUE' | 'LATENT' | 'SPURIOUS' | 'NONE';

/** The loyalty type [P]: attitude by mean recommendation, behaviour by share of wallet (§3.12.29). */
export function loyaltyType(
  { recommend }: Attitude,
  { value: share }: Wallet,
  { recommendHigh, walletHigh, version }: Scoring,
) {
  const attitudeHigh = recommend === null ? null : atLeast(recommend, recommendHigh);
  const behaviourHigh = share === null ? null : atLeast(share, walletHigh);
  const value = attitudeHigh === null || behaviourHigh === null ? null : typeOf(attitudeHigh, behaviourHigh);
  const reason = attitudeHigh === null ? 'no-answers' : behaviourHigh === null ? 'no-share-of-wallet' : null;
  return { value, reason, attitudeHigh, behaviourHigh, recommendHigh, walletHigh, version };
}

const typeOf = (attitude: boolean, behaviour: boolean): LoyaltyType =>
  attitude ? (behaviour ? 'TRUE' : 'LATENT') : behaviour ? 'SPURIOUS' : 'NONE';

/** Promises due in (from, to], kept ÷ (kept + broken), by side (§3.12.17); null where none fell due. A due day is the day before its bound. */
export function keptIn(promises: Readonly<Record<string, Promised>>, from: Instant, to: Instant, calendar: Calendar) {
  const sums = { US: { kept: 0, broken: 0 }, THEM: { kept: 0, broken: 0 } };
  for (const id in promises) {
    const { by, due, closed } = promises[id]!;
    if (due - 1 <= from || due - 1 > to) continue;
    if (closed === 'KEPT') sums[by].kept++;
    else if (closed === 'BROKEN' || to >= overdueFrom(due - 1, calendar)) sums[by].broken++;
  }
  const side = (by: Promised['by']) => {
    const { kept, broken } = sums[by];
    const n = kept + broken;
    return { kept, broken, value: n === 0 ? null : kept / n, reason: n === 0 ? 'nothing-due' : null };
  };
  return { ours: side('US'), theirs: side('THEM') };
}
