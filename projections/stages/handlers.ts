import type { AccountEvent } from '../../src/domain/account/account.events.js';
import type { BooksEvent } from '../../src/domain/books/books.events.js';
import type { ProgrammeEvent } from '../../src/domain/programme/programme.events.js';
import type { Projection } from '../../src/kernel/projection.js';
import { own, ownOr } from '../keyed.js';
import { inCurrency } from '../performance/pricing.js';
import type { Contract, Estimate, Plan, Reduction, StagesState, Step } from './state.js';
import { prove } from './state.js';
import type { StagesView } from './view.js';

type Events = AccountEvent | BooksEvent | ProgrammeEvent;

/** What is declared, recorded and agreed, by event. */
export const handlers: Projection<StagesState, StagesView, Events>['on'] = {
  OrderPlaced: (state, { time, id }) => {
    state.firstTrade ??= [time, id];
  },
  InvoiceIssued: (state, { time, id }) => {
    state.firstTrade ??= [time, id];
  },
  StageDeclared: (state, { time, id, data: { stage, evidenceIds, override } }) => {
    state.declared.push({ stage, at: time, eventId: id, evidenceIds, approver: override?.approver ?? null });
  },
  StageEvidenceRecorded: (state, { time, id, data: { item, level, sourceEventIds, expiresOn } }) => {
    const expires = expiresOn === undefined ? null : Date.parse(expiresOn);
    prove(state, { item, level, at: time, eventId: id, sources: sourceEventIds, expires });
  },
  TargetStageSet: (state, { time, id, data: { stage, until } }) => {
    const bound = until === undefined ? null : Date.parse(until);
    state.targets.push({ stage, at: time, until: bound, eventId: id, by: 'target' });
  },
  KeyAccountDesignated: (state, { time, id, data: { targetStage } }) => {
    state.targets.push({ stage: targetStage, at: time, until: null, eventId: id, by: 'designation' });
  },
  SupplierStatusDeclared: (state, { time, id, data: { category, status, source } }) => {
    state.statuses.push({ category, status, source, at: time, eventId: id });
  },
  ShareOfWalletEstimated: (state, { time, id, data }, { fx }, { currency }) => {
    const { category, share, wallet, ourRank, suppliers, source, confidence } = data;
    const estimates = ownOr(state.estimates, category, (): Estimate[] => []);
    estimates.push({
      at: time,
      eventId: id,
      share: share ?? null,
      wallet: wallet && currency !== null ? inCurrency(wallet, currency, fx) : null,
      ourRank: ourRank ?? null,
      suppliers: suppliers ?? null,
      source,
      confidence,
    });
  },
  ContractAgreed: (state, { time, id, data: { contractId, category, from, until, paymentDays, value } }) => {
    const term = { at: time, until: Date.parse(until), tendered: null, value: value ?? null, eventId: id };
    ownOr(
      state.contracts,
      contractId,
      (): Contract => ({
        category: category ?? null,
        from: Date.parse(from),
        agreed: [time, id],
        paymentDays: paymentDays ?? null,
        terms: [term],
        ended: null,
      }),
    );
  },
  ContractRenewed: (state, { time, id, data: { contractId, until, tendered, value } }) => {
    const contract = own(state.contracts, contractId);
    contract?.terms.push({ at: time, until: Date.parse(until), tendered, value: value ?? null, eventId: id });
  },
  ContractEnded: (state, { time, id, data: { contractId, reason, lostTo } }) => {
    const contract = own(state.contracts, contractId);
    if (contract) contract.ended ??= { at: time, reason, lostTo: lostTo ?? null, eventId: id };
  },
  JointPlanAgreed: (state, { time, id, data: { planId, from, to, sharedResources } }) => {
    ownOr(
      state.plans,
      planId,
      (): Plan => ({
        from: Date.parse(from),
        to: Date.parse(to),
        sharedResources,
        agreed: [time, id],
        cancelled: null,
      }),
    );
  },
  JointPlanCancelled: (state, { time, id, data: { planId } }) => {
    const plan = own(state.plans, planId);
    if (plan) plan.cancelled ??= [time, id];
  },
  IntegrationStepTaken: (state, { time, id, data: { stepId, step, direction } }) => {
    ownOr(state.steps, stepId, (): Step => ({ step, direction, taken: [time, id], ended: null }));
  },
  IntegrationStepEnded: (state, { time, id, data: { stepId } }) => {
    const step = own(state.steps, stepId);
    if (step) step.ended ??= [time, id];
  },
  CharterAgreed: (state, { time, id, data }) => {
    const { differentiatedServices, cadence, forum, ourOwners, theirOwners } = data;
    const services = differentiatedServices.map(({ serviceId, name }) => ({ serviceId, name }));
    state.charters.push({ at: time, eventId: id, services, cadence, forum, ourOwners, theirOwners });
  },
  SupplierReductionAnnounced: (state, { time, id, data }) => {
    const { programmeId, category, suppliersBefore, suppliersAfter, deadline, ourSlot } = data;
    ownOr(state.reductions, programmeId, (): Reduction => ({ announced: [], decided: null })).announced.push({
      at: time,
      eventId: id,
      category,
      before: suppliersBefore,
      after: suppliersAfter,
      deadline: Date.parse(deadline),
      slot: ourSlot,
    });
  },
  SupplierReductionDecided: (state, { time, id, data: { programmeId, kept } }) => {
    ownOr(state.reductions, programmeId, (): Reduction => ({ announced: [], decided: null })).decided = {
      at: time,
      kept,
      eventId: id,
    };
  },
};
