import 'reflect-metadata';
import autocannon from 'autocannon';
import { dealing } from './history.js';
import { inDirectory, ratio, row, served, token } from './support.js';

/** Requests a second, and the 99th percentile in ms, of POSTs with a fresh body each over 64 connections. */
async function load(url, path, body, duration) {
  let sent = 0;
  let refused = 0;
  const next = (client) => client.setBody(body(sent++));
  const result = await autocannon({
    url: `${url}${path}`,
    connections: 64,
    duration,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    setupClient: (client) => {
      next(client);
      client.on('response', (status) => {
        if (status !== 201) refused++;
        next(client);
      });
    },
  });
  if (refused > 0) throw new Error(`${refused} commands were refused`);
  return { rate: Math.round(result.requests.average), p99: result.latency.p99 };
}

const accounts = 50;

const invoice = (name) => (i) =>
  JSON.stringify({
    commandId: `${name}${i}`,
    accountId: `A${i % accounts}`,
    invoiceId: `${name}${i}`,
    gross: { minor: 1000 + (i % 999), currency: 'EUR' },
  });

/** Interactions, of which one in four has text about persons where `sealed`. */
const contact = (name, sealed) => (i) => {
  const { body } = dealing(i % accounts, 2 + 20 * (i % 1000), 20_000);
  const { occurredAt, ...rest } = { ...body, interactionId: `${name}${i}` };
  return JSON.stringify({
    ...rest,
    commandId: `${name}${i}`,
    ...(sealed && i % 4 === 0 ? { summary: `They will open line ${i} in spring` } : {}),
  });
};

/** Durable commands over HTTP at 64 connections, against a bare Nest POST that validates and answers; and what sealing costs. */
export function http() {
  return inDirectory(async (directory) => {
    const money = '/v1/commands/IssueInvoice';
    const bare = await served('bare', directory, async ({ url }) => {
      await load(url, money, invoice('W'), 3);
      return load(url, money, invoice('B'), 6);
    });
    const { ours, plain, sealed } = await served('taproot', directory, async ({ url, ask }) => {
      await ask('cast');
      const met = '/v1/commands/LogInteraction';
      await load(url, money, invoice('W'), 3);
      const ours = await load(url, money, invoice('H'), 6);
      await load(url, met, contact('w', true), 2);
      const runs = { plain: [], sealed: [] };
      for (let i = 0; i < 3; i++)
        for (const kind of ['plain', 'sealed'])
          runs[kind].push((await load(url, met, contact(`${kind}${i}-`, kind === 'sealed'), 3)).rate);
      const middle = (rates) => rates.sort((a, b) => a - b)[1];
      return { ours, plain: middle(runs.plain), sealed: middle(runs.sealed) };
    });
    const value = ours.rate / bare.rate;
    const cost = 1 - sealed / plain;
    const figure = `${ours.rate}/s, p99 ${ours.p99} ms`;
    const reference = `bare Nest POST ${bare.rate}/s, p99 ${bare.p99} ms`;
    return [
      row('commands over HTTP, durable, 64 connections', figure, reference, value.toFixed(2), '≥ 0.4', value >= 0.4),
      row('the same, absolute', figure, '', '', '≥ 8,000/s, p99 ≤ 30 ms', ours.rate >= 8000 && ours.p99 <= 30),
      row(
        'sealing, one command in four with text about persons',
        `${sealed}/s`,
        `without such text ${plain}/s`,
        ratio(sealed, plain),
        'costs ≤ 15 %',
        cost <= 0.15,
      ),
    ];
  });
}
