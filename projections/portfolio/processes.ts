import { type UnitFunction, unitFunctions } from '../../src/domain/vocabulary.js';
import { iso } from '../../src/kernel/instant.js';
import { processUnitsMin } from '../trust/support.js';
import type { Mark, TrustState } from '../trust/state.js';

/** A process of ours over all accounts. */
export interface ProcessLine {
  readonly processId: string;
  readonly units: readonly UnitFunction[];
  readonly accounts: readonly string[];
  /** At least three units delivered under it (F5). */
  readonly crossFunctional: boolean;
  /** When the third unit had delivered; null before. */
  readonly since: string | null;
  readonly eventIds: readonly string[];
}

/** What is kept of an account: by process the first delivery of each unit. */
export interface Delivered extends Pick<TrustState, 'processes'> {
  readonly accountId: string;
}

/** Processes under which units of ours delivered, whichever the account, in order of their ids (§3.12.20). */
export function processesOver(accounts: readonly Delivered[]): ProcessLine[] {
  const firsts = new Map<string, Map<UnitFunction, Mark>>();
  const at = new Map<string, Set<string>>();
  for (const { accountId, processes } of accounts) {
    for (const [processId, units] of Object.entries(processes)) {
      const known = firsts.get(processId) ?? new Map<UnitFunction, Mark>();
      firsts.set(processId, known);
      at.set(processId, (at.get(processId) ?? new Set()).add(accountId));
      for (const unit of unitFunctions) {
        const mark = units[unit];
        const before = known.get(unit);
        if (mark && (before === undefined || mark[0] < before[0])) known.set(unit, mark);
      }
    }
  }
  return [...firsts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([processId, units]) => {
      const marks = [...units.values()].sort((a, b) => a[0] - b[0]);
      const third = marks[processUnitsMin - 1];
      return {
        processId,
        units: unitFunctions.filter((unit) => units.has(unit)),
        accounts: [...at.get(processId)!].sort(),
        crossFunctional: third !== undefined,
        since: third ? iso(third[0]) : null,
        eventIds: marks.map(([, id]) => id),
      };
    });
}
