import { Refusal } from './kernel/refusal.js';

/** One setting: its variable, default, and what it means. Secrets are shown as set or unset. */
interface Setting {
  readonly name: string;
  readonly fallback: string;
  readonly meaning: string;
  readonly secret?: true;
  readonly check?: (value: string) => string | null;
}

const oneOf =
  (...values: readonly string[]) =>
  (value: string): string | null =>
    values.includes(value) ? null : `one of ${values.join(', ')}`;

/** Every setting of the service; `taproot doctor` shows them all. */
export const settings = {
  data: { name: 'TAPROOT_DATA', fallback: './data', meaning: 'directory of ledger, views, vault, fence' },
  host: {
    name: 'TAPROOT_HOST',
    fallback: '127.0.0.1',
    meaning: 'address to listen on; beyond loopback only with TAPROOT_TOKEN set',
  },
  port: {
    name: 'TAPROOT_PORT',
    fallback: '4400',
    meaning: 'port to listen on; 0 takes any free one and prints it',
    check: (value) => (/^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? null : 'a port number from 0 to 65535'),
  },
  store: {
    name: 'TAPROOT_STORE',
    fallback: 'embedded',
    meaning: 'embedded, or esdb://, esdb+discover://, kurrentdb:// for a server or cluster',
    check: (value) =>
      value === 'embedded' || /^(esdb|kurrentdb|kdb)(\+discover)?:\/\/.+/.test(value)
        ? null
        : "'embedded' or an address such as esdb://127.0.0.1:2113?tls=false",
  },
  origin: {
    name: 'TAPROOT_ORIGIN',
    fallback: '',
    meaning: 'name of the log; made at first start, fixed once the log has an event',
    check: (value) =>
      /^[\x21-\x7e]{0,200}$/.test(value) ? null : 'at most 200 visible ASCII characters without spaces',
  },
  token: {
    name: 'TAPROOT_TOKEN',
    fallback: '',
    meaning: 'token for machines, holds every role; made at first start and kept in the data directory',
    secret: true,
    check: (value) => (value === '' || value.length >= 32 ? null : 'at least 32 characters'),
  },
  masterKeyFile: {
    name: 'TAPROOT_MASTER_KEY_FILE',
    fallback: '',
    meaning: 'file of the key that wraps the personal-data keys; default master.key in the data directory',
  },
  demo: {
    name: 'TAPROOT_DEMO',
    fallback: 'auto',
    meaning: 'auto loads the demo portfolio into an empty default log, off never',
    check: oneOf('auto', 'off'),
  },
  signer: {
    name: 'TAPROOT_SIGNER',
    fallback: '',
    meaning: 'on or off: whether this node signs; default on when embedded',
    check: oneOf('', 'on', 'off'),
  },
  vault: {
    name: 'TAPROOT_VAULT',
    fallback: '',
    meaning: 'address of the node that keeps the keys; default the vault file',
    check: (value) =>
      value === '' || /^https?:\/\//.test(value) ? null : 'an address such as https://keeper.example:4400',
  },
  streamPrefix: {
    name: 'TAPROOT_STREAM_PREFIX',
    fallback: '',
    meaning: 'prefix of the streams on a server that several logs share',
    check: (value) => (/^[A-Za-z0-9._-]{0,64}$/.test(value) ? null : "at most 64 letters, digits, '.', '_' or '-'"),
  },
  rateLimit: {
    name: 'TAPROOT_RATE_LIMIT',
    fallback: '200000',
    meaning: 'requests that one principal may send in a minute, a batch being one; off for any number',
    check: (value) => (/^(off|[1-9]\d{0,8})$/.test(value) ? null : 'a whole number from 1, or off'),
  },
  log: {
    name: 'TAPROOT_LOG',
    fallback: 'info',
    meaning: 'how much is logged to stderr as JSON lines',
    check: oneOf('silent', 'error', 'warn', 'info', 'debug'),
  },
} as const satisfies Record<string, Setting>;

/** The settings as the process has them. */
export type Config = { readonly [K in keyof typeof settings]: string } & { readonly isDefaultData: boolean };

/** Reads and checks the settings; refuses the first bad one by name. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const config: Record<string, string> = {};
  for (const [key, setting] of Object.entries(settings) as [string, Setting][]) {
    const value = env[setting.name] ?? setting.fallback;
    const said = setting.check?.(value) ?? null;
    if (said !== null)
      throw new Refusal(
        'config/invalid',
        `${setting.name} must be ${said}${setting.secret ? '' : `, not '${withoutPassword(value)}'`}`,
      );
    config[key] = value;
  }
  if (!isLoopback(config.host!) && (env.TAPROOT_TOKEN ?? '') === '') {
    throw new Refusal(
      'config/invalid',
      `TAPROOT_HOST is ${config.host}, beyond this machine: set TAPROOT_TOKEN to a secret of at least 32 characters first`,
    );
  }
  return {
    ...(config as { readonly [K in keyof typeof settings]: string }),
    isDefaultData: env.TAPROOT_DATA === undefined,
  };
}

/** Requests in a minute that one principal may send; null for any number. */
export const rateOf = ({ rateLimit }: Config): number | null => (rateLimit === 'off' ? null : Number(rateLimit));

/** True for addresses that only this machine reaches. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

/** An address without the password in it. */
const withoutPassword = (value: string): string => value.replace(/\/\/([^:@/]*):[^@]*@/, '//$1:***@');

/** Every setting as `doctor` shows it. */
export function shown(config: Config): { name: string; value: string; meaning: string }[] {
  return (Object.entries(settings) as [keyof typeof settings, Setting][]).map(([key, { name, meaning, secret }]) => ({
    name,
    value: secret ? (config[key] === '' ? 'unset' : 'set') : withoutPassword(config[key]),
    meaning,
  }));
}
