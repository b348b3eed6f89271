import { type Config, readConfig } from '../config.js';
import { Refusal } from '../kernel/refusal.js';
import { Usage } from './arguments.js';
import { commands } from './commands.js';

/** Exit codes: done, refused or found bad, incomplete, wrong use, input/output or corruption, configuration or held directory. */
export const exits = { done: 0, refused: 1, incomplete: 2, usage: 3, io: 74, config: 78 } as const;

/** What a command of the command line gets. */
export interface Told {
  readonly args: readonly string[];
  readonly config: Config;
  readonly out: (text: string) => void;
  readonly progress: (text: string) => void;
}

/** Runs one command line and answers with the exit code; stdout is for answers, stderr for everything else. */
export async function run(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const [name = 'help', ...rest] = args;
  const json = rest.includes('--json');
  try {
    const command = commands[name];
    if (!command) throw new Usage(`There is no command ${name}; taproot help lists them`);
    return await command.run({
      args: rest,
      config: readConfig(env),
      out: (text) => void process.stdout.write(text),
      progress,
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, errors } = error;
    process.stderr.write(json ? `${JSON.stringify({ code, detail: message, errors })}\n` : `${message}\n`);
    return exitOf(error);
  }
}

function exitOf(error: Refusal): number {
  if (error instanceof Usage) return exits.usage;
  if (error.code === 'config/invalid' || error.code === 'directory/held') return exits.config;
  return error.code === 'ledger/io' || error.code === 'ledger/corrupt' ? exits.io : exits.refused;
}

/** One line that is written over, on a terminal only. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}
