import type { Readable } from 'node:stream';
import type { Opening } from '../app/taproot.js';
import { type Config, readConfig } from '../config.js';
import { Refusal } from '../kernel/refusal.js';
import { Usage } from './arguments.js';
import { Unreachable } from './client.js';
import { commands } from './commands.js';

/** Exit codes: done, refused or found bad, incomplete, wrong use, input/output or corruption, configuration or held directory. */
export const exits = { done: 0, refused: 1, incomplete: 2, usage: 3, io: 74, config: 78 } as const;

/** What a command of the command line gets. */
export interface Told {
  readonly args: readonly string[];
  readonly config: Config;
  readonly out: (text: string) => void;
  readonly progress: (text: string) => void;
  /** What `-` reads; stdin unless said. */
  readonly input?: Readable;
  /** Loads a mapping file as a module; this program's own way unless said. */
  readonly load?: (url: string) => Promise<unknown>;
  /** Where the projector runs while a directory is open for writing; a thread unless said. */
  readonly projector?: Opening['projector'];
}

/** Where a command line reads and writes; the process's own streams unless said. */
export interface Ends extends Pick<Told, 'input' | 'load' | 'projector'> {
  readonly out?: (text: string) => void;
  readonly error?: (text: string) => void;
}

/** Runs one command line and answers with the exit code; stdout is for answers, stderr for everything else. */
export async function run(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  { out, error: say, ...ends }: Ends = {},
): Promise<number> {
  const [name = 'help', ...rest] = args;
  const json = rest.includes('--json');
  try {
    const command = commands[name];
    if (!command) throw new Usage(`There is no command ${name}; taproot help lists them`);
    return await command.run({
      args: rest,
      config: readConfig(env),
      out: out ?? ((text) => void process.stdout.write(text)),
      progress,
      ...ends,
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    (say ?? ((text: string) => void process.stderr.write(text)))(json ? asJson(error) : asText(error));
    return exitOf(error);
  }
}

function asJson({ code, message, errors }: Refusal): string {
  return `${JSON.stringify({ code, detail: message, errors })}\n`;
}

/** The sentence, and under it every bad field that the sentence does not tell. */
function asText({ message, errors }: Refusal): string {
  const more = errors.filter(({ detail }) => detail !== message);
  return [message, ...more.map(({ pointer, detail }) => `  ${pointer || '/'}: ${detail}`)]
    .map((line) => `${line}\n`)
    .join('');
}

/** Refusals of a question for how it was asked. */
const asked = new Set<string>(['view/parameter-invalid', 'request/unknown-parameter']);

function exitOf(error: Refusal): number {
  if (error instanceof Usage || asked.has(error.code)) return exits.usage;
  if (error instanceof Unreachable) return exits.io;
  if (error.code === 'config/invalid' || error.code === 'directory/held') return exits.config;
  return ['ledger/io', 'ledger/corrupt', 'log/unavailable'].includes(error.code) ? exits.io : exits.refused;
}

/** One line that is written over, on a terminal only. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}
