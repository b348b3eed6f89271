import { Reads } from '../dist/src/app/reads.js';
import { fill, history, inDirectory, open, principal, quantile, row, seconds } from './support.js';

async function pages(taproot, account) {
  const reads = new Reads(taproot);
  const times = [];
  let cursor = null;
  for (let i = 0; i < 100; i++) {
    let page;
    times.push(
      1000 *
        (await seconds(() => {
          page = reads.timeline(
            account,
            { asOf: Date.now(), knownAt: Date.now() },
            { order: 'desc', limit: 50, cursor },
            principal,
          ).data;
        })),
    );
    cursor = page.next;
  }
  return quantile(times, 0.95);
}

/** A page of 50 from an account of 100,000 events, in a log of 100,000 and of 1,000,000. */
export function timeline() {
  return inDirectory(async (directory) => {
    const size = Number(process.env.BENCH_EVENTS ?? 1_000_000);
    const taproot = await open(directory, { projector: 'inline' });
    await fill(taproot, 1, history(1, 100_000));
    const small = await pages(taproot, 'A0');
    await fill(taproot, 900, renamed(history(900, size - 100_000)));
    const large = await pages(taproot, 'A0');
    const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
    await taproot.close();
    return [
      row(
        `timeline page of 50, account of 100,000, log of ${size}`,
        `p95 ${large.toFixed(2)} ms`,
        `log of 100,000: ${small.toFixed(2)} ms`,
        (large / small).toFixed(2),
        '≤ 5 ms, within 1.5 ×',
        large <= 5 && large / small <= 1.5,
      ),
      row('memory of the process that wrote it', `${memory} MB`, '', '', '≤ 600 MB', memory <= 600),
    ];
  });
}

function* renamed(commands) {
  for (const { name, body } of commands)
    yield {
      name,
      body: {
        ...body,
        accountId: `B${body.accountId.slice(1)}`.replace(/^B/, 'A'),
        ...(body.invoiceId ? { invoiceId: `X${body.invoiceId}` } : { costId: `X${body.costId}` }),
      },
    };
}
