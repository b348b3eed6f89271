import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Taproot } from '../dist/src/app/taproot.js';
import { readConfig } from '../dist/src/config.js';

export const token = 'a-token-for-benchmarks-that-is-long-enough';

/** Runs with a fresh directory that is removed afterwards. */
export async function inDirectory(run) {
  const directory = mkdtempSync(join(tmpdir(), 'taproot-bench-'));
  try {
    return await run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Opens a Taproot over a directory. */
export const open = (directory, options = {}) =>
  Taproot.open(
    readConfig({
      TAPROOT_DATA: directory,
      TAPROOT_ORIGIN: 'bench.example',
      TAPROOT_LOG: 'silent',
      TAPROOT_TOKEN: token,
      TAPROOT_DEMO: 'off',
    }),
    options,
  );

export const principal = {
  authtype: 'service',
  authid: 'admin',
  scope: 'admin',
  roles: ['commander', 'importer', 'analyst'],
};

/** Seconds that a function takes. */
export async function seconds(run) {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / 1e9;
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
  reached: reached ? 'yes' : 'NO',
});

const day = 86_400_000;
const first = Date.parse('2018-01-01T00:00:00Z');

/** Commands that fill a log: invoices and interactions of so many accounts over eight years, deterministic. */
export function* history(accounts, events, from = 0) {
  for (let i = from; i < events; i++) {
    const accountId = `A${i % accounts}`;
    const occurredAt = new Date(first + Math.floor((i / events) * 2900) * day + (i % 1000) * 1000).toISOString();
    yield i % 4 === 3
      ? {
          name: 'RecordCost',
          body: {
            accountId,
            costId: `C${i}`,
            category: 'LOGISTICS',
            amount: { minor: 1000 + (i % 977), currency: 'EUR' },
            occurredAt,
          },
        }
      : {
          name: 'IssueInvoice',
          body: {
            accountId,
            invoiceId: `I${i}`,
            gross: { minor: 100_000 + (i % 7919), currency: 'EUR' },
            cogs: { minor: 60_000 + (i % 5003), currency: 'EUR' },
            occurredAt,
          },
        };
  }
}

/** Registers accounts and stages a history, keeping a bounded number of commands in flight. */
export async function fill(taproot, accounts, commands) {
  for (let i = 0; i < accounts; i++) {
    await taproot.execute.stage({
      name: 'RegisterAccount',
      body: {
        accountId: `A${i}`,
        name: `Account ${i}`,
        customerType: 'DEALER',
        currency: 'EUR',
        occurredAt: '2017-01-01',
      },
      commandId: `account-${i}`,
      actor: principal,
    });
  }
  let waiting = [];
  let count = 0;
  for (const { name, body } of commands) {
    const staged = await taproot.execute.stage({
      name,
      body,
      commandId: `c${body.invoiceId ?? body.costId}`,
      actor: principal,
    });
    waiting.push(staged.durable);
    count++;
    if (waiting.length >= 4000) {
      await Promise.all(waiting);
      waiting = [];
    }
  }
  await Promise.all(waiting);
  return count;
}
