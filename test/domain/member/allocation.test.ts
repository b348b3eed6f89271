import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { overload } from '../../../src/domain/member/allocation.js';
import { memberCommands } from '../../../src/domain/member/member.commands.js';
import { member } from '../../../src/domain/member/member.decider.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { Refusal } from '../../../src/kernel/refusal.js';
import { acme, manager } from '../../support/cast/ids.js';
import { memberCast } from '../../support/cast/member.js';
import { type Past, specFor } from '../../support/spec.js';

const given = specFor(member, memberCommands);
const { commands: command, events: event } = memberCast as {
  commands: Record<string, object>;
  events: Record<string, object>;
};

const added: Past = {
  type: 'MemberAdded',
  data: event.MemberAdded!,
  time: '2025-01-01T00:00:00.000Z',
  digest: digestOf(command.AddMember),
};
const body = (assignmentId: string, accountId: string, ftePct: number, from: string, until?: string) => ({
  memberId: manager,
  assignmentId,
  accountId,
  role: 'EXPERT',
  ftePct,
  from,
  ...(until ? { until } : {}),
});
const assigned = (assignmentId: string, ftePct: number, from: string, until?: string): Past => ({
  type: 'MemberAssigned',
  data: {
    assignmentId,
    accountId: acme,
    role: 'EXPERT',
    ftePct,
    from,
    ...(until ? { until } : {}),
    function: 'SALES',
    seniority: 2,
  },
  digest: digestOf(body(assignmentId, acme, ftePct, from, until)),
});

describe('what holds after a correction (D10)', () => {
  it('a member is never over-allocated', () => {
    const longer = assigned('a', 60, '2026-01-01T00:00:00.000Z', '2026-08-01T00:00:00.000Z');
    const other = assigned('b', 50, '2026-07-01T00:00:00.000Z');
    expect(given(added, longer, other).holds()).toThrow(Refusal);
    expect(
      given(added, assigned('a', 60, '2026-01-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z'), other).holds(),
    ).not.toThrow();
  });
  it('an id means one person, and one assignment', () => {
    expect(given(added, added).holds()).toThrow(/two persons/);
    const twice = [assigned('a', 10, '2026-01-01T00:00:00.000Z'), assigned('a', 20, '2026-01-01T00:00:00.000Z')];
    expect(given(added, ...twice).holds()).toThrow(/two assignments/);
  });
});

describe('the sum of shares', () => {
  const share = fc.record({
    from: fc.integer({ min: 0, max: 30 }),
    days: fc.integer({ min: 1, max: 15 }),
    ftePct: fc.integer({ min: 1, max: 100 }),
  });
  it('is over a whole person in the first interval in which some instant says so', () => {
    fc.assert(
      fc.property(fc.array(share, { maxLength: 8 }), (list) => {
        const shares = list.map(({ from, days, ftePct }) => ({ from, until: from + days, ftePct }));
        const sumAt = (t: number) =>
          shares.reduce((sum, one) => sum + (one.from <= t && t < one.until ? one.ftePct : 0), 0);
        const over = Array.from({ length: 60 }, (_, t) => t).filter((t) => sumAt(t) > 100);
        const found = overload(shares);
        if (over.length === 0) return expect(found).toBeNull();
        const end = over.findIndex((t, i) => i > 0 && t !== over[i - 1]! + 1);
        const run = end < 0 ? over : over.slice(0, end);
        return expect(found).toEqual({ from: run[0], until: run.at(-1)! + 1, sum: Math.max(...run.map(sumAt)) });
      }),
    );
  });
});
