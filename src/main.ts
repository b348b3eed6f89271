import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Health } from './app/health.js';
import { Taproot } from './app/taproot.js';
import { type Config, isLoopback } from './config.js';
import { loadDemo } from './demo/demo.js';
import { type Door, serve } from './http/server.js';
import { Refusal } from './kernel/refusal.js';

/** Longest wait for what runs when the service is asked to stop, in ms. */
const patienceMs = 20_000;

/** Runs the service until it is asked to stop. Resolves with the exit code. */
export async function main(config: Config): Promise<number> {
  const say = (sentence: string) => process.stdout.write(`${sentence}\n`);
  let stop: (code: number) => void = () => undefined;
  const ended = new Promise<number>((settle) => {
    stop = settle;
  });
  const taproot = await Taproot.open(config, {
    say,
    onFault: (fault) => {
      process.stderr.write(`${JSON.stringify({ level: 'fatal', msg: fault.message })}\n`);
      stop(74);
    },
  });
  const token = tokenOf(config);
  if (config.demo === 'auto' && config.isDefaultData && config.store === 'embedded' && taproot.head === 0) {
    say(
      'The log is empty: loading the demo portfolio, a fictitious company with fictitious customers (TAPROOT_DEMO=off leaves it out).',
    );
    await loadDemo(taproot);
  }
  const door = await serve(taproot, token, config.host, Number(config.port));
  taproot.hold.at(process.pid, door.url);
  say(`Taproot listens on ${door.url} with ${taproot.head} events.`);
  if (isLoopback(config.host)) say(`Sign in: ${door.url}/docs#${door.access.newCode(Date.now())}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(0));
  const code = await ended;
  await shut(taproot, door, code);
  return code;
}

/** Not ready, then no new requests, then what runs, then the log. */
async function shut(taproot: Taproot, door: Door, code: number): Promise<void> {
  if (code !== 0) return;
  door.app.get(Health).stop();
  const late = setTimeout(() => process.exit(1), patienceMs);
  await door.app.close();
  await taproot.close();
  clearTimeout(late);
}

/** The token that holds every role: as set, else the one in the data directory, made at the first start. */
export function tokenOf(config: Config): string {
  if (config.token !== '') return config.token;
  const file = join(config.data, 'token');
  try {
    if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Refusal(
      'config/invalid',
      `${file} cannot be read or written (${error instanceof Error ? error.message : String(error)}); set TAPROOT_TOKEN, or give the service access to it`,
    );
  }
}
