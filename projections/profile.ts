import type { AccountEvent } from '../src/domain/account/account.events.js';
import type { BooksEvent } from '../src/domain/books/books.events.js';
import type { MemberEvent } from '../src/domain/member/member.events.js';
import type { ProgrammeEvent } from '../src/domain/programme/programme.events.js';
import { iso } from '../src/kernel/instant.js';
import type { Projection } from '../src/kernel/projection.js';
import { own, ownOr } from './keyed.js';
import { keyOf } from './performance/books.js';
import {
  acceptanceKey,
  type Classification,
  type Investment,
  initial,
  isKeyAccount,
  leaveOffice,
  type Place,
  type ProfileState,
} from './profile/state.js';
import { type ProfileView, profileView } from './profile/view.js';

type Events = AccountEvent | BooksEvent | MemberEvent | ProgrammeEvent;

/** Who the customer is and what is agreed with it: class, office, status, charter, contracts, plans, team. */
export const profile: Projection<ProfileState, ProfileView, Events> = {
  name: 'profile',
  version: 3,
  of: 'account',
  question: { en: 'Who is this and what is agreed?', zh: '客户是谁,双方约定了什么?' },
  initial,
  on: {
    AccountRegistered: (state, { time, id, data }) => {
      const { name, currency, externalIds = [] } = data;
      state.account = { name, currency, externalIds: externalIds.map((one) => ({ ...one })), at: time, eventId: id };
      classify(state.class, data, id);
    },
    AccountReclassified: (state, { id, data }) => classify(state.class, data, id),
    KeyAccountDesignated: (state, { time, id, data }) => {
      const { managerId, horizonYears, targetStage, criteriaVersion, scores, judgedAt, override } = data;
      state.designations.push({
        at: time,
        eventId: id,
        horizonYears,
        targetStage,
        criteriaVersion: criteriaVersion ?? null,
        scores: scores ?? [],
        judgedAt: judgedAt ?? null,
        approver: override?.approver ?? null,
        released: null,
      });
      leaveOffice(state, time);
      state.offices.push({ managerId, at: time, eventId: id, until: null });
    },
    KeyAccountHandedOver: (state, { time, id, data }) => {
      if (!isKeyAccount(state)) return;
      leaveOffice(state, time);
      state.offices.push({ managerId: data.toManagerId, at: time, eventId: id, until: null });
    },
    KeyAccountReleased: (state, { time, id }) => {
      leaveOffice(state, time);
      if (isKeyAccount(state)) state.designations.at(-1)!.released = [time, id];
    },
    SupplierStatusTargeted: (state, { time, id, data: { category, status, until } }) => {
      state.goals.push({ category, status, until: Date.parse(until), at: time, eventId: id });
    },
    PostureSet: (state, { time, id, data: { posture } }) => {
      if (state.postures.at(-1)?.posture !== posture) state.postures.push({ posture, at: time, eventId: id });
    },
    CompetitorMoved: (state, { time, id, data: { moveId, competitor, category, impact } }) => {
      state.moves.push({ moveId, competitor, category, impact, at: time, eventId: id });
    },
    CustomerIntentStated: (state, { time, id, data: { intentId, source, until } }) => {
      const bound = until === undefined ? null : Date.parse(until);
      ownOr(state.intents, intentId, () => ({ source, at: time, until: bound, eventId: id, withdrawn: null }));
    },
    CustomerIntentWithdrawn: (state, { time, id, data: { intentId } }) => {
      const intent = own(state.intents, intentId);
      if (intent) intent.withdrawn ??= [time, id];
    },
    FuturePlanSet: (state, { time, id, data }) => {
      const { period, basis, contribution, shareOfWallet, stage, supplierStatus } = data;
      const key = `${period}/${basis}`;
      state.futures[key] = {
        period,
        basis,
        contribution,
        shareOfWallet: shareOfWallet ?? null,
        stage: stage ?? null,
        supplierStatus: supplierStatus ?? null,
        at: time,
        eventIds: [...(state.futures[key]?.eventIds ?? []), id],
      };
    },
    MemberAssigned: (state, { id, subject, data }) => {
      const memberId = memberOf(subject);
      const { assignmentId, role, function: unit, seniority, ftePct, from, until } = data;
      const bound = until === undefined ? null : Date.parse(until);
      const place = { memberId, assignmentId, role, function: unit, seniority, ftePct, from: Date.parse(from) };
      ownOr(
        state.team,
        `${memberId}/${assignmentId}`,
        (): Place => ({ ...place, until: bound, eventId: id, released: null }),
      );
    },
    MemberReleased: (state, { id, subject, data: { assignmentId, on } }) => {
      const place = own(state.team, `${memberOf(subject)}/${assignmentId}`);
      if (place) place.released = [Date.parse(on), id];
    },
    KamConfirmed: (state, { time, id, subject, data: { by } }) => {
      state.acceptances[acceptanceKey(memberOf(subject), by)] = { confirmed: true, at: time, eventId: id };
    },
    KamConfidenceWithdrawn: (state, { time, id, subject, data: { by } }) => {
      state.acceptances[acceptanceKey(memberOf(subject), by)] = { confirmed: false, at: time, eventId: id };
    },
    InvestmentCommitted: (state, event, _rules, subject) => {
      const { time, id, data } = event;
      const { investmentId, horizonMonths } = data;
      const made = (): Investment => ({ at: time, eventId: id, horizonMonths, releases: [], stopped: null });
      ownOr(state.investments, keyOf(event, investmentId, subject), made);
    },
    InvestmentReleased: (state, event, _rules, subject) => {
      own(state.investments, keyOf(event, event.data.investmentId, subject))?.releases.push(event.id);
    },
    InvestmentStopped: (state, event, _rules, subject) => {
      const { time, id, data } = event;
      const investment = own(state.investments, keyOf(event, data.investmentId, subject));
      if (investment) investment.stopped ??= [time, id];
    },
    DiscountSchemeAnnounced: (state, { time, id, data: { schemeId, category, until } }) => {
      const bound = until === undefined ? null : Date.parse(until);
      ownOr(state.schemes, schemeId, () => ({ category: category ?? null, at: time, until: bound, eventId: id }));
    },
    PotentialEstimated: (state, { time, id, data }) => {
      const { availableSales3y, growthPct, expectedRetention, margin, source } = data;
      state.potential = { availableSales3y, growthPct, expectedRetention, margin, source, at: time, eventId: id };
    },
  },
  uses: ['stages', 'performance'],
  view: profileView,
  rows: {
    columns: {
      managerId: { kind: 'text', says: 'member who holds the office of key-account manager' },
      from: { kind: 'instant', says: 'when they took it over' },
      to: { kind: 'instant', says: 'when they left it; null: still in it' },
      eventId: { kind: 'text', says: 'designation or handover' },
    },
    of: ({ offices }) =>
      offices.map(({ managerId, at, until, eventId }) => ({
        managerId,
        from: iso(at),
        to: until === null ? null : iso(until),
        eventId,
      })),
  },
};

const memberOf = (subject: string): string => subject.slice(subject.indexOf('-') + 1);

function classify(
  known: Classification,
  data: { readonly [K in 'customerType' | 'oemFitShare' | 'industry' | 'region']?: Classification[K] | undefined },
  eventId: string,
): void {
  known.customerType = data.customerType ?? known.customerType;
  known.oemFitShare = data.oemFitShare ?? known.oemFitShare;
  known.industry = data.industry ?? known.industry;
  known.region = data.region ?? known.region;
  known.eventIds.push(eventId);
}
