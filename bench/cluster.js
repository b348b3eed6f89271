import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import autocannon from 'autocannon';
import { bareEvent, moving, origin, prefixOf, stamped, url } from './moving.js';
import { inDirectory, quantile, rate, ratio, row, seconds, token } from './support.js';

const cli = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url));

/** Single appends of the bare client, so many at a time, each at the exact revision of a stream of its own. */
async function bareAppends(client, concurrent, forSeconds) {
  const prefix = prefixOf('bare');
  const [sample] = stamped(1, 'sample');
  const event = bareEvent(sample);
  const until = Date.now() + forSeconds * 1_000;
  let done = 0;
  const writer = async (_, w) => {
    for (let revision = -1; Date.now() < until; revision++, done++) {
      const expectedRevision = revision < 0 ? NO_STREAM : BigInt(revision);
      await client.appendToStream(`${prefix}${w}`, { ...event, id: randomUUID() }, { expectedRevision });
    }
  };
  const time = await seconds(() => Promise.all(Array.from({ length: concurrent }, writer)));
  return rate(done, time);
}

/** A service on the server, in a process of its own. */
async function serving(directory, run) {
  const child = spawn(process.execPath, ['--no-deprecation', cli, 'serve'], {
    env: {
      ...process.env,
      TAPROOT_DATA: directory,
      TAPROOT_STORE: url,
      TAPROOT_STREAM_PREFIX: prefixOf('http'),
      TAPROOT_ORIGIN: origin,
      TAPROOT_TOKEN: token,
      TAPROOT_PORT: '0',
      TAPROOT_DEMO: 'off',
      TAPROOT_LOG: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const [, at] = /listens on (\S+)/.exec(line) ?? [];
      if (at !== undefined) return await run(at);
    }
    throw new Error('the service did not start');
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const ask = (at, method, path, body) =>
  new Promise((settle, fail) => {
    const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) };
    const sent = request(`${at}${path}`, { method, agent, headers }, (reply) => {
      let text = '';
      reply.on('data', (piece) => {
        text += piece;
      });
      reply.on('end', () =>
        reply.statusCode < 300
          ? settle(JSON.parse(text))
          : fail(new Error(`${path} answered ${reply.statusCode} ${text}`)),
      );
    });
    sent.on('error', fail);
    sent.end(body && JSON.stringify(body));
  });

const invoice = (i, accountId) => ({
  commandId: `h${i}`,
  accountId,
  invoiceId: `H${i}`,
  gross: { minor: 1_000 + (i % 999), currency: 'EUR' },
});

let sent = 0;

/** Commands a second over so many connections, each on an account of its own. */
async function commandsOverHttp(at, connections, duration) {
  let accounts = 0;
  let refused = 0;
  const result = await autocannon({
    url: `${at}/v1/commands/IssueInvoice`,
    connections,
    duration,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    setupClient: (client) => {
      const account = `A${accounts++}`;
      const next = () => client.setBody(JSON.stringify(invoice(sent++, account)));
      next();
      client.on('response', (status) => {
        if (status !== 201) refused++;
        next();
      });
    },
  });
  if (refused > 0) throw new Error(`${refused} commands were refused`);
  return rate(result.requests.total, result.duration);
}

/** Commands over HTTP against appends of the bare client, and how soon a view shows them. */
function http(client) {
  return inDirectory((directory) =>
    serving(directory, async (at) => {
      for (let i = 0; i < 128; i++)
        await ask(at, 'POST', '/v1/commands/RegisterAccount', {
          commandId: `a${i}`,
          accountId: `A${i}`,
          name: `Account ${i}`,
          customerType: 'DEALER',
          currency: 'EUR',
        });
      const rows = [];
      for (const concurrent of [32, 128]) {
        await commandsOverHttp(at, concurrent, 2);
        const first = await bareAppends(client, concurrent, 3);
        const ours = await commandsOverHttp(at, concurrent, 6);
        const bare = Math.round((first + (await bareAppends(client, concurrent, 3))) / 2);
        const value = ratio(ours, bare);
        rows.push(
          row(
            `commands over HTTP, ${concurrent} at a time`,
            `${ours}/s`,
            `bare client's appends ${bare}/s`,
            value,
            '≥ 0.6',
            value >= 0.6,
          ),
        );
      }
      const times = [];
      for (let i = 0; i < 300; i++) {
        const { after } = await ask(at, 'POST', '/v1/commands/IssueInvoice', invoice(sent++, `A${i % 50}`));
        const time = await seconds(() => ask(at, 'GET', `/v1/accounts/A${i % 50}/performance?after=${after}`));
        times.push(time * 1_000);
      }
      const p95 = Math.round(quantile(times, 0.95));
      rows.push(row('view with ?after= of a receipt, p95', `${p95} ms`, '', '', '≤ 50 ms', p95 <= 50));
      return rows;
    }),
  );
}

/** The other engine against the bare client on the same server; skipped where there is none. */
export async function cluster() {
  if (!url) {
    process.stderr.write(
      'cluster: skipped, TAPROOT_BENCH_EVENTSTORE is not set (an address such as esdb://127.0.0.1:2113?tls=false, best of an empty server)\n',
    );
    return [];
  }
  const client = EventStoreDBClient.connectionString(url);
  try {
    return [...(await moving(client)), ...(await http(client))];
  } finally {
    await client.dispose();
  }
}
