import { Ledger } from '../dist/src/ledger/ledger.js';
import { fill, history, inDirectory, open, rate, ratio, row, seconds } from './support.js';

/** Entries of a log, ready to be put straight into another ledger's tables. */
function incomingOf(reader) {
  return reader.scan(0, -1).map((one) => {
    const entry = JSON.parse(one.entry);
    return {
      text: one.entry,
      id: entry.id,
      stream: entry.subject,
      revision: entry.streamrevision,
      type: entry.type,
      account: entry.accountid,
      time: one.time,
      known: one.known,
      target: undefined,
    };
  });
}

/** A batch of money commands through validation, decision and hashing, against the same entries put straight into the ledger's tables in groups of 1,000. */
export function batch() {
  return inDirectory(async (directory) => {
    const count = 60_000;
    const taproot = await open(`${directory}/a`);
    const time = await seconds(() => fill(taproot, 200, history(200, count)));
    const ours = rate(count, time);
    const entries = incomingOf(taproot.ledger.reader);
    await taproot.close();
    const ledger = Ledger.open(`${directory}/b`);
    const raw = await seconds(() => {
      for (let at = 0; at < entries.length; at += 1_000) ledger.append(entries.slice(at, at + 1_000));
    });
    ledger.close();
    const reference = rate(entries.length, raw);
    const value = ratio(ours, reference);
    return [
      row(
        'batch of money commands',
        `${ours}/s`,
        `same entries into the ledger's tables ${reference}/s`,
        value,
        '≥ 0.4',
        value >= 0.4,
      ),
    ];
  });
}
