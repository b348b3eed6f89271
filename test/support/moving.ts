import { readConfig } from '../../src/config.js';
import { commands } from '../../src/cli/commands.js';
import { Ledger } from '../../src/ledger/ledger.js';
import type { Unstamped } from '../../src/store/event-store.js';
import { incoming, stamp } from '../../src/store/stamp.js';
import { unstamped } from './entries.js';

const start = Date.parse('2024-01-01T00:00:00.000Z');

/** Name of the logs that move in tests. */
export const origin = 'moving.example';

/** Writes a log into a directory: runs of one to a thousand events on a stream, text of many scripts, a retraction now and then. */
export function logIn(directory: string, count: number): void {
  const ledger = Ledger.open(directory);
  ledger.fix('origin', origin);
  const heads = new Map<string, number>();
  let left = 0;
  let stream = '';
  let before: Unstamped | undefined;
  for (let i = 0; i < count; i += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, count - i) }, (_, j) => {
      const no = i + j;
      if (left-- === 0) {
        left = no % 3 === 0 ? 0 : (no * 7919) % 1_000;
        stream = `activity-A${no % 41}`;
        before = undefined;
      }
      const retracts = before !== undefined && no % 97 === 0;
      const event = unstamped(`moving-${no}`, {
        accountid: stream.slice('activity-'.length),
        time: start + ((no * 7919) % 86_400_000),
        ...(retracts
          ? { type: 'EventRetracted', data: { retracts: before!.id, reason: 'told twice' } }
          : { data: { interactionId: `moving-${no}`, note: 'Größe, 大客户, مرحبا, 𝒯 '.repeat(no % 13) } }),
      });
      before = event;
      const revision = (heads.get(stream) ?? -1) + 1;
      heads.set(stream, revision);
      return incoming(stamp(event, origin, stream, revision, start + no * 1_000));
    });
    ledger.append(rows);
  }
  ledger.close();
}

/** Everything that a ledger holds, row by row, with its root and name. */
export function contentOf(directory: string) {
  const ledger = Ledger.open(directory);
  const { reader } = ledger;
  const rows = reader.scan(0, 1_000_000).map((row) => [row.position, row.entry]);
  const annotations = reader.database.prepare('SELECT position, hex(target) FROM annotations ORDER BY position').all();
  const content = { origin: reader.meta('origin'), root: ledger.root().toString('base64'), rows, annotations };
  ledger.close();
  return content;
}

/** Runs one command line over a directory; answers with its exit code and what it wrote. */
export async function taproot(directory: string, args: readonly string[], env: Record<string, string> = {}) {
  const [name, ...rest] = args;
  const config = readConfig({ TAPROOT_DATA: directory, TAPROOT_DEMO: 'off', TAPROOT_LOG: 'silent', ...env });
  let out = '';
  const code = await commands[name!]!.run({
    args: rest,
    config,
    out: (text) => {
      out += text;
    },
    progress: () => undefined,
  });
  return { code, out };
}
