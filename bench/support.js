import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Taproot } from '../dist/src/app/taproot.js';
import { readConfig } from '../dist/src/config.js';
import { Ledger, ledgerFile } from '../dist/src/ledger/ledger.js';
import { Reader } from '../dist/src/ledger/reader.js';

export const token = 'a-token-for-benchmarks-that-is-long-enough';

/** Name of the log that benchmarks write; ids of events follow from it. */
export const origin = 'bench.example';

/** Runs with a fresh directory that is removed afterwards. */
export async function inDirectory(run) {
  const directory = mkdtempSync(join(tmpdir(), 'taproot-bench-'));
  try {
    return await run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Settings of a Taproot over a directory, as a service has them. */
export const configOf = (directory) =>
  readConfig({
    TAPROOT_DATA: directory,
    TAPROOT_ORIGIN: origin,
    TAPROOT_LOG: 'silent',
    TAPROOT_TOKEN: token,
    TAPROOT_DEMO: 'off',
  });

/** Opens a Taproot over a directory. */
export const open = (directory, options = {}) => Taproot.open(configOf(directory), options);

/** Who gives the commands. */
export const principal = {
  authtype: 'service',
  authid: 'admin',
  scope: 'admin',
  roles: ['commander', 'importer', 'analyst'],
};

/** Serves a directory (`taproot`), or the bare reference (`bare`), in a process of its own while `run` talks to it. */
export async function served(kind, directory, run) {
  const child = fork(new URL('./served.js', import.meta.url), [kind, directory], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ask = async (what) => {
    child.send(what);
    return (await once(child, 'message'))[0];
  };
  const [{ url, startMs }] = await once(child, 'message');
  try {
    return await run({ url, startMs, ask });
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

/** Seconds that a function takes. */
export async function seconds(run) {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Milliseconds that each of so many runs takes. */
export async function each(count, run) {
  const times = [];
  for (let i = 0; i < count; i++) times.push(1000 * (await seconds(() => run(i))));
  return times;
}

export const rate = (count, time) => Math.round(count / time);
export const ratio = (a, b) => (a / b).toFixed(2);

/** The q-quantile of times. */
export const quantile = (times, q) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(q * times.length))];

/** A row of the table. */
export const row = (what, figure, reference, value, goal, reached) => ({
  what,
  figure,
  reference,
  ratio: value,
  goal,
  reached: goal === '' ? '' : reached ? 'yes' : 'NO',
});

/** Entries of a log as they are put into a ledger's tables. */
export const entriesOf = (directory, after = 0) => {
  const reader = Reader.open(ledgerFile(directory));
  const entries = reader.scan(after, -1).map((one) => {
    const entry = JSON.parse(one.entry);
    const { id, subject: stream, streamrevision: revision, type, accountid: account } = entry;
    return {
      text: one.entry,
      id,
      stream,
      revision,
      type,
      account,
      time: one.time,
      known: one.known,
      target: undefined,
    };
  });
  reader.close();
  return entries;
};

/** Entries a second that go straight into a ledger's tables and indexes, in groups of 1,000, each group durable. */
export function raw(entries) {
  return inDirectory(async (directory) => {
    const ledger = Ledger.open(directory);
    const time = await seconds(() => {
      for (let at = 0; at < entries.length; at += 1_000) ledger.append(entries.slice(at, at + 1_000));
    });
    ledger.close();
    return rate(entries.length, time);
  });
}
