import { projections } from '../dist/projections/registry.js';
import { Projector } from '../dist/src/app/projector.js';
import { Views } from '../dist/src/app/views.js';
import { ledgerFile } from '../dist/src/ledger/ledger.js';
import { Reader } from '../dist/src/ledger/reader.js';
import { fill, history, inDirectory, open, rate, ratio, row, seconds } from './support.js';

/** Rebuild of all projections from zero, against a bare scan and parse of the same entries. */
export function rebuild() {
  return inDirectory(async (directory) => {
    const count = 200_000;
    const taproot = await open(directory, { projector: 'inline' });
    await fill(taproot, 400, history(400, count));
    const total = taproot.head;
    await taproot.close();
    const reader = Reader.open(ledgerFile(directory));
    let seen = 0;
    const bare = await seconds(() => {
      for (let after = 0; ; ) {
        const rows = reader.scan(after, 4_000);
        for (const one of rows) seen += JSON.parse(one.entry).data ? 1 : 0;
        if (rows.length < 4_000) break;
        after = rows.at(-1).position;
      }
    });
    if (seen !== total) throw new Error(`${seen} of ${total} entries were read`);
    const views = Views.open(directory);
    for (const { key } of views.checkpoints()) views.forget(key);
    const projector = new Projector(reader, views, projections);
    const time = await seconds(() => projector.catchUp());
    views.close();
    reader.close();
    const value = ratio(total / time, total / bare);
    return [
      row(
        `rebuild of ${projections.length} projections, one core`,
        `${rate(total, time)}/s`,
        `scan and parse ${rate(total, bare)}/s`,
        value,
        '≥ 0.4',
        value >= 0.4,
      ),
    ];
  });
}
