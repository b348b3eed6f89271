import fc from 'fast-check';
import type { Taproot } from '../../src/app/taproot.js';
import { NEVER } from '../../src/kernel/instant.js';
import type { Moment } from '../../src/kernel/projection.js';
import { projections } from '../../projections/registry.js';
import { admin } from '../../src/http/access.js';
import { acme, ada, bert, globex, manager, sponsor } from './cast/ids.js';

/** A command of a random history: its name and its body, `occurredAt` included. */
export interface Said {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>> & { readonly occurredAt: string };
}

const day = 86_400_000;
const first = Date.parse('2023-01-01T00:00:00.000Z');

/** What stands before every random history: two accounts, two persons of theirs, two of ours. */
export const beginning: readonly Said[] = [
  ...[acme, globex].map((accountId) => ({
    name: 'RegisterAccount',
    body: {
      accountId,
      name: accountId,
      customerType: 'OEM_MAKER',
      currency: 'EUR',
      occurredAt: '2022-01-01T00:00:00.000Z',
    },
  })),
  ...[ada, bert].map((contactId, i) => ({
    name: 'AddContact',
    body: {
      contactId,
      accountId: acme,
      name: `Person ${i}`,
      function: i === 0 ? 'PURCHASING' : 'ENGINEERING',
      seniority: 2,
      occurredAt: '2022-01-02T00:00:00.000Z',
    },
  })),
  ...[manager, sponsor].map((memberId, i) => ({
    name: 'AddMember',
    body: {
      memberId,
      name: `Member ${i}`,
      function: i === 0 ? 'KEY_ACCOUNT' : 'ENGINEERING',
      seniority: 3,
      qualifications: [],
      occurredAt: '2022-01-02T00:00:00.000Z',
    },
  })),
];

const amount = fc.integer({ min: 1, max: 5_000_000 }).map((minor) => ({ minor, currency: 'EUR' }));
const bodies: Readonly<Record<string, fc.Arbitrary<(n: number) => object>>> = {
  IssueInvoice: fc.record({ gross: amount, cogs: amount }).map((some) => (n) => ({ invoiceId: `I${n}`, ...some })),
  IssueCredit: amount.map((some) => (n) => ({ creditId: `C${n}`, amount: some })),
  PlaceOrder: amount.map((some) => (n) => ({ orderId: `O${n}`, amount: some })),
  RecordCost: fc
    .record({ amount, category: fc.constantFrom('LOGISTICS', 'SERVICE', 'TRAVEL') })
    .map((some) => (n) => ({ costId: `K${n}`, ...some })),
  LogInteraction: fc
    .record({
      kind: fc.constantFrom('CALL', 'MEETING', 'VISIT', 'MESSAGE', 'CAMPAIGN', 'JOINT_REVIEW'),
      initiator: fc.constantFrom('US', 'THEM', 'JOINT'),
      durationMin: fc.integer({ min: 0, max: 240 }),
      us: fc.boolean(),
      them: fc.boolean(),
    })
    .map(({ us, them, ...some }) => (n) => ({
      interactionId: `X${n}`,
      ...some,
      ours: [{ memberId: us ? manager : sponsor, function: us ? 'KEY_ACCOUNT' : 'ENGINEERING' }],
      theirs: [
        { contactId: them ? ada : bert, function: them ? 'PURCHASING' : 'ENGINEERING', seniority: them ? 2 : 3 },
      ],
    })),
  MakeCommitment: fc
    .record({ by: fc.constantFrom('US', 'THEM'), days: fc.integer({ min: 1, max: 200 }) })
    .map(({ by, days }) => (n) => ({
      commitmentId: `P${n}`,
      by,
      ownerId: by === 'US' ? manager : ada,
      what: 'Something promised',
      due: new Date(first + days * 5 * day).toISOString(),
    })),
  EstimateShareOfWallet: fc
    .integer({ min: 0, max: 100 })
    .map((share) => () => ({ category: 'drives', share: share / 100, source: 'buyer', confidence: 0.5 })),
  SignalIntegrity: fc.boolean().map((good) => () => ({ kind: good ? 'PAID_EARLY' : 'PAID_LATE', positive: good })),
  RecordSurveyAnswer: fc.integer({ min: 0, max: 10 }).map((recommend) => () => ({ respondentId: ada, recommend })),
  DeclareSupplierStatus: fc
    .constantFrom('CANDIDATE', 'APPROVED', 'PREFERRED', 'PRIMARY', 'SOLE')
    .map((status) => () => ({ category: 'drives', status, source: 'buyer' })),
  RecordStageEvidence: fc
    .record({ item: fc.constantFrom('trust', 'jointPlanning', 'exitBarrier'), level: fc.integer({ min: 1, max: 4 }) })
    .map((some) => () => ({ ...some, sourceEventIds: [] })),
};

/** Random histories in which no command needs another one, each at an instant of its own. */
export const anyHistory = (max = 40): fc.Arbitrary<readonly Said[]> =>
  fc
    .uniqueArray(
      fc.record({
        at: fc.integer({ min: 0, max: 900 }),
        globex: fc.boolean(),
        what: fc.constantFrom(...Object.keys(bodies)).chain((name) => bodies[name]!.map((body) => ({ name, body }))),
      }),
      { minLength: 1, maxLength: max, selector: ({ at }) => at },
    )
    .map((list) =>
      list.map(({ at, globex: other, what }) => ({
        name: what.name,
        body: {
          accountId: other ? globex : acme,
          ...what.body(at),
          occurredAt: new Date(first + at * day + 3_600_000).toISOString(),
        },
      })),
    );

/** Tells commands in order; each one's id is made of its content, so that two logs that are told the same have the same ids. */
export async function tell(taproot: Taproot, said: readonly Said[]): Promise<void> {
  for (const { name, body } of said) {
    const commandId = `${name}-${JSON.stringify(body)}`.replace(/[^A-Za-z0-9]/g, '').slice(0, 180);
    await taproot.execute.run({ name, body, commandId, actor: admin });
  }
}

/** Everything that the log answers at a moment: every account view of both accounts, as JSON has it. */
export function answersAt(taproot: Taproot, moment: Moment = now): object {
  const views = projections.filter((projection) => projection.of === 'account').map(({ name }) => name);
  const answers = (id: string) => views.map((view) => [view, plain(taproot.moments.view(view, id, moment))] as const);
  return Object.fromEntries([acme, globex].map((id) => [id, Object.fromEntries(answers(id))]));
}

/** An answer as JSON shows it, numbers that are not whole to 12 digits; without positions of the log and the count of corrected events, which tell how a thing was told. */
const plain = (value: object): object =>
  JSON.parse(
    JSON.stringify(value, (name, inner: unknown) =>
      ['position', 'judgedAt', 'correctedEvents'].includes(name)
        ? undefined
        : typeof inner === 'number' && !Number.isInteger(inner)
          ? Number(inner.toPrecision(12))
          : inner,
    ),
  ) as object;

/** A day after all random histories, with everything known. */
export const now: Moment = { asOf: Date.parse('2026-01-01T00:00:00.000Z'), knownAt: NEVER };
