import type { Readable } from 'node:stream';
import type { Actor } from '../kernel/command.js';
import { limits, parseStrict } from '../kernel/json.js';
import { Refusal } from '../kernel/refusal.js';
import { type Request, type Staged, settled } from './execute.js';
import { requestOf } from './requests.js';

/** Commands staged ahead of the oldest answer that is not durable yet. */
const inFlight = 4_096;

/** Answers joined into one write. */
const writeSize = 65_536;

/**
 * Carries out NDJSON, a command a line, in order: a line sees what earlier lines did, and they share their fsyncs. Yields the answers
 * as NDJSON, one for each line, in order; a bad line is answered with its problem and the rest go in. Memory stays constant.
 */
export async function* batch(
  input: Readable,
  actor: Actor,
  stage: (request: Request) => Promise<Staged>,
  problem: (error: unknown) => object,
): AsyncGenerator<string> {
  const answers: Pending[] = [];
  let text = '';
  for await (const line of linesOf(input)) {
    answers.push(await answerTo(line, actor, stage, problem));
    if (answers.length < inFlight) continue;
    for (const answer of answers.splice(0, inFlight / 2)) text += `${JSON.stringify(await answer.said)}\n`;
    if (text.length < writeSize) continue;
    yield text;
    text = '';
  }
  for (const answer of answers) {
    text += `${JSON.stringify(await answer.said)}\n`;
    if (text.length < writeSize) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/** An answer that is still to come; boxed, so that waiting for the staging does not wait for it. */
interface Pending {
  readonly said: Promise<object>;
}

/** Waits until the line is staged, so that the next one sees it; the answer itself waits for durability. */
async function answerTo(
  { no, text }: Line,
  actor: Actor,
  stage: (request: Request) => Promise<Staged>,
  problem: (error: unknown) => object,
): Promise<Pending> {
  const refuse = (error: unknown) => ({ line: no, ...problem(error) });
  try {
    if (text === null) throw new Refusal('request/too-large', `Line ${no} is longer than ${limits.bodyBytes} bytes`);
    const body = parseStrict(text);
    const { command, ...rest } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    if (typeof command !== 'string')
      throw new Refusal('command/invalid', "Each line is an object with the command's name in command", {
        errors: [{ pointer: '/command', code: 'missing', detail: 'name the command' }],
      });
    const staged = await stage(requestOf(command, rest, actor));
    return { said: settled(staged).catch(refuse) };
  } catch (error) {
    return { said: Promise.resolve(refuse(error)) };
  }
}

interface Line {
  readonly no: number;
  /** Null where the line is too long to be read. */
  readonly text: string | null;
}

/** Lines of a stream, empty ones passed over; of a line that is too long only its number. */
async function* linesOf(input: Readable): AsyncGenerator<Line> {
  let no = 0;
  let rest: Buffer[] = [];
  let size = 0;
  const take = (): Line | undefined => {
    no++;
    const text = size > limits.bodyBytes ? null : Buffer.concat(rest).toString('utf8');
    rest = [];
    size = 0;
    return text !== null && text.trim() === '' ? undefined : { no, text };
  };
  for await (const chunk of input as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      size += at - from;
      if (size <= limits.bodyBytes) rest.push(chunk.subarray(from, at));
      from = at + 1;
      const line = take();
      if (line) yield line;
    }
    size += chunk.length - from;
    if (size <= limits.bodyBytes && from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (size > 0) {
    const line = take();
    if (line) yield line;
  }
}
