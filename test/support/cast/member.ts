import { acme, manager } from './ids.js';

const added = {
  name: 'Grace Lindqvist',
  function: 'KEY_ACCOUNT',
  seniority: 3,
  qualifications: ['Engineering degree', 'Mandarin'],
};
const assigned = {
  assignmentId: 'acme-2026',
  accountId: acme,
  role: 'KEY_ACCOUNT_MANAGER',
  standing: 'Signs contracts on her own',
  ftePct: 60,
  from: '2026-01-01T00:00:00.000Z',
  until: '2027-01-01T00:00:00.000Z',
};
const released = { assignmentId: 'acme-2026', on: '2026-05-01T00:00:00.000Z' };
const confirmed = { accountId: acme, by: 'CUSTOMER', reason: 'Their managing director said so at the review' };
const withdrawn = { accountId: acme, by: 'TEAM', reason: 'Two promises made without asking the plant' };

/** Samples of a person of ours. */
export const memberCast: {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
} = {
  commands: {
    AddMember: { memberId: manager, ...added },
    ChangeMember: { memberId: manager, seniority: 4 },
    AssignMember: { memberId: manager, ...assigned },
    ReleaseMember: { memberId: manager, ...released },
    ConfirmKam: { memberId: manager, ...confirmed },
    WithdrawKamConfidence: { memberId: manager, ...withdrawn },
  },
  events: {
    MemberAdded: added,
    MemberChanged: { seniority: 4, qualifications: ['Engineering degree', 'Mandarin', 'Negotiation'] },
    MemberAssigned: { ...assigned, function: 'KEY_ACCOUNT', seniority: 3 },
    MemberReleased: released,
    KamConfirmed: confirmed,
    KamConfidenceWithdrawn: withdrawn,
  },
};
