import { iso } from '../../src/kernel/instant.js';
import type { Report } from '../../src/kernel/projection.js';
import type { Finding } from '../contacts/findings.js';
import { inCurrency, pairOf } from '../performance/pricing.js';
import { sum } from '../statistics/figure.js';
import type { ValueState } from '../value/state.js';
import { byId } from './window.js';

/** One objective of ours, and which accounts serve it with what. */
export interface ObjectiveLine {
  readonly objectiveId: string;
  readonly year: number | null;
  readonly open: boolean;
  readonly target: number | null;
  readonly targetReason: string | null;
  readonly accounts: readonly {
    readonly accountId: string;
    readonly contribution: number | null;
    readonly reason: string | null;
    readonly eventId: string;
  }[];
  readonly contribution: number | null;
  readonly contributionReason: string | null;
  /** Contribution ÷ target. */
  readonly covered: number | null;
  readonly orphan: boolean;
}

/** Which objectives no account serves, and which key accounts serve none (D2). */
export interface ObjectivesReport {
  readonly objectives: readonly ObjectiveLine[];
  /** Open objectives without an account. */
  readonly orphans: readonly string[];
  /** Key accounts that serve no open objective. */
  readonly idle: readonly string[];
  readonly findings: readonly ObjectiveFinding[];
}

/** Something that wants attention: of an objective, or of one account. */
export interface ObjectiveFinding extends Finding {
  readonly accountId: string | null;
}

/** What is kept of an account: which objectives it serves, and whether it is a key account. */
export interface Serving extends Pick<ValueState, 'served' | 'designated'> {
  readonly accountId: string;
}

/** Coverage of the firm's objectives by accounts. */
export const objectives: Report<ObjectivesReport, Serving> = {
  name: 'objectives',
  version: 2,
  question: { en: 'Which account serves which objective of ours?', zh: '哪个客户服务于我们的哪个目标?' },
  uses: ['value'],
  adds: true,
  extract: ({ accountId, states }) => {
    const { served, designated } = states.value as ValueState;
    return { accountId, served, designated };
  },
  report: (told, { currency }, policy) => {
    const sorted = [...told].sort(byId);
    const lines = Object.keys(policy.objectives)
      .sort()
      .map((objectiveId): ObjectiveLine => {
        const { year, open, contributionTarget } = policy.objectives[objectiveId]!;
        const served = sorted.flatMap(({ accountId, served: all }) => {
          if (!Object.hasOwn(all, objectiveId)) return [];
          const { contribution, missing, eventId } = all[objectiveId]!;
          return [{ accountId, contribution, reason: missing === null ? null : `no-rate ${missing}`, eventId }];
        });
        const target =
          contributionTarget && currency !== null ? inCurrency(contributionTarget, currency, policy.fx) : null;
        const addable = currency !== null && served.every((one) => one.contribution !== null);
        const contribution = addable ? sum(served.map((one) => one.contribution!)) : null;
        return {
          objectiveId,
          year,
          open,
          target,
          targetReason: target !== null ? null : reasonOf(contributionTarget?.currency ?? null, currency),
          accounts: served,
          contribution,
          contributionReason: addable ? null : currency === null ? 'no-reporting-currency' : 'no-rate',
          covered: contribution === null || target === null || target <= 0 ? null : contribution / target,
          orphan: open && served.length === 0,
        };
      });
    const open = new Set(lines.filter((line) => line.open).map(({ objectiveId }) => objectiveId));
    const orphans = lines.filter(({ orphan }) => orphan).map(({ objectiveId }) => objectiveId);
    const idle = sorted
      .filter(({ designated, served }) => designated && !Object.keys(served).some((id) => open.has(id)))
      .map(({ accountId }) => accountId);
    const found = (code: string, detail: string, accountId: string | null, eventIds: readonly string[] = []) => {
      return { code, accountId, since: null, eventIds, detail };
    };
    const unknown = sorted.flatMap(({ accountId, served }) =>
      Object.entries(served)
        .filter(([id]) => !Object.hasOwn(policy.objectives, id))
        .map(([id, { time, eventId }]) => ({
          ...found('ODD_SEQUENCE', `Objective ${id} is served, and nothing says that it was set`, accountId, [eventId]),
          since: iso(time),
        })),
    );
    return {
      objectives: lines,
      orphans,
      idle,
      findings: [
        ...orphans.map((id) => found('ORPHAN_OBJECTIVE', `No account serves objective ${id}`, null)),
        ...idle.map((id) => found('NO_OBJECTIVE', `Key account ${id} serves no open objective`, id)),
        ...unknown,
      ],
    };
  },
};

const reasonOf = (from: string | null, to: string | null): string =>
  from === null ? 'no-target' : to === null ? 'no-reporting-currency' : `no-rate ${pairOf(from, to)}`;
