import 'reflect-metadata';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import autocannon from 'autocannon';
import { inDirectory, ratio, row, token } from './support.js';

/** Requests a second, and the 99th percentile in ms, of POSTs with a fresh body each over so many connections. */
async function load(url, path, body, connections, duration) {
  let sent = 0;
  const client = autocannon({
    url: `${url}${path}`,
    connections,
    duration,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    setupClient: (one) => {
      one.setBody(body(sent++));
      one.on('response', (status) => {
        if (status !== 201) throw new Error(`answered ${status}`);
        one.setBody(body(sent++));
      });
    },
  });
  const result = await client;
  return { rate: Math.round(result.requests.average), p99: result.latency.p99, bad: result.non2xx + result.errors };
}

async function served(kind, directory, run) {
  const child = fork(new URL('./served.js', import.meta.url), [kind, directory], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [url] = await once(child, 'message');
  try {
    return await run(url);
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

/** Durable commands over HTTP at 64 connections, against a bare Nest POST that validates and answers. */
export function http() {
  return inDirectory(async (directory) => {
    const invoice = (i) =>
      JSON.stringify({
        commandId: `h${i}`,
        accountId: `A${i % 50}`,
        invoiceId: `H${i}`,
        gross: { minor: 1000 + (i % 999), currency: 'EUR' },
      });
    const bare = await served('bare', directory, async (url) => {
      await load(url, '/v1/commands/IssueInvoice', invoice, 64, 2);
      return load(url, '/v1/commands/IssueInvoice', invoice, 64, 6);
    });
    const ours = await served('taproot', directory, async (url) => {
      const warm = (i) => invoice(i + 1e7);
      await load(url, '/v1/commands/IssueInvoice', warm, 64, 2);
      return load(url, '/v1/commands/IssueInvoice', invoice, 64, 6);
    });
    const value = ratio(ours.rate, bare.rate);
    return [
      row(
        'commands over HTTP, durable, 64 connections',
        `${ours.rate}/s, p99 ${ours.p99} ms`,
        `bare Nest POST ${bare.rate}/s`,
        value,
        '≥ 0.4',
        value >= 0.4,
      ),
      row(
        'the same, absolute',
        `${ours.rate}/s`,
        '',
        '',
        '≥ 8,000/s, p99 ≤ 30 ms',
        ours.rate >= 8000 && ours.p99 <= 30,
      ),
    ];
  });
}
