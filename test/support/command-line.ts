import { Readable } from 'node:stream';
import { run } from '../../src/cli/run.js';
import { token } from './service.js';

/** What a command line came to: its exit code, and what it wrote on both ends. */
export interface Came {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** A command line over a data directory: the words in, exit code and texts out. `input` is what `-` reads. */
export function commandLine(directory: string) {
  return async (args: readonly string[], input = ''): Promise<Came> => {
    let out = '';
    let error = '';
    const env = {
      TAPROOT_DATA: directory,
      TAPROOT_ORIGIN: 'test.example',
      TAPROOT_TOKEN: token,
      TAPROOT_LOG: 'silent',
    };
    const code = await run(args, env, {
      out: (text) => {
        out += text;
      },
      error: (text) => {
        error += text;
      },
      input: Readable.from([Buffer.from(input)]),
      load: (url) => import(url),
      projector: 'inline',
    });
    return { code, out, error };
  };
}

/** An account's registration as a command body without its id. */
export const registration = (accountId: string) => ({
  accountId,
  name: `${accountId} Ltd`,
  customerType: 'OTHER',
  currency: 'EUR',
  occurredAt: '2025-01-15',
});
