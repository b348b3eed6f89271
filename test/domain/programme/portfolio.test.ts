import { describe, expect, it } from '@jest/globals';
import { programmeCommands } from '../../../src/domain/programme/programme.commands.js';
import { programme } from '../../../src/domain/programme/programme.decider.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { acme, globex } from '../../support/cast/ids.js';
import { programmeCast } from '../../support/cast/programme.js';
import { type Past, specFor } from '../../support/spec.js';

const given = specFor(programme, programmeCommands);
type Name = keyof typeof programmeCommands;
const { commands, events } = programmeCast as {
  commands: Record<Name, Record<string, unknown>>;
  events: Record<string, Record<string, unknown>>;
};
const past = (type: string, data: object, body: object = data, time = '2026-01-01T00:00:00.000Z'): Past => ({
  type,
  data,
  time,
  digest: digestOf(body),
});

describe('objectives (D2)', () => {
  const defined = past('ObjectiveDefined', events.ObjectiveDefined!);
  it('are told once and closed once', () => {
    given(defined)
      .when('DefineObjective', { ...commands.DefineObjective, year: 2030 })
      .thenRefused('objective/id-taken');
    given(defined, past('ObjectiveClosed', events.ObjectiveClosed!))
      .when('CloseObjective', commands.CloseObjective)
      .thenNothing();
    given().when('CloseObjective', commands.CloseObjective).thenRefused('objective/not-open');
  });
});

describe('kinds of activity (D11)', () => {
  const proposed = past('ActivityTypeProposed', events.ActivityTypeProposed!);
  const approved = past('ActivityTypeApproved', { activityTypeId: 'open-day' });
  const rejected = past('ActivityTypeRejected', { activityTypeId: 'open-day' });
  it('are proposed before they are decided', () => {
    for (const name of ['ApproveActivityType', 'CapActivityType', 'RejectActivityType'] as const)
      given().when(name, commands[name]).thenRefused('activity-type/unknown');
    given(proposed)
      .when('ProposeActivityType', { activityTypeId: 'open-day', name: 'x', why: 'y', occurredAt: '2026-01-01' })
      .thenRefused('activity-type/id-taken');
  });
  it('are approved or rejected, not both', () => {
    given(proposed, rejected)
      .when('ApproveActivityType', commands.ApproveActivityType)
      .thenRefused('activity-type/decided');
    given(proposed, rejected).when('CapActivityType', commands.CapActivityType).thenRefused('activity-type/decided');
    given(proposed, approved)
      .when('RejectActivityType', commands.RejectActivityType)
      .thenRefused('activity-type/decided');
  });
  it('may be capped before and after approval, anew with another amount, for all or for one', () => {
    given(proposed, approved).when('CapActivityType', commands.CapActivityType).then({ accountid: acme });
    const capped = past('ActivityTypeCapped', events.ActivityTypeCapped!);
    given(proposed, capped)
      .when('CapActivityType', { ...commands.CapActivityType, amount: { minor: 1, currency: 'EUR' } })
      .then({ type: 'ActivityTypeCapped' });
    const { accountId: _account, ...forAll } = commands.CapActivityType as { accountId: string };
    expect(given(proposed, capped).when('CapActivityType', forAll).events()[0]).not.toHaveProperty('accountid');
  });
});

describe('budgets (D9, F10)', () => {
  it('the later amount for a purpose holds', () => {
    const allocated = past('BudgetAllocated', events.BudgetAllocated!);
    given(allocated)
      .when('AllocateBudget', { ...commands.AllocateBudget, amount: { minor: 7, currency: 'EUR' } })
      .then({ type: 'BudgetAllocated', accountid: acme });
    given(allocated)
      .when('AllocateBudget', { ...commands.AllocateBudget, purpose: 'training' })
      .then({ type: 'BudgetAllocated' });
  });
  it('are not moved without a reason', () => {
    const { reason: _reason, ...silent } = commands.RebalancePortfolio as { reason: string };
    expect(() => given().when('RebalancePortfolio', silent).events()).toThrow(/reason is missing/);
  });
  it('may be moved again later in the same way', () => {
    given(past('PortfolioRebalanced', events.PortfolioRebalanced!))
      .when('RebalancePortfolio', commands.RebalancePortfolio)
      .then({ type: 'PortfolioRebalanced' });
  });
});

describe('formal reviews (F7)', () => {
  it('are never refused, however many', () => {
    const first = past(
      'PerformanceReviewed',
      events.PerformanceReviewed!,
      commands.RecordPerformanceReview,
      '2026-06-29T00:00:00.000Z',
    );
    given(first)
      .when('RecordPerformanceReview', commands.RecordPerformanceReview)
      .then({ type: 'PerformanceReviewed', accountid: acme });
  });
});

describe('selling approaches (H2, H3, H4)', () => {
  it('ids mean one thing', () => {
    given(past('RoutePlanned', events.RoutePlanned!))
      .when('PlanRoute', { ...commands.PlanRoute, weekday: 5 })
      .thenRefused('route/id-taken');
    given(past('CommissionPlanSet', events.CommissionPlanSet!))
      .when('SetCommissionPlan', { ...commands.SetCommissionPlan, approach: 'FARMER' })
      .thenRefused('commission/id-taken');
    given(past('OpportunityBurstDeclared', events.OpportunityBurstDeclared!))
      .when('DeclareOpportunityBurst', { ...commands.DeclareOpportunityBurst, region: 'Nordics' })
      .thenRefused('burst/id-taken');
  });
  it('a route names each account once', () =>
    given()
      .when('PlanRoute', { routeId: 'r', weekday: 1, accountIds: [globex, globex] })
      .thenRefused('command/invalid'));
  it('what has an end ends after it begins', () => {
    given()
      .when('SetCommissionPlan', { ...commands.SetCommissionPlan, until: '2025-01-01' })
      .thenRefused('period/invalid');
    given()
      .when('DeclareOpportunityBurst', { ...commands.DeclareOpportunityBurst, until: '2026-02-01' })
      .thenRefused('period/invalid');
    given().when('EndorseProgramme', { executive: 'ceo', until: '2026-01-01' }).thenRefused('period/invalid');
  });
  it('an opportunity is somewhere', () => {
    const {
      industry: _industry,
      region: _region,
      ...nowhere
    } = commands.DeclareOpportunityBurst as { industry: string; region: string };
    given().when('DeclareOpportunityBurst', nowhere).thenRefused('command/invalid');
    given()
      .when('DeclareOpportunityBurst', { ...nowhere, accountIds: [acme] })
      .then({ data: { accountIds: [acme] } });
  });
});

describe('what was published', () => {
  it('a digest names one model', () => {
    given(past('LifetimeModelPublished', events.LifetimeModelPublished!))
      .when('PublishLifetimeModel', { ...commands.PublishLifetimeModel, population: 2358 })
      .thenRefused('model/id-taken');
  });
  it('a report is kept once for what it showed', () => {
    const report = past('ReportPublished', events.ReportPublished!);
    given(report)
      .when('PublishReport', { ...commands.PublishReport, digest: 'other' })
      .then({ type: 'ReportPublished' });
  });
});
