import type { Refusal } from '../kernel/refusal.js';
import type { Server } from './eventstoredb.js';
import { diverged } from './server-errors.js';

/** What shortens a stream: by the server's names and by the client's. */
const limits = { $maxAge: 'maxAge', $maxCount: 'maxCount', $tb: 'truncateBefore' };

/** Refuses a stream that loses events by its metadata as it is now: a log keeps everything. */
export async function checkRetention(server: Server, name: string): Promise<void> {
  const metadata = await server.metadata(name);
  for (const [there, here] of Object.entries(limits)) {
    const value = metadata[here] ?? metadata[there];
    if (value !== undefined && value !== null && !(here === 'truncateBefore' && Number(value) === 0))
      throw limited(name, there, value);
  }
}

function limited(name: string, limit: string, value: unknown): Refusal {
  return diverged(
    limit === '$tb'
      ? `Stream ${name} was deleted or shortened on the server ($tb = ${value}); remove $tb from its metadata before the next scavenge, and start again`
      : `Stream ${name} has ${limit} = ${value} on the server, which drops events of the log; remove ${limit} from its metadata, and start again`,
  );
}
