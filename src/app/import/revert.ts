import { isAnnotation } from '../../kernel/event.js';
import { idOf } from '../../kernel/identity.js';
import { Refusal } from '../../kernel/refusal.js';
import { settled } from '../execute.js';
import { eventOfRow } from '../histories.js';
import type { Taproot } from '../taproot.js';
import { importer } from './target.js';

/** Retractions staged ahead of the oldest that is not durable yet. */
const inFlight = 500;

/** Takes a whole import back by events: each of its events is retracted, the newest first, and its claims leave the past. Goes on where it was interrupted. */
export async function revert(
  taproot: Taproot,
  batchId: string,
  progress: (retracted: number) => void,
): Promise<{ batchId: string; retracted: number }> {
  taproot.projector.coalesce(true);
  try {
    return await takeBack(taproot, batchId, progress);
  } finally {
    taproot.projector.coalesce(false);
  }
}

async function takeBack(
  taproot: Taproot,
  batchId: string,
  progress: (retracted: number) => void,
): Promise<{ batchId: string; retracted: number }> {
  const { reader } = taproot.moments;
  const [start] = await taproot.store.read(`batch-${batchId}`, 0);
  if (!start)
    throw new Refusal(
      'batch/unknown',
      `There is no import batch ${batchId}; GET /v1/events?type=ImportStarted lists them`,
    );
  const { sourceSystem } = start.data as { sourceSystem: string };
  const actor = importer(sourceSystem);
  const positions: number[] = [];
  for (let after = start.position; ; ) {
    const rows = reader.scan(after, 2_000);
    for (const row of rows)
      if (row.entry.includes(batchId) && eventOfRow(row).correlationid === batchId) positions.push(row.position);
    if (rows.length < 2_000) break;
    after = rows.at(-1)!.position;
  }
  let retracted = 0;
  const waiting: Promise<unknown>[] = [];
  for (const position of positions.reverse()) {
    const event = eventOfRow(reader.at(position)!);
    if (event.type === 'EventRetracted') continue;
    const imported = {
      batchId,
      sourceSystem,
      sourceKey: event.sourcekey ?? event.id,
      index: 0,
      round: 0,
      ...(event.knowntime === undefined ? {} : { knownAt: event.knowntime }),
    };
    const staged = await taproot.execute.stage({
      name: 'RetractEvent',
      body: retractionOf(event),
      commandId: idOf('revert', batchId, event.id),
      actor,
      imported,
    });
    if (staged.receipt.events.length > 0 && !staged.receipt.repeated) retracted++;
    waiting.push(settled(staged));
    if (waiting.length >= inFlight) await Promise.all(waiting.splice(0));
    if (retracted % 500 === 0) progress(retracted);
  }
  await Promise.all(waiting);
  await taproot.execute.run({ name: 'RevertImport', body: { batchId }, commandId: `revert-${batchId}`, actor });
  return { batchId, retracted };
}

/** The retraction that takes an imported event back, as a command's body. */
export const retractionOf = ({ id, type }: { readonly id: string; readonly type: string }): object => ({
  retracts: id,
  reason: isAnnotation(type) ? 'The import of this correction is taken back' : 'The import is taken back',
});
