import { EventStoreDBClient, FORWARDS, START } from '@eventstore/db-client';
import { canonical } from '../../dist/src/kernel/canonical.js';

/** The log as the server has it: the bytes of every entry, in the order of `$all`, rebuilt here from what the server keeps. */
export async function entriesOnServer(url, prefix) {
  const client = EventStoreDBClient.connectionString(url);
  const lines = [];
  for await (const { event } of client.readAll({ direction: FORWARDS, fromPosition: START })) {
    if (!event?.streamId.startsWith(prefix) || event.type.startsWith('$')) continue;
    const { leaf: _, ...metadata } = event.metadata;
    const { id, type, data } = event;
    const subject = event.streamId.slice(prefix.length);
    lines.push(canonical({ ...metadata, id, type, subject, streamrevision: Number(event.revision), data }));
  }
  await client.dispose();
  return lines;
}

/** What was acknowledged and is not in the log, and what is there more than once. */
export function account(acknowledged, lines) {
  const entries = lines.map((line) => JSON.parse(line));
  const times = new Map();
  for (const { id } of entries) times.set(id, (times.get(id) ?? 0) + 1);
  const commands = new Map();
  for (const { commandid } of entries)
    if (commandid !== undefined) commands.set(commandid, (commands.get(commandid) ?? 0) + 1);
  const lost = [];
  const twice = [...times].filter(([, count]) => count > 1).map(([id]) => id);
  for (const [commandId, ids] of acknowledged) {
    if (ids.length === 0 || ids.some((id) => !times.has(id))) lost.push(commandId);
    if ((commands.get(commandId) ?? 0) > Math.max(ids.length, 1)) twice.push(commandId);
  }
  return { lost, twice };
}

/** Where two logs part: the first line that differs, from 1; undefined where they are the same byte for byte. */
export function parting(a, b) {
  for (let i = 0; i < Math.max(a.length, b.length); i++) if (a[i] !== b[i]) return i + 1;
  return undefined;
}
