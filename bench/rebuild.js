import { projections } from '../dist/projections/registry.js';
import { FoldPool } from '../dist/src/app/pool.js';
import { Projector } from '../dist/src/app/projector.js';
import { Views } from '../dist/src/app/views.js';
import { ledgerFile } from '../dist/src/ledger/ledger.js';
import { Reader } from '../dist/src/ledger/reader.js';
import { dearest, folds } from './folds.js';
import { cast, history, tell } from './history.js';
import { inDirectory, open, rate, ratio, row, seconds } from './support.js';

const accounts = 400;

/** Reads and parses the whole log once. */
function scan(reader) {
  let seen = 0;
  for (let after = 0; ; ) {
    const rows = reader.scan(after, 4_000);
    for (const one of rows) seen += JSON.parse(one.entry).data ? 1 : 0;
    if (rows.length < 4_000) return seen;
    after = rows.at(-1).position;
  }
}

/** Seconds that a rebuild of all projections from nothing takes. */
async function rebuilt(directory, reader, pool) {
  const views = Views.open(directory);
  for (const { key } of views.checkpoints()) views.forget(key);
  views.database.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // forgetting is no part of it
  const projector = new Projector(reader, views, projections, pool);
  // threads take their time to begin and to compile what they run, once; the one thread has done so while it told the log
  const some = Array.from({ length: accounts / 2 }, (_, i) => `account/A${i}`);
  await pool?.wholes(
    projections.map(({ name }) => name),
    some,
    reader.head(),
  );
  const time = await seconds(() => projector.catchUp());
  await pool?.close();
  views.close();
  return time;
}

/** Rebuild of all projections from zero, by one thread and by two, of which one saves, against a bare scan and parse of the same entries. */
export function rebuild() {
  return inDirectory(async (directory) => {
    const taproot = await open(directory, { projector: 'inline' });
    await tell(taproot, cast(accounts));
    await tell(taproot, history(accounts, 500));
    const total = taproot.head;
    await taproot.close();
    const reader = Reader.open(ledgerFile(directory));
    scan(reader);
    const bare = Math.min(await seconds(() => scan(reader)), await seconds(() => scan(reader)));
    const one = await rebuilt(directory, reader);
    const two = await rebuilt(directory, reader, new FoldPool(directory, 1));
    const found = await folds(
      reader,
      Array.from({ length: 50 }, (_, i) => `A${i}`),
    );
    reader.close();
    const value = bare / one;
    return [
      row(
        `rebuild of all ${projections.length} projections, one thread`,
        `${rate(total, one)}/s`,
        `scan and parse ${rate(total, bare)}/s`,
        value.toFixed(2),
        '≥ 0.4',
        value >= 0.4,
      ),
      row(
        'the same, two threads fold',
        `${rate(total, two)}/s`,
        `one thread ${rate(total, one)}/s`,
        ratio(one, two),
        '≥ 1.7',
        one / two >= 1.7,
      ),
      dearest(found),
    ];
  });
}
