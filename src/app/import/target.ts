import type { Actor, Imported } from '../../kernel/command.js';
import { corrected, retracted } from '../../kernel/event.js';
import { idOf, idsOf } from '../../kernel/identity.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Foreign } from '../../vault/vault.js';
import { type Request, settled } from '../execute.js';
import { eventOfRow } from '../histories.js';
import { openedAll } from '../opened.js';
import type { Receipt } from '../receipt.js';
import type { Taproot } from '../taproot.js';
import type { ImportBatch } from './batch.js';
import { standingIn } from './changed.js';
import { becameOf, type Sent, type Standing, type Target } from './port.js';

/** The log of this directory as the target of an import: a command's answer is there when it is staged, its durability follows. */
export class ImportTarget implements Target {
  readonly ahead = 0;
  private readonly ids: ReturnType<typeof idsOf>;

  constructor(readonly taproot: Taproot) {
    this.ids = idsOf(taproot.store.origin);
  }

  async batchEvents(batchId: string): Promise<readonly string[]> {
    return (await this.taproot.store.read(`batch-${batchId}`, 0)).map((event) => event.type);
  }

  async tell(name: string, commandId: string, body: object, source: string): Promise<void> {
    await this.taproot.execute.run({ name, body, commandId, actor: importer(source) });
  }

  async roundOf(name: string, source: string, key: string, index: number): Promise<number> {
    for (let round = 0; ; round++) {
      const eventId = this.ids(`import:${source}`, name, idOf(source, key, index, round), 0);
      if (!(await this.taproot.store.find(eventId)) || !this.takenBack(eventId)) return round;
    }
  }

  async send(request: Request, batch: ImportBatch): Promise<Sent> {
    try {
      const staged = await this.stage(request, batch);
      return { ...this.answerOf(request, staged.receipt), durable: settled(staged) };
    } catch (error) {
      return refusedAs(error);
    }
  }

  /** Asks what a command would come to by itself; a whole dry run is rehearsed, so that rows see what earlier ones told. */
  async check(request: Request): Promise<Sent> {
    try {
      const eventId = this.eventIdOf(request);
      if (await this.taproot.store.find(eventId)) return toldAs(this.toldBefore(eventId));
      const { events } = await this.taproot.execute.dryRun({ ...request, imported: undefined });
      return toldAs(events.length > 0 ? 'recorded' : 'known');
    } catch (error) {
      return refusedAs(error);
    }
  }

  async standing(request: Request): Promise<Standing | undefined> {
    const { taproot } = this;
    const id = this.eventIdOf(request);
    const original = await taproot.store.find(id);
    if (!original) return undefined;
    const standing = standingIn(await taproot.store.read(original.subject, 0), id);
    if (!standing) return undefined;
    const [opened] = await openedAll(taproot.vault, [standing.event], true);
    return {
      event: opened!,
      known: standing.known,
      calendar: taproot.moments.rules.current().at(taproot.clock()).settings,
    };
  }

  async persons(foreign: readonly Foreign[]): Promise<readonly string[]> {
    return this.taproot.vault.persons(foreign);
  }

  importing(on: boolean): void {
    this.taproot.projector.coalesce(on);
  }

  level(): Promise<void> {
    return this.taproot.projector.level();
  }

  private async stage(request: Request, batch: ImportBatch) {
    try {
      return await this.taproot.execute.stage(request);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'batch/unknown' || batch.started) throw error;
      await batch.begin();
      return this.taproot.execute.stage(request);
    }
  }

  /** What a receipt says: a repetition may have been corrected by an import since. */
  protected answerOf(request: Request, receipt: Receipt): Sent {
    return toldAs(receipt.repeated ? this.toldBefore(this.eventIdOf(request)) : becameOf(receipt).became);
  }

  private eventIdOf({ actor, name, commandId }: Request): string {
    return this.ids(actor.scope, name, commandId, 0);
  }

  /** Whether the event still stands as it was told, as far as imports go. */
  private toldBefore(eventId: string): 'known' | 'corrected' {
    const about = this.about(eventId);
    return about.some((one) => one.type === corrected && one.authtype === 'import') ? 'corrected' : 'known';
  }

  /** Corrections and retractions of the event. */
  private about(eventId: string) {
    return this.taproot.moments.reader.annotationsOf(eventId).map(eventOfRow);
  }

  /** Whether a revert's retraction of the event stands. */
  private takenBack(eventId: string): boolean {
    const about = this.about(eventId);
    return about.some((one) => one.type === retracted && one.authtype === 'import' && !this.takenBack(one.id));
  }
}

/** A command's answer that is there at once. */
export const toldAs = (became: 'recorded' | 'known' | 'corrected'): Sent => ({
  told: Promise.resolve({ became }),
  durable: Promise.resolve(),
});

/** A refusal, as the answer to a command. */
export const refusedAs = (error: unknown): Sent => ({
  told: Promise.resolve({ became: 'refused', error }),
  durable: Promise.resolve(),
});

/** The principal of an import. */
export const importer = (source: string): Actor => ({
  authtype: 'import',
  authid: 'import',
  scope: `import:${source}`,
  roles: ['importer', 'commander'],
});

/** A record's command as a request. */
export function requestFor(name: string, body: object, imported: Imported): Request {
  const { sourceSystem, sourceKey, index, round } = imported;
  return {
    name,
    body,
    commandId: idOf(sourceSystem, sourceKey, index, round),
    actor: importer(sourceSystem),
    imported,
  };
}
