import { afterAll } from '@jest/globals';
import { projections } from '../../projections/registry.js';
import { keyOf } from '../../src/app/folder.js';
import { Projector } from '../../src/app/projector.js';
import type { Taproot } from '../../src/app/taproot.js';
import { Views } from '../../src/app/views.js';
import { admin } from '../../src/http/access.js';
import { canonical } from '../../src/kernel/canonical.js';
import type { AnyProjection } from '../../src/kernel/projection.js';
import { acme, ada, manager } from './cast/ids.js';
import { freshDirectory, openIn } from './service.js';
import { beginning, type Said, tell } from './telling.js';

const open: { close(): unknown }[] = [];
afterAll(async () => {
  for (const one of open.reverse()) await one.close();
});

export async function logOf(said: readonly Said[]): Promise<Taproot> {
  const taproot = await openIn(freshDirectory());
  open.push(taproot);
  await tell(taproot, [...beginning, ...said]);
  return taproot;
}

export function viewsIn(directory: string): Views {
  const views = Views.open(directory);
  open.push(views);
  return views;
}

let told = 0;
export const order = async (taproot: Taproot, name: string, body: object): Promise<void> => {
  await taproot.execute.run({ name, body, commandId: `p-${++told}`, actor: admin });
};
export const bill = (invoiceId: string, minor: number, occurredAt: string, more: object = {}): Said => ({
  name: 'IssueInvoice',
  body: { accountId: acme, invoiceId, gross: { minor, currency: 'EUR' }, occurredAt, ...more },
});
export const meet = (interactionId: string, occurredAt: string, accountId = acme): Said => ({
  name: 'LogInteraction',
  body: {
    ...{ accountId, interactionId, kind: 'MEETING', initiator: 'US', durationMin: 60, occurredAt },
    ours: [{ memberId: manager, function: 'KEY_ACCOUNT' }],
    theirs: accountId === acme ? [{ contactId: ada, function: 'PURCHASING', seniority: 2 }] : [],
  },
});
export const rateCard = (minor: number, from: string) => ({
  ...{ pool: 'SALES', functions: ['KEY_ACCOUNT'], per: 'YEAR', practicalMinutes: 100, activities: [], from },
  capacityCost: { minor, currency: 'EUR' },
});

/** Everything that is stored, as JSON has it: states, and rows as they are read by name. */
export function stored(views: Views, all: readonly AnyProjection[] = projections): Record<string, unknown> {
  const states = all.flatMap((one) =>
    views
      .statesOf(keyOf(one), '')
      .map(({ subject, state }) => [`${keyOf(one)} ${subject}`, canonical(JSON.parse(state))]),
  );
  const rows = all.flatMap((one) => (one.rows ? [[`rows of ${one.name}`, rowsOf(views, one)]] : []));
  return Object.fromEntries([...states, ...rows]);
}

export const rowsOf = (views: Views, { name }: AnyProjection): string[] =>
  views.database
    .prepare(`SELECT * FROM "${name}"`)
    .all()
    .map((row) => JSON.stringify(row))
    .sort();

/** What a projector stores that builds everything at once. */
export async function rebuilt(
  taproot: Taproot,
  all: readonly AnyProjection[] = projections,
): Promise<Record<string, unknown>> {
  const views = viewsIn(freshDirectory());
  await new Projector(taproot.moments.reader, views, all).catchUp();
  return stored(views, all);
}

/** A projector that is level with a log, and its views. */
export async function level(taproot: Taproot, all: readonly AnyProjection[] = projections) {
  const views = viewsIn(freshDirectory());
  const projector = new Projector(taproot.moments.reader, views, all);
  await projector.catchUp();
  return { views, projector };
}

export const history = [
  bill('A', 100, '2024-01-10'),
  meet('M1', '2024-02-01'),
  bill('B', 200, '2024-03-10'),
  meet('M2', '2024-05-01'),
];
export const named = (name: string): AnyProjection => projections.find((one) => one.name === name)!;
export const stale = (views: Views): string[] =>
  (
    views.database.prepare('SELECT subject, key FROM stale ORDER BY subject, key').all() as Record<string, string>[]
  ).map(({ subject, key }) => `${subject} ${key}`);
