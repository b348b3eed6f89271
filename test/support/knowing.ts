import fc from 'fast-check';
import { projections } from '../../projections/registry.js';
import { Moments } from '../../src/app/moments.js';
import { Projector } from '../../src/app/projector.js';
import type { Taproot } from '../../src/app/taproot.js';
import { Views } from '../../src/app/views.js';
import { admin } from '../../src/http/access.js';
import { canonical } from '../../src/kernel/canonical.js';
import { idOf } from '../../src/kernel/identity.js';
import type { Moment } from '../../src/kernel/projection.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { importer } from '../../src/app/import/target.js';
import { acme, globex } from './cast/ids.js';
import { registered } from './scene.js';
import { freshDirectory, openIn } from './service.js';
import { anyHistory, beginning, type Said, tell } from './telling.js';

/** A third account, which others may be merged into. */
export const umbra = 'UMBRA';
export const accounts = [acme, globex, umbra];

/** One thing that happens to a log: something is told, here or by another system, changed, merged, ruled, or taken in by the projector. */
export type Turn =
  | { readonly kind: 'tell'; readonly said: Said; readonly knownAt: string | null }
  | { readonly kind: 'change'; readonly pick: number; readonly retract: boolean; readonly day: number | null }
  | { readonly kind: 'merge'; readonly pick: number; readonly apart: boolean; readonly day: number }
  | { readonly kind: 'rule'; readonly day: number; readonly cost: number }
  | { readonly kind: 'steps'; readonly count: number }
  | { readonly kind: 'rebuild' };

const dayMs = 86_400_000;
const first = Date.parse('2023-01-01T00:00:00.000Z');
export const dayAt = (day: number): string => new Date(first + day * dayMs).toISOString();
const days = fc.integer({ min: 0, max: 900 });

const other: fc.Arbitrary<Turn> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      pick: fc.nat(),
      retract: fc.boolean(),
      day: fc.option(days),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('merge' as const), pick: fc.nat(5), apart: fc.boolean(), day: days }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('rule' as const), day: days, cost: fc.integer({ min: 1, max: 99 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('steps' as const), count: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'rebuild' as const }) },
);

/** Turns in which a random history is told, partly by another system that knew of it earlier, with everything else in between. */
export const anyTurns = (max = 30, history = anyHistory(max)): fc.Arbitrary<readonly Turn[]> =>
  fc
    .tuple(
      history,
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 400 })), { minLength: max, maxLength: max }),
      fc.array(fc.tuple(fc.nat(max), other), { maxLength: max }),
    )
    .map(([all, known, others]) => {
      const turns: Turn[] = all.map((said, i) => {
        const [imported, later] = known[i]!;
        const at = Date.parse(said.body.occurredAt) + later * dayMs;
        return { kind: 'tell', said, knownAt: imported ? new Date(at).toISOString() : null };
      });
      for (const [place, turn] of others) turns.splice(place % (turns.length + 1), 0, turn);
      return turns;
    });

/** A log whose turns are taken one by one, a month of recording apart, with a projector that is stepped by hand. */
export class Known {
  readonly projector: Projector;
  private sent = 0;

  constructor(
    readonly taproot: Taproot,
    readonly views: Views,
    private readonly clock: { now: number },
  ) {
    this.projector = new Projector(taproot.moments.reader, views, projections);
  }

  async take(turn: Turn): Promise<void> {
    this.clock.now += 30 * dayMs;
    if (turn.kind === 'steps') for (let i = 0; i < turn.count && (await this.projector.step()); i++);
    else if (turn.kind === 'rebuild') this.projector.rebuild();
    else if (turn.kind === 'tell') await this.tell(turn.said, turn.knownAt);
    else if (turn.kind === 'change') await this.change(turn);
    else if (turn.kind === 'merge') await this.merge(turn);
    else
      await this.order('SetRateCard', {
        ...{ pool: 'SALES', functions: ['KEY_ACCOUNT'], capacityCost: { minor: turn.cost * 1_000, currency: 'EUR' } },
        ...{ practicalMinutes: 1_000, per: 'MONTH', activities: [], from: dayAt(turn.day) },
      });
  }

  /** Carries out a command that may be refused by a rule; whether it told anything new. */
  async order(name: string, body: object, knownAt: string | null = null): Promise<boolean> {
    const n = ++this.sent;
    const imported =
      knownAt === null
        ? undefined
        : { batchId: 'B', sourceSystem: 'crm', sourceKey: `k${n}`, index: 0, round: 0, knownAt };
    const actor = imported ? importer('crm') : admin;
    const commandId = imported ? idOf('crm', `k${n}`, 0, 0) : `n-${n}`;
    try {
      const { events } = await this.taproot.execute.run({ name, body, commandId, actor, imported });
      return events.length > 0;
    } catch (error) {
      if (!(error instanceof Refusal) || error.category === 'fault' || error.category === 'malformed') throw error;
      return false;
    }
  }

  private tell(said: Said, knownAt: string | null): Promise<boolean> {
    const known = knownAt !== null && Date.parse(knownAt) < this.clock.now ? knownAt : null;
    return this.order(said.name, said.body, known);
  }

  private async change({ pick, retract, day }: Turn & { kind: 'change' }): Promise<void> {
    const rows = this.taproot.moments.reader.scan(8, -1);
    const row = rows[pick % Math.max(rows.length, 1)];
    if (!row) return;
    const { id, type } = JSON.parse(row.entry) as { id: string; type: string };
    if (retract || type.startsWith('Event')) await this.order('RetractEvent', { retracts: id, reason: 'not so' });
    else await this.order('CorrectEvent', { corrects: id, time: dayAt(day ?? 100), reason: 'another day' });
  }

  private merge({ pick, apart, day }: Turn & { kind: 'merge' }): Promise<boolean> {
    const from = accounts[pick % 3]!;
    const into = accounts[(pick + 1 + Math.floor(pick / 3)) % 3]!;
    const body = { from, into, reason: 'one firm', occurredAt: dayAt(day) };
    return this.order(apart ? 'UnmergeAccounts' : 'MergeAccounts', body);
  }
}

/** Every state of every account at a moment, as JSON has it: of all projections at once, and of each by itself. */
export function statesAt(moments: Moments, moment: Moment, alone = true): Record<string, string> {
  const all = projections.filter(({ of }) => of === 'account');
  const text = (value: object): string => canonical(JSON.parse(JSON.stringify(value)));
  return Object.fromEntries(
    accounts.flatMap((id) => {
      const subject = moments.subject('account', id, moment.knownAt);
      const together = [`${id} all`, text(moments.states(all, subject, moment))];
      const single = all.map((one) => [`${id} ${one.name}`, text(moments.states([one], subject, moment))]);
      return alone ? [together, ...single] : [together];
    }),
  );
}

/** When the clock of a log stands that was just begun. */
export const recorded = Date.parse('2024-01-01T00:00:00.000Z');

const open: { close(): unknown }[] = [];

/** Closes what these tests have opened, the newest first. */
export async function closeAll(): Promise<void> {
  for (const one of open.splice(0).reverse()) await one.close();
}

/** A file of views, closed with everything else. */
export function freshViews(): Views {
  const views = Views.open(freshDirectory());
  open.push(views);
  return views;
}

/** A log with three accounts and an import that has begun, and a projector over it that nothing but the test steps. */
export async function known(now = recorded): Promise<Known> {
  const clock = { now };
  const taproot = await openIn(freshDirectory(), () => clock.now);
  open.push(taproot);
  await tell(taproot, beginning);
  const log = new Known(taproot, freshViews(), clock);
  await log.order('RegisterAccount', registered(umbra, 'EUR', '2022-01-01'));
  await log.order('StartImport', { batchId: 'B', sourceSystem: 'crm', mapping: 'crm.ts', files: [] });
  return log;
}
