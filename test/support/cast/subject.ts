const keyId = 'b1946ac9-2f6d-4a1e-9c0b-0f5d5c1f7a11';

/** Samples of a subject's keys and privacy. Nobody commands them. */
export const subjectCast: {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
} = {
  commands: {},
  events: {
    SubjectKeyCreated: { keyId, commitment: '3q2-7wAAAAAAAAAAAAAAAA' },
    ErasureRequested: {
      basis: 'GDPR Art. 17(1)(b)',
      deadline: '2026-07-15T00:00:00.000Z',
      reason: 'She asked by letter',
    },
    SubjectErased: { keyIds: [keyId] },
    ErasureCompleted: { keyIds: [keyId], rebuilt: 2 },
    LegalHoldPlaced: {
      holdId: 'suit-7',
      basis: 'GDPR Art. 17(3)(e)',
      until: '2027-01-01T00:00:00.000Z',
      reason: 'Claim about the 2025 deliveries',
    },
    LegalHoldLifted: { holdId: 'suit-7', reason: 'Settled' },
  },
};
