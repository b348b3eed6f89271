import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Taproot } from '../../src/app/taproot.js';
import { admin } from '../../src/http/access.js';
import { isAnnotation } from '../../src/kernel/event.js';
import { NEVER } from '../../src/kernel/instant.js';
import type { Moment } from '../../src/kernel/projection.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { savepointEvery } from '../../src/app/refold.js';
import { acme, ada, bert, globex, manager } from '../support/cast/ids.js';
import { ofAccounts, plainView, wholeLog } from '../support/plain.js';
import { freshDirectory, openIn } from '../support/service.js';
import type { Said } from '../support/telling.js';
import { anyTelling, cast, tellSome, umbra } from '../support/telling-more.js';

const opened: Taproot[] = [];
afterAll(() => Promise.all(opened.map((taproot) => taproot.close())));

const day = 86_400_000;
const start = Date.parse('2021-01-01T00:00:00.000Z');

/** A log whose clock goes on by an hour with every look, so that what was known differs from instant to instant. */
async function logOf(said: readonly Said[]): Promise<Taproot> {
  let now = Date.parse('2026-01-01T00:00:00.000Z');
  const taproot = await openIn(freshDirectory(), () => {
    now += 3_600_000;
    return now;
  });
  opened.push(taproot);
  await tellSome(taproot, said);
  return taproot;
}

/** Something that goes back on what was told: which event, and how. */
const anyChange = fc.record({
  pick: fc.nat(),
  how: fc.constantFrom('retract', 'retract', 'move', 'amend', 'undo', 'undo'),
  day: fc.integer({ min: 0, max: 1_700 }),
  minor: fc.integer({ min: 0, max: 5_000_000 }),
});
type Change = typeof anyChange extends fc.Arbitrary<infer T> ? T : never;

/** Fields of events that a correction may set to something else. */
function amended(data: Record<string, unknown>, minor: number): object | undefined {
  for (const name of ['gross', 'amount', 'margin', 'contribution'])
    if (data[name] !== undefined) return { [name]: { ...(data[name] as object), minor } };
  if (data.durationMin !== undefined) return { durationMin: minor % 500 };
  if (data.recommend !== undefined) return { recommend: minor % 11 };
  if (data.share !== undefined) return { share: (minor % 11) / 10 };
  return undefined;
}

let sent = 0;
async function change(taproot: Taproot, { pick, how, day: at, minor }: Change): Promise<void> {
  const log = wholeLog(taproot).slice(cast.length);
  const undone = how === 'undo' ? log.filter(({ type }) => isAnnotation(type)) : log;
  const target = undone[pick % Math.max(undone.length, 1)];
  if (!target) return;
  const set = amended(target.data as Record<string, unknown>, minor);
  const time = new Date(start + at * day).toISOString();
  const [name, body] =
    how === 'retract' || how === 'undo'
      ? ['RetractEvent', { retracts: target.id }]
      : ['CorrectEvent', { corrects: target.id, ...(how === 'move' || !set ? { time } : { set }) }];
  try {
    await taproot.execute.run({
      name: name as string,
      body: { ...(body as object), reason: 'It was otherwise' },
      commandId: `change-${++sent}`,
      actor: admin,
    });
  } catch (error) {
    if (!(error instanceof Refusal) || ['fault', 'unavailable', 'malformed'].includes(error.category)) throw error;
  }
}

/** Where to look: near an event's time, exactly on it, or anywhere; with all that is known, what was by an instant, or by a position. */
const anyLook = fc.record({
  pick: fc.nat(),
  off: fc.constantFrom(-1, 0, 0, 1, day, 40 * day),
  known: fc.constantFrom('all', 'all', 'position', 'instant'),
  knownPick: fc.nat(),
});
function momentOf(
  taproot: Taproot,
  { pick, off, known, knownPick }: typeof anyLook extends fc.Arbitrary<infer T> ? T : never,
): Moment {
  const log = wholeLog(taproot);
  const asOf = log[pick % log.length]!.time + off;
  const one = log[knownPick % log.length]!;
  return { asOf, knownAt: known === 'all' ? NEVER : known === 'instant' ? one.known : { position: one.position } };
}

const parameters: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  contacts: [{ without: ada }, { without: bert }],
  stages: [{ without: manager }],
  loyalty: [{ quintiles: 'yes' }],
  performance: [{ restatements: 'exact' }],
  value: [{ survival: 'stages' }],
};

/** Every view of every account at the moment, all parts asked for: the quick way as the plain way. */
function same(taproot: Taproot, moment: Moment): void {
  const log = wholeLog(taproot);
  const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));
  for (const id of [acme, globex, umbra])
    for (const { name } of ofAccounts)
      for (const given of [{}, ...(parameters[name] ?? [])]) {
        const quick = plain(taproot.moments.view(name, id, moment, { parameters: given }));
        const slow = plain(plainView(taproot, log, name, id, moment, { parameters: given }));
        expect([id, name, given, quick]).toEqual([id, name, given, slow]);
      }
}

/** Enough of one account that its History has savepoints. */
async function many(taproot: Taproot, count: number): Promise<void> {
  const waiting: Promise<unknown>[] = [];
  for (let i = 0; i < count; i++) {
    const occurredAt = new Date(start + Math.floor((i * 1_600) / count) * day + i).toISOString();
    const [name, body] =
      i % 2 === 0
        ? ([
            'LogInteraction',
            {
              interactionId: `M${i}`,
              kind: 'MEETING',
              initiator: 'US',
              durationMin: 30,
              ours: [{ memberId: manager, function: 'KEY_ACCOUNT' }],
              theirs: [{ contactId: i % 4 ? ada : bert, function: 'PURCHASING', seniority: 2 }],
            },
          ] as const)
        : (['IssueInvoice', { invoiceId: `M${i}`, gross: { minor: i * 37, currency: 'EUR' } }] as const);
    const request = { name, body: { accountId: acme, ...body, occurredAt }, commandId: `many-${i}`, actor: admin };
    waiting.push((await taproot.execute.stage(request)).durable);
  }
  await Promise.all(waiting);
}

const anyPast = fc.record({
  said: anyTelling(150),
  later: anyTelling(30),
  changes: fc.array(anyChange, { maxLength: 20 }),
  looks: fc.array(anyLook, { minLength: 3, maxLength: 3 }),
});

/** Tells, goes back on it and tells late, and looks each time: before the stored views know, and when they do. */
async function through(
  taproot: Taproot,
  past: typeof anyPast extends fc.Arbitrary<infer T> ? T : never,
): Promise<void> {
  const look = () => {
    for (const one of past.looks) same(taproot, momentOf(taproot, one));
  };
  await taproot.projector.level();
  look();
  for (const one of past.changes) await change(taproot, one);
  look();
  await taproot.projector.level();
  look();
  await tellSome(
    taproot,
    past.later.map((one) => ({ ...one, body: { ...one.body, ...renamed(one.body) } })),
  );
  for (const one of past.changes.slice(0, 5)) await change(taproot, { ...one, pick: one.pick + 7 });
  look();
  await taproot.projector.level();
  look();
}

/** Other ids for what is told later, so that little of it is refused. */
const renamed = (body: object): object =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      /^(invoice|credit|order|cost|interaction|commitment)Id$/.test(name) ? [[name, `L${String(value)}`]] : [],
    ),
  );

describe('every view of every account, by the quick way as by reading all of the log and folding from zero', () => {
  it('is the same at any moment, whatever was told, corrected, retracted, merged or parted', () =>
    fc.assert(
      fc.asyncProperty(anyPast, async (past) => {
        await through(await logOf([...cast, ...past.said]), past);
      }),
      { numRuns: 6 },
    ));

  it('is the same where savepoints serve', () =>
    fc.assert(
      fc.asyncProperty(anyPast, async (past) => {
        const taproot = await logOf([...cast, ...past.said.slice(0, 60)]);
        await many(taproot, savepointEvery + 200);
        await through(taproot, past);
      }),
      { numRuns: 2 },
    ));
});
