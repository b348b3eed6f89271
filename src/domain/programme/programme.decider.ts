import { type Cited, citing, type Decider, digestIn, exists, pick, viewOf } from '../../kernel/decider.js';
import { Refusal } from '../../kernel/refusal.js';
import { capsHold } from './caps.js';
import { designate, handOver, release } from './key-account.decider.js';
import { PerformanceReviewed } from './key-account.events.js';
import { portfolioDecide, portfolioOn } from './portfolio.decider.js';
import type { programmeCommands } from './programme.commands.js';
import type { ProgrammeEvent } from './programme.events.js';
import { Programme } from './programme.state.js';
import { rulesDecide, rulesOn } from './rules.decider.js';

/** Rules of the `programme` stream: our own rules, and who is in. */
export const programme: Decider<Programme, typeof programmeCommands, ProgrammeEvent> = {
  name: 'programme',
  stream: () => 'programme',
  initial: () => new Programme(),

  on: {
    ...rulesOn,
    ...portfolioOn,
    KeyAccountDesignated: (state, event) => {
      const { accountId, managerId, override } = event.data;
      state.turn(accountId, event.time, {
        kind: 'designated',
        managerId,
        over: override !== undefined,
        digest: digestIn(event),
      });
    },
    KeyAccountHandedOver: (state, event) => {
      const { accountId, toManagerId, override } = event.data;
      const over = override !== undefined;
      state.turn(accountId, event.time, { kind: 'handed-over', managerId: toManagerId, over, digest: digestIn(event) });
    },
    KeyAccountReleased: (state, event) =>
      state.turn(event.data.accountId, event.time, { kind: 'released', digest: digestIn(event) }),
    PerformanceReviewed: (state, event) => state.once(reviewed(event.time, event.data), event),
  },

  needs: {
    DesignateKeyAccount: [
      exists('account'),
      exists('member', ({ managerId, override }) => [{ id: managerId, pointer: '/managerId' }, ...approver(override)]),
      viewOf('criteria', ({ accountId }) => accountId),
      viewOf('capacity', ({ accountId }) => accountId),
    ],
    HandOverKeyAccount: [
      exists('member', ({ toManagerId, override }) => [
        { id: toManagerId, pointer: '/toManagerId' },
        ...approver(override),
      ]),
    ],
    AllocateBudget: [exists('account')],
    CapActivityType: [exists('account')],
    RecordPerformanceReview: [exists('account')],
    RebalancePortfolio: [
      exists('account', ({ moves }) => moves.map(({ accountId: id }, i) => ({ id, pointer: `/moves/${i}/accountId` }))),
    ],
    PlanRoute: [exists('account', ({ accountIds }) => citing(accountIds, 'accountIds'))],
    SetCommissionPlan: [exists('member', ({ memberIds }) => citing(memberIds, 'memberIds'))],
    DeclareOpportunityBurst: [exists('account', ({ accountIds }) => citing(accountIds, 'accountIds'))],
  },

  decide: {
    ...rulesDecide,
    ...portfolioDecide,
    DesignateKeyAccount: designate,
    HandOverKeyAccount: handOver,
    ReleaseKeyAccount: release,
    /** Never refused: looking too often is a finding, not a fault (F7). */
    RecordPerformanceReview(state, command, { occurredAt }) {
      if (state.ids.has(reviewed(occurredAt, command))) return [];
      return [{ type: 'PerformanceReviewed', accountid: command.accountId, data: pick(command, PerformanceReviewed) }];
    },
  },

  holds: (state) => {
    for (const [id, code] of state.twice)
      throw new Refusal(code, `${id} would be told twice, and mean two things`, { values: { id } });
    capsHold(state);
  },
};

/** A review has no id of its own: one at the same instant over the same horizon is the same one. */
const reviewed = (at: number, { accountId, horizon }: PerformanceReviewed): string =>
  `review/${accountId}/${at}/${horizon}`;

const approver = (override: { readonly approver: string } | undefined): Cited[] =>
  override ? [{ id: override.approver, pointer: '/override/approver' }] : [];
