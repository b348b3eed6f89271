import { retractionOf } from '../app/import/revert.js';
import type { Receipt } from '../app/receipt.js';
import type { Problem } from '../http/problem.js';
import { Refusal } from '../kernel/refusal.js';
import { type Client, part, refusalIn } from './client.js';
import { RemoteLog } from './remote-log.js';

/** Retractions of one request. */
const linesMax = 1_000;

interface Start {
  readonly items: readonly { readonly position: number; readonly data: { readonly sourceSystem: string } }[];
}

/** Takes a whole import of a service back: retractions of its events, the newest first. Goes on where it was interrupted. */
export async function revertAt(
  client: Client,
  batchId: string,
  progress: (retracted: number) => void,
): Promise<{ batchId: string; retracted: number }> {
  const { position, data } = await startOf(client, batchId);
  const told: string[] = [];
  for await (const event of new RemoteLog(client).ofBatch(batchId, position)) {
    const from = {
      batchId,
      sourceSystem: data.sourceSystem,
      sourceKey: event.id,
      index: 0,
      round: 0,
      ...(event.knowntime === undefined ? {} : { knownAt: event.knowntime }),
    };
    const { id, type } = event;
    told.push(JSON.stringify({ command: 'RetractEvent', ...retractionOf({ id, type }), import: from }));
  }
  told.reverse();
  let retracted = 0;
  for (let i = 0; i < told.length; i += linesMax) {
    for (const answer of (await client.lines(told.slice(i, i + linesMax))) as (Receipt | Problem)[]) {
      if ('code' in answer) throw refusalIn(answer);
      if (answer.events.length > 0 && !answer.repeated) retracted++;
    }
    progress(retracted);
  }
  await client.post('/v1/commands/RevertImport', { commandId: `revert-${batchId}`, batchId });
  return { batchId, retracted };
}

/** The event that began the batch. */
async function startOf(client: Client, batchId: string): Promise<Start['items'][number]> {
  try {
    const { items } = await client.get<Start>(`/v1/streams/${part(`batch-${batchId}`)}`, { limit: '1' });
    if (items[0]) return items[0];
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'stream/unknown') throw error;
  }
  throw new Refusal(
    'batch/unknown',
    `There is no import batch ${batchId}; GET /v1/events?type=ImportStarted lists them`,
  );
}
