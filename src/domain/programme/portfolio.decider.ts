import { type Decider, type Draft, digestIn, pick, said, toldAlready } from '../../kernel/decider.js';
import type { Event } from '../../kernel/event.js';
import { Refusal } from '../../kernel/refusal.js';
import type { programmeCommands } from './programme.commands.js';
import { programmeEvents as event, type ProgrammeEvent } from './programme.events.js';
import type { Programme } from './programme.state.js';
import { unique } from './rules.decider.js';

type Table = Decider<Programme, typeof programmeCommands, ProgrammeEvent>;
type Budget = InstanceType<typeof event.BudgetAllocated>;
type Cap = InstanceType<typeof event.ActivityTypeCapped>;
type Published = InstanceType<typeof event.ReportPublished>;

const budget = ({ accountId, period, purpose, amount }: Budget) => ({
  [`budget/${accountId}/${period}/${purpose}`]: amount,
});
const cap = ({ activityTypeId, accountId, per, amount }: Cap) => ({
  [`cap/${activityTypeId}/${per}/${accountId ?? ''}`]: amount,
});
const endorsed = ({ executive, until }: { executive: string; until: string }, at: number) =>
  `endorsed/${executive}/${at}/${until}`;
const published = ({ report, asOf, knownAt, digest }: Published) => `report/${report}/${asOf}/${knownAt}/${digest}`;

/** How what we do with the portfolio is remembered. */
export const portfolioOn: Table['on'] = {
  ProgrammeEndorsed: (state, event) => state.once(endorsed(event.data, event.time), event),
  ObjectiveDefined: (state, event) => {
    state.once(`objective/${event.data.objectiveId}`, event, 'objective/id-taken');
    state.objectives.set(event.data.objectiveId, 'open');
  },
  ObjectiveClosed: (state, { data }) => {
    state.objectives.set(data.objectiveId, 'closed');
  },
  BudgetAllocated: (state, { data, time }) => state.state(budget(data), time),
  ActivityTypeProposed: (state, event) => {
    state.once(`activity-type/${event.data.activityTypeId}`, event, 'activity-type/id-taken');
    state.activityTypes.set(event.data.activityTypeId, 'PROPOSED');
  },
  ActivityTypeApproved: (state, { data }) => {
    state.activityTypes.set(data.activityTypeId, 'APPROVED');
  },
  ActivityTypeRejected: (state, { data }) => {
    state.activityTypes.set(data.activityTypeId, 'REJECTED');
  },
  ActivityTypeCapped: (state, { data, time }) => state.state(cap(data), time),
  PortfolioRebalanced: (state, event) => state.once(rebalanced(event.time, digestIn(event)), event),
  RoutePlanned: (state, event) => state.once(`route/${event.data.routeId}`, event, 'route/id-taken'),
  CommissionPlanSet: (state, event) => state.once(`commission/${event.data.planId}`, event, 'commission/id-taken'),
  OpportunityBurstDeclared: (state, event) => state.once(`burst/${event.data.burstId}`, event, 'burst/id-taken'),
  ReportPublished: (state, event) => state.once(published(event.data), event),
};

type PortfolioCommand =
  | 'EndorseProgramme'
  | 'DefineObjective'
  | 'CloseObjective'
  | 'AllocateBudget'
  | 'ProposeActivityType'
  | 'ApproveActivityType'
  | 'CapActivityType'
  | 'RejectActivityType'
  | 'RebalancePortfolio'
  | 'PlanRoute'
  | 'SetCommissionPlan'
  | 'DeclareOpportunityBurst'
  | 'PublishReport';

/** How what we do with the portfolio is decided. */
export const portfolioDecide: Pick<Table['decide'], PortfolioCommand> = {
  EndorseProgramme(state, command, { occurredAt }): Draft<ProgrammeEvent>[] {
    ends('until', occurredAt, command.until);
    if (state.ids.has(endorsed(command, occurredAt))) return [];
    return [{ type: 'ProgrammeEndorsed', data: pick(command, event.ProgrammeEndorsed) }];
  },

  DefineObjective(state, command, context): Draft<ProgrammeEvent>[] {
    const { objectiveId } = command;
    if (toldAlready(state.ids.get(`objective/${objectiveId}`), context, 'objective/id-taken', objectiveId)) return [];
    return [{ type: 'ObjectiveDefined', data: pick(command, event.ObjectiveDefined) }];
  },

  CloseObjective(state, { objectiveId }): Draft<ProgrammeEvent>[] {
    const now = state.objectives.get(objectiveId);
    if (now === 'closed') return [];
    if (now === 'open') return [{ type: 'ObjectiveClosed', data: { objectiveId } }];
    throw new Refusal('objective/not-open', `There is no open objective ${objectiveId}`, {
      errors: [{ pointer: '/objectiveId', code: 'unknown', detail: 'name an open objective' }],
      values: { objectiveId },
    });
  },

  AllocateBudget(state, command, { occurredAt }): Draft<ProgrammeEvent>[] {
    const data = pick(command, event.BudgetAllocated);
    return state.changes(budget(data), occurredAt)
      ? [{ type: 'BudgetAllocated', accountid: data.accountId, data }]
      : [];
  },

  ProposeActivityType(state, command, context): Draft<ProgrammeEvent>[] {
    const { activityTypeId } = command;
    if (
      toldAlready(state.ids.get(`activity-type/${activityTypeId}`), context, 'activity-type/id-taken', activityTypeId)
    )
      return [];
    return [{ type: 'ActivityTypeProposed', data: pick(command, event.ActivityTypeProposed) }];
  },

  ApproveActivityType(state, { activityTypeId }): Draft<ProgrammeEvent>[] {
    const now = proposed(state, activityTypeId);
    if (now === 'REJECTED') throw decided(activityTypeId, now);
    return now === 'APPROVED' ? [] : [{ type: 'ActivityTypeApproved', data: { activityTypeId } }];
  },

  CapActivityType(state, command, { occurredAt }): Draft<ProgrammeEvent>[] {
    const now = proposed(state, command.activityTypeId);
    if (now === 'REJECTED') throw decided(command.activityTypeId, now);
    const data = pick(command, event.ActivityTypeCapped);
    if (!state.changes(cap(data), occurredAt)) return [];
    return [
      { type: 'ActivityTypeCapped', ...(data.accountId === undefined ? {} : { accountid: data.accountId }), data },
    ];
  },

  RejectActivityType(state, { activityTypeId }): Draft<ProgrammeEvent>[] {
    const now = proposed(state, activityTypeId);
    if (now === 'APPROVED') throw decided(activityTypeId, now);
    return now === 'REJECTED' ? [] : [{ type: 'ActivityTypeRejected', data: { activityTypeId } }];
  },

  RebalancePortfolio(state, command, { occurredAt, digest }): Draft<ProgrammeEvent>[] {
    if (state.ids.has(rebalanced(occurredAt, digest))) return [];
    return [{ type: 'PortfolioRebalanced', data: pick(command, event.PortfolioRebalanced) }];
  },

  PlanRoute(state, command, context): Draft<ProgrammeEvent>[] {
    if (toldAlready(state.ids.get(`route/${command.routeId}`), context, 'route/id-taken', command.routeId)) return [];
    unique('accountIds', 'account', command.accountIds);
    return [{ type: 'RoutePlanned', data: pick(command, event.RoutePlanned) }];
  },

  SetCommissionPlan(state, command, context): Draft<ProgrammeEvent>[] {
    const { planId, from, until } = command;
    if (toldAlready(state.ids.get(`commission/${planId}`), context, 'commission/id-taken', planId)) return [];
    ends('until', Date.parse(from), until);
    return [{ type: 'CommissionPlanSet', data: pick(command, event.CommissionPlanSet) }];
  },

  DeclareOpportunityBurst(state, command, context): Draft<ProgrammeEvent>[] {
    const { burstId, accountIds, region, industry, from, until } = command;
    if (toldAlready(state.ids.get(`burst/${burstId}`), context, 'burst/id-taken', burstId)) return [];
    ends('until', Date.parse(from), until);
    if (accountIds === undefined && region === undefined && industry === undefined) {
      throw new Refusal(
        'command/invalid',
        'Nobody knows where the opportunity is: give accountIds, region or industry',
        {
          errors: [{ pointer: '', code: 'empty', detail: 'give at least one of accountIds, region, industry' }],
        },
      );
    }
    return [{ type: 'OpportunityBurstDeclared', data: pick(command, event.OpportunityBurstDeclared) }];
  },

  PublishReport(state, command): Draft<ProgrammeEvent>[] {
    const data = pick(command, event.ReportPublished);
    return state.ids.has(published(data)) ? [] : [{ type: 'ReportPublished', data }];
  },
};

/** A rebalancing has no id of its own: the same moves at the same instant are the same one. */
const rebalanced = (at: Event<string, object>['time'], digest: string): string => `rebalanced/${at}/${digest}`;

function proposed(state: Programme, activityTypeId: string): 'PROPOSED' | 'APPROVED' | 'REJECTED' {
  const now = state.activityTypes.get(activityTypeId);
  if (now) return now;
  throw new Refusal('activity-type/unknown', `There is no kind of activity ${activityTypeId}; propose it first`, {
    errors: [{ pointer: '/activityTypeId', code: 'unknown', detail: 'propose it first' }],
    values: { activityTypeId },
  });
}

const decided = (activityTypeId: string, now: string): Refusal =>
  new Refusal(
    'activity-type/decided',
    `${activityTypeId} is ${now.toLowerCase()} already; retract that decision first`,
    {
      values: { activityTypeId, state: now },
    },
  );

/** Refuses an end that does not come after its beginning. */
function ends(field: string, from: number, until: string | undefined): void {
  if (until === undefined || Date.parse(until) > from) return;
  throw new Refusal(
    'period/invalid',
    `It would end on ${said(Date.parse(until))}, not after its beginning on ${said(from)}`,
    {
      errors: [{ pointer: `/${field}`, code: 'order', detail: 'give an end after the beginning' }],
    },
  );
}
