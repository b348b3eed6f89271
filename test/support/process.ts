import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { token } from './service.js';

const program = resolve(import.meta.dirname, '../../dist/src/cli.js');

/** A process of the built command line: what it says, how it ends. */
export interface Running {
  readonly child: ChildProcess;
  /** What was written so far. */
  readonly out: () => string;
  readonly error: () => string;
  /** The exit code, once it has ended; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

const started = new Set<ChildProcess>();

/** Ends what is still running. */
export async function endAll(): Promise<void> {
  for (const child of started) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
}

/** Starts the command line over a data directory; `limitKb` bounds what any of its files may grow to, as a full disk would. */
export function start(directory: string, args: readonly string[], limitKb?: number): Running {
  const env = {
    ...process.env,
    ...{ TAPROOT_DATA: directory, TAPROOT_ORIGIN: 'test.example', TAPROOT_TOKEN: token },
    ...{ TAPROOT_PORT: '0', TAPROOT_DEMO: 'off', TAPROOT_LOG: 'error', NODE_OPTIONS: '' },
  };
  const limited = `trap '' XFSZ; ulimit -f ${limitKb}; exec "$@"`;
  const words = [process.execPath, '--no-warnings', program, ...args];
  const [command, ...rest] = limitKb === undefined ? words : ['bash', '-c', limited, 'bash', ...words];
  const child = spawn(command!, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.add(child);
  const [out, error]: [string[], string[]] = [[], []];
  child.stdout!.on('data', (piece: Buffer) => void out.push(piece.toString()));
  child.stderr!.on('data', (piece: Buffer) => void error.push(piece.toString()));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, out: () => out.join(''), error: () => error.join(''), ended };
}

/** Starts the service and answers with its address. */
export async function serving(directory: string, limitKb?: number): Promise<Running & { readonly url: string }> {
  const running = start(directory, ['serve'], limitKb);
  for (;;) {
    const url = /listens on (\S+)/.exec(running.out())?.[1];
    if (url !== undefined) return { ...running, url };
    const code = await Promise.race([running.ended, new Promise<'on'>((go) => setTimeout(() => go('on'), 20))]);
    if (code !== 'on') throw new Error(`the service ended with ${code}: ${running.error()}`);
  }
}
