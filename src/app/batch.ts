import { isUtf8 } from 'node:buffer';
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
 * as NDJSON, one for each line, in order, as soon as they are durable: a sender may wait for one before sending the next. A bad line is
 * answered with its problem and the rest go in. Memory stays constant.
 */
export async function* batch(
  input: AsyncIterable<Buffer>,
  actor: Actor,
  stage: (request: Request) => Promise<Staged>,
  problem: (error: unknown) => object,
): AsyncGenerator<string> {
  const answers: Pending[] = [];
  let ended = false;
  // one bell for both sides: the reader waits only while there are too many answers, the writer only while there is none
  let ring: () => void = () => undefined;
  const rung = () =>
    new Promise<void>((settle) => {
      ring = settle;
    });
  const reading = (async () => {
    for await (const line of linesOf(input)) {
      while (answers.length >= inFlight && !ended) await rung();
      if (ended) return;
      answers.push(await answerTo(line, actor, stage, problem));
      ring();
    }
  })();
  reading
    .catch(() => undefined)
    .finally(() => {
      ended = true;
      ring();
    });
  try {
    let text = '';
    for (;;) {
      const next = answers.shift();
      if (next) {
        ring();
        text += `${JSON.stringify(await next.said)}\n`;
        if (text.length < writeSize) continue;
      } else if (text === '') {
        if (ended) break;
        await rung();
        continue;
      } else {
        await new Promise((settle) => setImmediate(settle));
        if (answers.length > 0) continue;
      }
      yield text;
      text = '';
    }
    await reading;
  } finally {
    ended = true;
    ring();
  }
}

/** An answer that is still to come; boxed, so that waiting for the staging does not wait for it. */
interface Pending {
  readonly said: Promise<object>;
}

/** Waits until the line is staged, so that the next one sees it; the answer itself waits for durability. */
async function answerTo(
  { no, text, refusal }: Line,
  actor: Actor,
  stage: (request: Request) => Promise<Staged>,
  problem: (error: unknown) => object,
): Promise<Pending> {
  const refuse = (error: unknown) => ({ line: no, ...problem(error) });
  try {
    if (text === null) throw refusal;
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

/** A line of NDJSON, counted from 1; or why it cannot be read. */
export type Line =
  | { readonly no: number; readonly text: string; readonly refusal?: undefined }
  | { readonly no: number; readonly text: null; readonly refusal: Refusal };

function lineOf(no: number, bytes: Buffer | null): Line {
  if (bytes === null)
    return {
      no,
      text: null,
      refusal: new Refusal('request/too-large', `Line ${no} is longer than ${limits.bodyBytes} bytes`),
    };
  if (isUtf8(bytes)) return { no, text: bytes.toString('utf8') };
  return { no, text: null, refusal: new Refusal('request/malformed', `Line ${no} is not UTF-8`) };
}

/** Lines of a stream, empty ones passed over; of a line that is too long nothing is kept. */
export async function* linesOf(input: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let no = 0;
  let rest: Buffer[] = [];
  let size = 0;
  const take = (): Line | undefined => {
    no++;
    const line = lineOf(no, size > limits.bodyBytes ? null : Buffer.concat(rest));
    rest = [];
    size = 0;
    return line.text?.trim() === '' ? undefined : line;
  };
  for await (const chunk of input) {
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
