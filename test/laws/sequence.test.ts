import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { things } from '../../projections/sequence/things.js';
import type { Taproot } from '../../src/app/taproot.js';
import { topics } from '../../src/domain/catalogue.js';
import { admin } from '../../src/http/access.js';
import { fieldsOf } from '../../src/kernel/fields.js';
import { NEVER } from '../../src/kernel/instant.js';
import { everything, unsaid } from '../support/figures.js';
import { type Pair, before, pairs, went } from '../support/pairs.js';
import { freshDirectory, openIn } from '../support/service.js';
import type { Said } from '../support/telling.js';
import { anyTelling, cast, tellSome } from '../support/telling-more.js';

const opened: Taproot[] = [];
afterAll(() => Promise.all(opened.map((taproot) => taproot.close())));

async function logOf(said: readonly Said[]): Promise<Taproot> {
  const taproot = await openIn(freshDirectory());
  opened.push(taproot);
  await tellSome(taproot, said);
  return taproot;
}

async function order(taproot: Taproot, { name, body }: Pick<Said, 'name'> & { body: object }): Promise<string> {
  const receipt = await taproot.execute.run({ name, body, commandId: `order-${taproot.head}`, actor: admin });
  return receipt.events[0]!.id;
}

interface Found {
  readonly code: string;
  readonly since: string;
  readonly eventIds: readonly string[];
}
type Answers = Awaited<ReturnType<typeof everything>>;
const findingsIn = (all: Answers): Found[] =>
  (all.get('portfolio/findings {} all') as { readonly data: { readonly findings: Found[] } }).data.findings;
const oddIn = (all: Answers): Found[] => findingsIn(all).filter(({ code }) => code === 'ODD_SEQUENCE');

/** Answers without alarms of sequences, places in the log, and what tells how a thing came to be told. */
function figuresOf(all: Answers): Map<string, unknown> {
  const plain = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (name, inner: unknown) => {
        if (['position', 'judgedAt', 'total', 'codes', 'accounts'].includes(name) && typeof inner !== 'string')
          return name === 'accounts' && Array.isArray(inner) ? inner : undefined;
        return Array.isArray(inner) ? inner.filter((one) => (one as Found | null)?.code !== 'ODD_SEQUENCE') : inner;
      }),
    );
  const told = [...all].filter(([name]) => !name.includes('restatements') && !name.startsWith('sequence'));
  return new Map(told.map(([name, answer]) => [name, plain(answer)]));
}

/** Tells of the pair, takes its beginning back, and looks at everything: the one alarm, and figures as if neither had been told. */
async function holds(said: readonly Said[], pair: Pair, asOf: number): Promise<void> {
  const moment = { asOf, knownAt: NEVER };
  const taproot = await logOf(said);
  const straight = await everything(taproot, moment);
  const first = await order(taproot, pair.begins);
  const second = await order(taproot, pair.follows);
  await taproot.projector.level();
  await order(taproot, { name: 'RetractEvent', body: { retracts: first, reason: 'It never was' } });
  const all = await everything(taproot, moment);
  expect(unsaid(all)).toEqual([]);
  const others = new Set(oddIn(straight).flatMap(({ eventIds }) => eventIds));
  const odd = oddIn(all).filter(({ eventIds }) => !eventIds.every((id) => others.has(id)));
  expect([pair.follows.name, odd.map(({ since, eventIds }) => [since, eventIds])]).toEqual([
    pair.follows.name,
    asOf < Date.parse(went) ? [] : [[went, [second]]],
  ]);
  if (pair.counts) return;
  const [told, figures] = [figuresOf(straight), figuresOf(all)];
  for (const [name, answer] of told)
    expect([pair.follows.name, name, figures.get(name)]).toEqual([pair.follows.name, name, answer]);
}

describe('what stands on something retracted', () => {
  it('is one odd sequence, and counts for nothing unless it is a fact by itself', async () => {
    for (const pair of pairs) await holds([...cast, ...before], pair, Date.parse('2023-06-01T12:00:00.000Z'));
  });

  it('whatever else is told, on every day', () =>
    fc.assert(
      fc.asyncProperty(
        anyTelling(60),
        fc.constantFrom(...pairs),
        fc.integer({ min: -100, max: 1_500 }),
        async (said, pair, days) => {
          await holds([...cast, ...before, ...said], pair, Date.parse(went) + days * 86_400_000);
        },
      ),
      { numRuns: 30 },
    ));

  it('is looked for wherever an event names what another begins', () => {
    /** Facts by themselves that only mention something: a meeting was a meeting, whatever it was held for. */
    const mentioned = 'InteractionLogged NeedRecorded InvoiceIssued CreditIssued';
    const missing = topics.flatMap(({ events }) =>
      Object.entries(events).flatMap(([type, event]) => {
        const fields = fieldsOf(event).map(({ name }) => name);
        return things
          .filter(({ begins }) => Object.keys(begins).some((one) => Object.hasOwn(events, one)))
          .filter(({ begins }) => Object.values(begins).some((field) => field !== null && fields.includes(field)))
          .filter(({ begins, follows }) => !Object.hasOwn(begins, type) && !Object.hasOwn(follows, type))
          .filter(() => !mentioned.split(' ').includes(type))
          .map(({ is }) => `${type}: ${is}`);
      }),
    );
    expect(missing).toEqual([]);
  });
});
