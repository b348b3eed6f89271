import type { Instant } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import { decrypt, encrypt } from './aes.js';
import { keyBytes } from './data-key.js';
import { hkdf } from './hkdf.js';
import type { DataKey, Foreign, KeyState, PersonKind, Vault } from './vault.js';

/** How long a fetched key may be held: after that an erasure at the keeper is complete everywhere. */
export const heldMs = 60_000;

/** How long the keeper may take to answer. */
const patienceMs = 5_000;

/** What a node asks the keeper for. */
export interface KeyQuestion {
  /** Key ids, and subject ids (only these have a dot). */
  readonly ids: readonly string[];
  /** Make keys for subjects that have none. */
  readonly create?: boolean;
}

/** The keeper's answer to one id; a live key's encryption half is wrapped under the token that both nodes know. */
export type KeyAnswer =
  | { readonly id: string; readonly state: 'none' | 'away' }
  | { readonly id: string; readonly state: 'erased'; readonly keyId: string }
  | {
      readonly id: string;
      readonly state: 'live';
      readonly keyId: string;
      readonly subjectId: string;
      readonly commitment: string;
      readonly wrapped: string;
    };

/** The key that wraps keys on their way between nodes. */
export const transportKey = (token: string): Buffer =>
  hkdf(Buffer.from(token), Buffer.from('taproot'), Buffer.from('taproot/transport/v1'));

/** A key as it travels: AES-256-GCM under the transport key, bound to its id. */
export const wrapped = (transport: Uint8Array, key: DataKey): string =>
  encrypt(transport, key.encryption, Buffer.from(key.keyId)).toString('base64url');

interface Held {
  readonly state: KeyState | undefined;
  readonly until: number;
}

/**
 * The keys of another node's vault: fetched when they are needed, held at most a minute, never written down. While the keeper is
 * silent its keys are away: what is sealed stays sealed, and commands that would seal are refused for the moment.
 */
export class RemoteVault implements Vault {
  private readonly held = new Map<string, Held>();
  private readonly transport: Buffer;

  /** `url` of the keeper, the token that both nodes share, a clock in ms. */
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly clock: () => number,
  ) {
    this.transport = transportKey(token);
  }

  async ready(ids: readonly string[], now?: Instant): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => {
      const known = this.fresh(id);
      return known === undefined || (now !== undefined && known.state === undefined);
    });
    for (let i = 0; i < wanted.length; i += 1_000) {
      const some = wanted.slice(i, i + 1_000);
      try {
        const question: KeyQuestion = { ids: some, ...(now === undefined ? {} : { create: true }) };
        for (const answer of await this.ask<readonly KeyAnswer[]>('find', question)) this.remember(answer);
      } catch (error) {
        if (error instanceof Refusal && error.code === 'subject/erased') throw error;
        return;
      }
    }
  }

  newest(subjectId: string): KeyState | undefined {
    const known = this.fresh(subjectId);
    return known ? known.state : { state: 'away' };
  }

  byId(keyId: string): KeyState {
    return this.fresh(keyId)?.state ?? { state: 'away' };
  }

  create(subjectId: string): DataKey {
    const found = this.fresh(subjectId)?.state;
    if (found?.state === 'live') return found.key;
    throw silent();
  }

  createMany(subjectIds: readonly string[]): readonly DataKey[] {
    return subjectIds.map((subjectId) => this.create(subjectId));
  }

  destroy(): number {
    throw new Refusal('vault/unavailable', 'Keys are destroyed by the node that keeps them; send the command to it');
  }

  async persons(foreign: readonly Foreign[]): Promise<readonly string[]> {
    return this.ask('persons', { foreign });
  }

  async known(kind: PersonKind, source: string, key: string): Promise<string | undefined> {
    return (await this.ask<{ id?: string }>('known', { kind, source, key })).id;
  }

  async blindIndex(kind: PersonKind, source: string, key: string): Promise<string> {
    return (await this.ask<{ index: string }>('blind-index', { kind, source, key })).index;
  }

  close(): void {
    this.held.clear();
  }

  private fresh(id: string): Held | undefined {
    const known = this.held.get(id);
    if (known && known.until > this.clock()) return known;
    if (known) this.held.delete(id);
    return undefined;
  }

  private remember(answer: KeyAnswer): void {
    if (answer.state === 'away') return;
    const state = this.opened(answer);
    const until = this.clock() + heldMs;
    if (this.held.size >= 50_000) this.held.clear();
    this.held.set(answer.id, { state, until });
    if (state?.state === 'live') this.held.set(state.key.keyId, { state, until });
  }

  private opened(answer: Exclude<KeyAnswer, { state: 'away' }>): KeyState | undefined {
    if (answer.state === 'none') return undefined;
    if (answer.state === 'erased') return { state: 'erased', keyId: answer.keyId };
    const { keyId, subjectId, commitment } = answer as Extract<KeyAnswer, { state: 'live' }>;
    const box = Buffer.from((answer as Extract<KeyAnswer, { state: 'live' }>).wrapped, 'base64url');
    const encryption = decrypt(this.transport, box, Buffer.from(keyId));
    if (encryption?.length !== keyBytes) return { state: 'away' };
    return { state: 'live', key: { keyId, subjectId, encryption, commitment } };
  }

  private async ask<T>(what: string, question: object): Promise<T> {
    let reply: Response;
    try {
      reply = await fetch(`${this.url.replace(/\/$/, '')}/v1/keys/${what}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(question),
        signal: AbortSignal.timeout(patienceMs),
      });
    } catch {
      throw silent();
    }
    if (reply.status === 422)
      throw new Refusal('subject/erased', String(((await reply.json()) as { detail?: string }).detail));
    if (!reply.ok) throw silent();
    return (await reply.json()) as T;
  }
}

const silent = (): Refusal =>
  new Refusal('vault/unavailable', 'The keeper of the keys cannot be reached; send the command again in a moment');
