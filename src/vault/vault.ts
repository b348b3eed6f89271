import type { Instant } from '../kernel/instant.js';

/** A subject's key, opened: what seals, and what the log commits to. Both are derived here from the data key, never read from storage. */
export interface DataKey {
  readonly keyId: string;
  /** `contact.{id}`, `member.{id}` or `account.{id}`. */
  readonly subjectId: string;
  /** 32 bytes that go into the keys of boxes. */
  readonly encryption: Uint8Array;
  /** 32 bytes, base64url: stands in `SubjectKeyCreated` before the first event that uses the key. */
  readonly commitment: string;
}

/** What can be said of a key now: here, destroyed for ever, or not within reach (keeper silent, or a vault older than the key). */
export type KeyState =
  | { readonly state: 'live'; readonly key: DataKey }
  | { readonly state: 'erased'; readonly keyId: string }
  | { readonly state: 'away' };

/** Looks a key up by its id. */
export type KeyOf = (keyId: string) => KeyState;

/** The two sorts of people. */
export type PersonKind = 'contact' | 'member';

/** A person as another system names them: its own name, and its key for the person (an e-mail, a number). */
export interface Foreign {
  readonly kind: PersonKind;
  readonly source: string;
  readonly key: string;
}

/**
 * Keeper of the keys that seal personal fields. Synchronous, because sealing happens inside a decision: a keeper on another machine
 * fetches in `ready` what the calls after it will ask for, and says `away` for the rest.
 */
export interface Vault {
  /**
   * Brings the keys of these key ids and subject ids (only these have a dot) within reach. With `now`, subjects that have no key
   * get one, durable when the promise resolves. Never fails for a keeper that is silent: its keys are then `away`.
   */
  ready(ids: readonly string[], now?: Instant): Promise<void>;

  /** The subject's newest key; undefined where it never had one. */
  newest(subjectId: string): KeyState | undefined;

  /** The key of that id; `away` where the vault has no row of it. */
  byId(keyId: string): KeyState;

  /** The subject's live key, made now where it has none; on disk when this returns. Refuses `subject/erased` for a destroyed subject. */
  create(subjectId: string, now: Instant): DataKey;

  /** The same for several subjects with one commit: all or none. */
  createMany(subjectIds: readonly string[], now: Instant): readonly DataKey[];

  /**
   * Destroys every key of the subject and forgets by what foreign keys it was found; nothing of them is in the file when this
   * returns. Answers how many live keys there were. Again is harmless, and completes what was interrupted. A subject without a
   * key is marked too: it can never get one.
   */
  destroy(subjectId: string, now: Instant): number;

  /** The UUIDs held for foreign keys, else new random ones, in their order; remembered on disk when they are told. */
  persons(wanted: readonly Foreign[]): readonly string[] | Promise<readonly string[]>;

  /** The UUID held for a foreign key; undefined where there is none, or its person was erased. */
  known(kind: PersonKind, source: string, key: string): string | undefined | Promise<string | undefined>;

  /** A foreign key as the log may hold it: HMAC-SHA256 under a key of this vault, base64url. */
  blindIndex(kind: PersonKind, source: string, key: string): string | Promise<string>;

  close(): void;
}
