/** Samples of the log's own affairs. Nobody commands them. */
export const logCast: {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
} = {
  commands: {},
  events: {
    StreamHeadsDigested: { upTo: 10_000, root: 'XdyAoqN0bkpZ', count: 231 },
    KeyDestroyedAgain: {
      subjectId: 'contact.11111111-1111-4111-8111-111111111111',
      keyId: 'b1946ac9-2f6d-4a1e-9c0b-0f5d5c1f7a11',
    },
    LogContinued: { origin: 'taproot.example/kam-2', size: 48_112, root: 'XdyAoqN0bkpZ' },
  },
};
