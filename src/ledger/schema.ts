import { DatabaseSync } from 'node:sqlite';

/** How every connection to the ledger is set up; the order matters: WAL first. */
export const pragmas = [
  'PRAGMA journal_mode=WAL',
  'PRAGMA synchronous=FULL',
  'PRAGMA foreign_keys=ON',
  'PRAGMA recursive_triggers=ON',
  'PRAGMA trusted_schema=OFF',
  'PRAGMA cell_size_check=ON',
  'PRAGMA busy_timeout=5000',
  'PRAGMA cache_size=-65536',
  'PRAGMA mmap_size=268435456',
  'PRAGMA wal_autocheckpoint=4000', // 16 MB: pages of the indexes are written over many times before they are moved
];

const forbid = (table: string) => `
CREATE TRIGGER IF NOT EXISTS ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER IF NOT EXISTS ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`;

/**
 * The ledger's tables. `entries.entry` is the canonical JSON whose UTF-8 bytes are hashed; all other columns are read off it for the
 * indexes. Streams, accounts and types are numbered, so that the indexes stay small; the view `log` joins the names for a reader.
 * `known` is `knowntime`, else `recordedtime`. `annotations` says which entry a correction or retraction speaks of.
 * Tiles are those of tlog-tiles: 256 hashes a row, rows only ever grow; `head` is the size and root of the tree. `place` is there in a
 * mirror only: how far it has read the server's log, as zero-padded decimal text.
 */
export const schema = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS streams (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS accounts (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS types (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS entries (
  position INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  stream INTEGER NOT NULL REFERENCES streams(no),
  revision INTEGER NOT NULL,
  type INTEGER NOT NULL REFERENCES types(no),
  account INTEGER REFERENCES accounts(no),
  time INTEGER NOT NULL,
  known INTEGER NOT NULL,
  entry TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS entries_id ON entries(id);
CREATE UNIQUE INDEX IF NOT EXISTS entries_stream ON entries(stream, revision);
CREATE INDEX IF NOT EXISTS entries_account ON entries(account, time, position) WHERE account IS NOT NULL;
CREATE INDEX IF NOT EXISTS entries_type ON entries(type, position);
CREATE TABLE IF NOT EXISTS annotations (
  position INTEGER PRIMARY KEY REFERENCES entries(position),
  target BLOB NOT NULL,
  stream INTEGER NOT NULL,
  account INTEGER
);
CREATE INDEX IF NOT EXISTS annotations_target ON annotations(target);
CREATE INDEX IF NOT EXISTS annotations_account ON annotations(account) WHERE account IS NOT NULL;
CREATE INDEX IF NOT EXISTS annotations_stream ON annotations(stream);
CREATE TABLE IF NOT EXISTS tiles (level INTEGER NOT NULL, n INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS head (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, root BLOB NOT NULL);
INSERT INTO head SELECT 1, 0, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' WHERE NOT EXISTS (SELECT 1 FROM head);
CREATE TABLE IF NOT EXISTS place (one INTEGER PRIMARY KEY CHECK (one = 1), commit_position TEXT NOT NULL, prepare_position TEXT NOT NULL);
CREATE VIEW IF NOT EXISTS log AS
  SELECT e.position, s.name AS stream, e.revision, t.name AS type, a.id AS account, e.time, e.known, e.entry
  FROM entries e JOIN streams s ON s.no = e.stream JOIN types t ON t.no = e.type LEFT JOIN accounts a ON a.no = e.account;
${['entries', 'streams', 'accounts', 'types', 'annotations'].map(forbid).join('')}
CREATE TRIGGER IF NOT EXISTS entries_dense BEFORE INSERT ON entries
  WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM entries)
  BEGIN SELECT RAISE(ABORT, 'positions are dense'); END;
CREATE TRIGGER IF NOT EXISTS tiles_grow BEFORE UPDATE ON tiles
  WHEN NEW.level <> OLD.level OR NEW.n <> OLD.n OR length(NEW.hashes) <= length(OLD.hashes) OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes
  BEGIN SELECT RAISE(ABORT, 'tiles only grow'); END;
CREATE TRIGGER IF NOT EXISTS tiles_no_delete BEFORE DELETE ON tiles BEGIN SELECT RAISE(ABORT, 'tiles is append-only'); END;
CREATE TRIGGER IF NOT EXISTS head_grows BEFORE UPDATE ON head WHEN NEW.one <> 1 OR NEW.size <= OLD.size
  BEGIN SELECT RAISE(ABORT, 'the head only grows'); END;
CREATE TRIGGER IF NOT EXISTS head_no_delete BEFORE DELETE ON head BEGIN SELECT RAISE(ABORT, 'head is append-only'); END;
`;

/**
 * What of the schema is not as this program makes it: a table or trigger that somebody changed, or a trigger that somebody added;
 * null where nothing is. Whoever changes the text above has to bring existing files along.
 */
export function changedIn(database: DatabaseSync): string | null {
  const own = new DatabaseSync(':memory:');
  own.exec(schema);
  const [made, found] = [own, database].map(
    (one) =>
      new Map(
        (
          one.prepare("SELECT type || ' ' || name AS what, sql FROM sqlite_schema").all() as {
            what: string;
            sql: string;
          }[]
        ).map(({ what, sql }) => [what, sql]),
      ),
  );
  own.close();
  for (const [what, sql] of made!) if (found!.get(what) !== sql) return `its ${what} is not the one that was made`;
  for (const what of found!.keys())
    if (what.startsWith('trigger ') && !made!.has(what)) return `it has a foreign ${what}`;
  return null;
}
