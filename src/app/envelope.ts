import { eventNamed } from '../domain/catalogue.js';
import type { Draft } from '../kernel/decider.js';
import { corrected } from '../kernel/event.js';
import { idsOf } from '../kernel/identity.js';
import type { EventStore, Unstamped } from '../store/event-store.js';
import type { Vault } from '../vault/vault.js';
import type { Decision } from './annotate.js';
import type { Annotating } from './corrections.js';
import type { Prepared } from './prepare.js';
import { personsIn, type Sealing, subjectsOf } from './sealing.js';

/** Gives decided events their envelope: id, who and why, where from, and the seal over what is personal. */
export class Envelopes {
  private readonly ids: ReturnType<typeof idsOf>;
  private readonly firstIds = new WeakMap<object, string>();

  constructor(
    store: EventStore,
    private readonly vault: Vault,
    private readonly sealing: Sealing,
  ) {
    this.ids = idsOf(store.origin);
  }

  /** Id of a command's event: the same on any node, after any restart. */
  idOf(prepared: Pick<Prepared, 'actor' | 'name' | 'commandId'>, index: number): string {
    const { actor, name, commandId } = prepared;
    if (index > 0) return this.ids(actor.scope, name, commandId, index);
    const known = this.firstIds.get(prepared);
    if (known !== undefined) return known;
    const id = this.ids(actor.scope, name, commandId, 0);
    this.firstIds.set(prepared, id);
    return id;
  }

  /** All events of a decision, ready to be stamped. */
  async all(prepared: Prepared, { drafts, at, annotating }: Decision): Promise<Unstamped[]> {
    const events: Unstamped[] = [];
    for (const [index, draft] of drafts.entries()) {
      events.push(await this.one(prepared, draft, this.idOf(prepared, index), draft.time ?? at, annotating));
    }
    return events;
  }

  private async one(
    prepared: Prepared,
    draft: Draft,
    id: string,
    time: number,
    annotating?: Annotating,
  ): Promise<Unstamped> {
    const { actor, commandId, digest, imported, stream, command } = prepared;
    const type = eventNamed(draft.type)!.type;
    const corrects = annotating?.type === corrected;
    const event: Unstamped = {
      id,
      type: draft.type,
      schemaversion: corrects ? annotating.target.schemaversion : (type.schemaversion ?? 1),
      ...(draft.accountid === undefined ? {} : { accountid: draft.accountid }),
      time,
      authtype: actor.authtype,
      authid: actor.authid,
      commandid: commandId,
      commanddigest: digest,
      ...(imported ? await this.origin(prepared) : {}),
      data: draft.data as Record<string, unknown>,
    };
    const subjects = subjectsOf(stream, draft.accountid, personsIn(command));
    if (annotating) return this.sealing.sealed(event, annotating.personal, stream, subjects);
    return this.sealing.seal(event, type, stream, subjects);
  }

  /** Where an imported event comes from; on persons' streams the source's key only as the vault's blind index. */
  private async origin({ imported, stream }: Prepared): Promise<Partial<Unstamped>> {
    const { sourceSystem, sourceKey, sourceActor, knownAt, batchId } = imported!;
    const person = /^(contact|member|subject)-/.exec(stream)?.[1];
    const kind = person === 'member' ? 'member' : 'contact';
    return {
      sourcesystem: sourceSystem,
      sourcekey: person ? await this.vault.blindIndex(kind, sourceSystem, sourceKey) : sourceKey,
      ...(sourceActor === undefined ? {} : { sourceactor: sourceActor }),
      ...(knownAt === undefined ? {} : { knowntime: knownAt }),
      correlationid: batchId,
    };
  }
}
