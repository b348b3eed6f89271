import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mapping } from '../dist/src/app/import/mapping.js';
import { ImportRun } from '../dist/src/app/import/run.js';
import { ImportTarget } from '../dist/src/app/import/target.js';
import { cast, history, only, tell } from './history.js';
import { entriesOf, inDirectory, open, rate, raw, row, seconds, served, token } from './support.js';

const accounts = 100;

/** A row of what was reached against the same entries put straight into a ledger's tables. */
async function against(what, count, time, directory, after, least = 0) {
  const ours = rate(count, time);
  const reference = await raw(entriesOf(directory, after));
  const value = ours / reference;
  const goal = `≥ 0.4${least > 0 ? `, ≥ ${least.toLocaleString('en')}/s` : ''}`;
  const same = `same entries into the ledger's tables ${reference}/s`;
  return row(what, `${ours}/s`, same, value.toFixed(2), goal, value >= 0.4 && ours >= least);
}

/** Commands of one kind, staged in this process. The projector works beside them, as it does in a service. */
function direct(what, commands, least) {
  return inDirectory(async (directory) => {
    const taproot = await open(directory);
    await tell(taproot, cast(accounts));
    const after = taproot.head;
    const told = [...commands];
    const time = await seconds(() => tell(taproot, told));
    await taproot.close();
    return against(what, told.length, time, directory, after, least);
  });
}

/** The same mixed history as NDJSON to a service in a process of its own. */
function overHttp(count) {
  return inDirectory(async (directory) => {
    const lines = [...history(accounts, count / accounts)].map(
      ({ name, body, commandId }) => `${JSON.stringify({ command: name, commandId, ...body })}\n`,
    );
    const time = await served('taproot', directory, async ({ url, ask }) => {
      for (let i = 0; i < accounts; i += 50) await ask('cast');
      return seconds(() => post(`${url}/v1/commands`, lines));
    });
    return against('mixed commands as NDJSON over HTTP', count, time, directory, 900);
  });
}

async function post(url, lines) {
  const headers = { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` };
  const sent = request(url, { method: 'POST', headers });
  const sending = pipeline(Readable.from(blocks(lines)), sent);
  const [response] = await once(sent, 'response');
  let answers = 0;
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    const [...whole] = (text + chunk).split('\n');
    text = whole.pop();
    answers += whole.length;
    const bad = whole.find((line) => !line.includes('"receipt"') && !line.includes('"revision"'));
    if (bad) throw new Error(bad);
  }
  await sending;
  if (answers !== lines.length) throw new Error(`${answers} answers to ${lines.length} lines`);
}

function* blocks(lines) {
  for (let at = 0; at < lines.length; at += 500) yield lines.slice(at, at + 500).join('');
}

/** A mapping over a CSV file: invoices, costs and interactions of another system. */
const erp = mapping({
  source: 'erp',
  together: true,
  key: (one) => one.key,
  commands: ([one]) => {
    const { kind, account: accountId, at: occurredAt, body } = one;
    return [{ command: kind, accountId, occurredAt, ...JSON.parse(body) }];
  },
});

function imported(count) {
  return inDirectory(async (directory) => {
    const file = `${directory}/rows.csv`;
    await pipeline(Readable.from(csv(count)), createWriteStream(file));
    const taproot = await open(directory);
    await tell(taproot, cast(accounts));
    const after = taproot.head;
    let refused = '';
    const run = new ImportRun(new ImportTarget(taproot), erp, 'erp.ts', {
      dryRun: false,
      changed: 'report',
      report: (line) => {
        refused ||= JSON.stringify(line);
      },
      progress: () => undefined,
    });
    const time = await seconds(() => run.run([file]));
    if (refused || run.counts.recorded !== count) throw new Error(`${run.counts.recorded} of ${count}: ${refused}`);
    await taproot.close();
    return against('import of a CSV file with a mapping', count, time, directory, after);
  });
}

function* csv(count) {
  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  yield 'key,kind,account,at,body\n';
  let n = 0;
  for (const { name, body } of both(count)) {
    const { accountId, occurredAt, ...rest } = body;
    yield `K${n++},${name},${accountId},${occurredAt},${quoted(JSON.stringify(rest))}\n`;
  }
}

function* both(count) {
  const half = count / 2 / accounts;
  const [money, met] = [only('money', accounts, half), only('contact', accounts, half)];
  for (const one of money) {
    yield one;
    yield met.next().value;
  }
}

/** Batches and imports, through validation, decision, sealing and hashing. */
export async function batch() {
  return [
    await direct('mixed history as a batch, one in six sealed', history(accounts, 400)),
    await direct('interactions as a batch', only('contact', accounts, 400), 10_000),
    await direct('money as a batch', only('money', accounts, 400), 15_000),
    await overHttp(40_000),
    await imported(40_000),
  ];
}
