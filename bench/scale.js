import { cpSync, rmSync, statSync } from 'node:fs';
import { Reads } from '../dist/src/app/reads.js';
import { cast, history, tell } from './history.js';
import { each, inDirectory, open, principal, quantile, row, seconds, served } from './support.js';

const size = Number(process.env.BENCH_EVENTS ?? 1_000_000);
const large = size / 10;
const day = 86_400_000;
const ms = (time) => `${time.toFixed(time < 10 ? 2 : 0)} ms`;

/** p95 of pages of 50 of the large account, newest first, one after another. */
async function pages(taproot) {
  const reads = new Reads(taproot);
  const moment = { asOf: Date.now(), knownAt: Date.now() };
  let cursor = null;
  const times = await each(200, async () => {
    const page = await reads.timeline('A0', moment, { order: 'desc', limit: 50, cursor }, principal);
    cursor = page.data.next;
  });
  return quantile(times, 0.95);
}

/** 1,000 late events into the large account: how long until stored views are right again, and what a read meanwhile answers. */
async function late(directory) {
  const taproot = await open(directory, { projector: 'inline' });
  const { moments, ledger } = taproot;
  const view = (position) =>
    JSON.stringify(moments.view('performance', 'A0', { asOf: Date.now() - day, knownAt: { position } }));
  let meanwhile = 0;
  let told = '';
  const time = await seconds(async () => {
    const commands = Array.from({ length: 1_000 }, (_, i) => ({
      name: 'IssueInvoice',
      commandId: `late${i}`,
      body: {
        accountId: 'A0',
        invoiceId: `LATE${i}`,
        gross: { minor: 100_000, currency: 'EUR' },
        occurredAt: new Date(Date.parse('2019-01-01T09:00:00Z') + 2 * i * day).toISOString(),
      },
    }));
    await tell(taproot, commands);
    meanwhile = 1000 * (await seconds(() => (told = view(ledger.size))));
    await taproot.projector.level();
  });
  const right = told === view(ledger.size);
  await taproot.close();
  const figure = `${time.toFixed(1)} s until stored again; a read meanwhile ${ms(meanwhile)}, ${right ? 'right' : 'WRONG'}`;
  return row(
    `1,000 late events into an account of ${large}`,
    figure,
    '',
    '',
    '≤ 10 s, reads right',
    time <= 10 && right,
  );
}

/** A service of its own over the directory: how long it takes to start, and what it holds in memory after answering. */
function started(directory) {
  return served('taproot', directory, async ({ startMs, ask }) => {
    await ask('level');
    await ask('views');
    return { startMs, memory: await ask('memory') };
  });
}

/** Every report at a past moment, one after another in a service of its own, and what it holds in memory afterwards. */
async function reports(directory, events) {
  const { times, memory } = await served('taproot', directory, async ({ ask }) => {
    await ask('level');
    return { times: await ask('reports'), memory: await ask('memory') };
  });
  const slowest = (by) => [...times].sort((a, b) => b[by] - a[by]).slice(0, 3);
  const named = (by) => slowest(by).map((one) => `${one.name} ${ms(one[by])}`);
  const within = (by, most) => times.every((one) => one[by] <= most);
  return [
    row(
      `each of ${times.length} reports at a past moment over ${events} events`,
      `slowest: ${named('cold').join(', ')}`,
      '',
      '',
      'each ≤ 3 s',
      within('cold', 3_000),
    ),
    row('the same asked again', `slowest p95: ${named('again').join(', ')}`, '', '', 'each ≤ 5 ms', within('again', 5)),
    row('memory of the service after all reports', `${memory} MB`, '', '', '≤ 600 MB', memory <= 600),
  ];
}

/** What must not grow with the log: pages of a timeline, memory, start; and what is asked of all of it. */
export function scale() {
  return inDirectory(async (directory) => {
    const taproot = await open(directory, { projector: 'inline' });
    await tell(taproot, cast(1));
    await tell(taproot, history(1, large));
    await taproot.projector.level();
    const small = await pages(taproot);
    await taproot.close();
    const before = await started(directory);
    cpSync(directory, `${directory}-late`, { recursive: true });
    const lately = await late(`${directory}-late`);
    rmSync(`${directory}-late`, { recursive: true });
    const grown = await open(directory, { projector: 'inline' });
    const accounts = 900;
    await tell(grown, cast(accounts, 1));
    await tell(grown, history(accounts, Math.round((size - large) / accounts), 1));
    await grown.projector.level();
    const full = await pages(grown);
    const head = grown.head;
    await grown.close();
    const after = await started(directory);
    const views = Math.round(statSync(`${directory}/views.db`).size / 2 ** 20);
    const ledger = Math.round(statSync(`${directory}/ledger.db`).size / 2 ** 20);
    return [
      lately,
      row(
        `timeline page of 50, account of ${large}, log of ${head}`,
        `p95 ${ms(full)}`,
        `log of ${large}: ${ms(small)}`,
        (full / small).toFixed(2),
        '≤ 5 ms, within 1.5 ×',
        full <= 5 && full / small <= 1.5,
      ),
      row(
        `memory of the service at ${head} events`,
        `${after.memory} MB`,
        `at ${large}: ${before.memory} MB`,
        (after.memory / before.memory).toFixed(2),
        '≤ 600 MB, does not grow',
        after.memory <= 600 && after.memory / before.memory <= 1.5,
      ),
      row(
        `start with views present at ${head} events`,
        `${after.startMs} ms`,
        `at ${large}: ${before.startMs} ms`,
        (after.startMs / before.startMs).toFixed(2),
        '≤ 2 s',
        after.startMs <= 2_000,
      ),
      row('files of that log', `ledger ${ledger} MB, views ${views} MB`, '', '', '', true),
      ...(await reports(directory, head)),
    ];
  });
}
