import { existsSync, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { catalogue } from '../app/catalogue.js';
import type { DryRun, Receipt } from '../app/receipt.js';
import { requestOf } from '../app/requests.js';
import { admin } from '../http/access.js';
import { limits, parseStrict } from '../kernel/json.js';
import { Refusal } from '../kernel/refusal.js';
import { flag, need, option, Usage, type Words, wordsOf } from './arguments.js';
import { type Client, part, serviceOf } from './client.js';
import { writing } from './open.js';
import type { Told } from './run.js';

/** `taproot command LogInteraction body.json`: any command of the catalogue; `--list` names them, `--schema` shows what one takes. */
export async function command(told: Told): Promise<number> {
  const { args, config, out, input = process.stdin, projector } = told;
  const words = wordsOf(args, {
    flags: ['dry-run', 'list', 'schema'],
    values: ['if-match', 'id'],
    service: true,
  });
  const service = serviceOf(words, config);
  if (flag(words, 'list') || flag(words, 'schema')) return describe(words, service, out);
  const [name, source] = need(words, 'Name', 'json | file.json | -') as [string, string];
  const body = parseStrict(await textOf(source, input));
  const idempotencyKey = option(words, 'id');
  const ifMatch = revisionOf(option(words, 'if-match'));
  const dryRun = flag(words, 'dry-run');
  let answer: Receipt | DryRun;
  if (service) {
    const path = `/v1/commands/${part(name)}${dryRun ? '?dryRun=true' : ''}`;
    answer = await service.post<Receipt | DryRun>(path, body as object, {
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    });
  } else {
    const request = requestOf(name, body, admin, { idempotencyKey, ifMatch });
    answer = await writing(
      config,
      ({ execute }): Promise<Receipt | DryRun> => (dryRun ? execute.dryRun(request) : execute.run(request)),
      projector,
    );
  }
  out(flag(words, 'json') ? `${JSON.stringify(answer)}\n` : said(name, answer));
  return 0;
}

type Listed = ReturnType<typeof catalogue>['commands'];

/** Names with their sentences, or one command's JSON schema: those of the service where one is named. */
async function describe(words: Words, service: Client | undefined, out: (text: string) => void): Promise<number> {
  const all = service ? (await service.get<{ commands: Listed }>('/v1/catalogue')).commands : catalogue().commands;
  if (flag(words, 'schema')) {
    const [name] = need(words, 'Name');
    const found = all.find((one) => one.name === name);
    if (!found) throw new Refusal('command/unknown', `There is no command ${name}; taproot command --list names them`);
    out(`${JSON.stringify(found.schema, null, flag(words, 'json') ? 0 : 2)}\n`);
    return 0;
  }
  need(words);
  const width = Math.max(...all.map(({ name }) => name.length));
  const lines = all.map(({ name, en }) => `${name.padEnd(width)}  ${en}`);
  out(
    `${flag(words, 'json') ? JSON.stringify(all.map(({ name, en, zh }) => ({ name, en, zh }))) : lines.join('\n')}\n`,
  );
  return 0;
}

/** The body: the word itself where it is JSON, else the file of that name, or stdin. */
async function textOf(source: string, input: Readable): Promise<string> {
  let text = source;
  if (source === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of input) chunks.push(Buffer.from(chunk as Buffer));
    text = Buffer.concat(chunks).toString('utf8');
  } else if (!/^\s*[{[]/.test(source)) {
    if (!existsSync(source)) throw new Usage(`${source} is neither a JSON object nor a file`);
    text = readFileSync(source, 'utf8');
  }
  if (Buffer.byteLength(text) <= limits.bodyBytes) return text;
  throw new Refusal(
    'request/too-large',
    `The body is larger than ${limits.bodyBytes} bytes; taproot batch takes many commands`,
  );
}

function revisionOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^(-1|\d{1,15})$/.test(text))
    throw new Usage('--if-match takes a revision; -1 for a stream that does not exist');
  return Number(text);
}

function said(name: string, answer: Receipt | DryRun): string {
  const { stream, revision, events } = answer;
  const types = events.map((event) => ('id' in event ? `${event.type} ${event.id}` : event.type)).join(', ');
  const where = `Stream ${stream} is at revision ${revision}`;
  if ('dryRun' in answer) {
    const conflicts = answer.conflicts.map(({ detail }) => `  ${detail}\n`).join('');
    return `${name} would record ${types || 'nothing'}; nothing was written\n${where}\n${conflicts}`;
  }
  const did = answer.repeated ? 'had recorded' : 'recorded';
  const position = answer.position === null ? '' : `, its last event at position ${answer.position} of the log`;
  return `${types === '' ? `${name}: nothing was left to do` : `${name} ${did} ${types}`}\n${where}${position}\n`;
}
