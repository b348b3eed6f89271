import { acme, ada, bert, globex } from './ids.js';

const added = {
  accountId: acme,
  name: 'Ada Moreau',
  email: 'ada.moreau@acme.example',
  phone: '+33 1 23 45 67 89',
  externalIds: [{ system: 'crm', id: 'C-1042' }],
  function: 'PURCHASING',
  seniority: 2,
};
const changed = { email: 'a.moreau@acme.example', function: 'ENGINEERING', seniority: 3 };
const joined = { function: 'MANAGEMENT', seniority: 4, roles: ['DECIDER', 'SPONSOR'], attitude: 1, influence: 5 };
const assessed = { attitude: 2, influence: 4 };

/** Samples of a person of theirs. */
export const contactCast: {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
} = {
  commands: {
    AddContact: { contactId: ada, occurredAt: '2025-01-15', ...added },
    ChangeContactDetails: { contactId: ada, function: 'ENGINEERING', seniority: 3 },
    MoveContact: { contactId: ada, toAccountId: globex, reason: 'Called to lead the new plant', ...joined },
    AssignContactRole: { contactId: ada, role: 'BUYER' },
    EndContactRole: { contactId: ada, role: 'BUYER' },
    AssessContact: { contactId: ada, ...assessed },
    SetReportingLine: { contactId: ada, reportsTo: bert },
  },
  events: {
    ContactAdded: added,
    ContactDetailsChanged: changed,
    ContactLeft: { reason: 'Called to lead the new plant' },
    ContactJoined: { accountId: globex, ...joined },
    ContactRoleAssigned: { role: 'BUYER' },
    ContactRoleEnded: { role: 'BUYER' },
    ContactAssessed: assessed,
    ContactReportsTo: { contactId: bert },
  },
};
