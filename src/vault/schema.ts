/** How the vault's connection is set up. What is deleted is overwritten, and nothing of it goes through a temporary file. */
export const pragmas = [
  'PRAGMA journal_mode=WAL',
  'PRAGMA synchronous=FULL',
  'PRAGMA secure_delete=ON',
  'PRAGMA foreign_keys=ON',
  'PRAGMA recursive_triggers=ON',
  'PRAGMA trusted_schema=OFF',
  'PRAGMA cell_size_check=ON',
  'PRAGMA temp_store=MEMORY',
  'PRAGMA busy_timeout=5000',
];

/**
 * The vault's tables. `keys`: a data key wrapped by the master key (AES-256-GCM, associated data = key id); an erased row stays as a
 * tombstone without it, or a key could come back under its subject. `persons`: blind index → the person's subject id. `meta`: the
 * wrapped key of the blind index, and `unswept` while pages may still hold something destroyed. Times are ms since 1970.
 */
export const schema = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS keys (
  key_id TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  version INTEGER NOT NULL,
  wrapped BLOB CHECK (wrapped IS NULL OR length(wrapped) = 60),
  commitment TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('live', 'erased')),
  created INTEGER NOT NULL,
  destroyed INTEGER,
  UNIQUE (subject, version),
  CHECK ((state = 'live') = (wrapped IS NOT NULL) AND (state = 'live') = (destroyed IS NULL))
) STRICT;
CREATE TABLE IF NOT EXISTS persons (blind BLOB PRIMARY KEY, subject TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS persons_subject ON persons(subject);
CREATE TRIGGER IF NOT EXISTS keys_no_delete BEFORE DELETE ON keys BEGIN SELECT RAISE(ABORT, 'tombstones stay'); END;
CREATE TRIGGER IF NOT EXISTS keys_only_destroyed BEFORE UPDATE ON keys
  WHEN OLD.state <> 'live' OR NEW.state <> 'erased' OR NEW.key_id <> OLD.key_id OR NEW.subject <> OLD.subject
    OR NEW.version <> OLD.version OR NEW.commitment <> OLD.commitment OR NEW.created <> OLD.created
  BEGIN SELECT RAISE(ABORT, 'a key is only ever destroyed'); END;
`;
