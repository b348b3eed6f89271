import { token } from './service.js';

/** One message of a stream of events. */
export interface Message {
  readonly id: number;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Follows the log live over real HTTP. */
export async function follow(url: string, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const reply = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', ...headers },
    signal: stop.signal,
  });
  const messages = (async function* () {
    let rest = '';
    for await (const piece of reply.body!) {
      const parts = (rest + Buffer.from(piece).toString()).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) if (!part.startsWith(':')) yield messageOf(part);
    }
  })();
  return {
    reply,
    /** The next message; undefined where the service has ended the stream. */
    next: async () => (await messages.next()).value as Message | undefined,
    stop: () => stop.abort(),
  };
}

function messageOf(text: string): Message {
  const fields = Object.fromEntries(
    text.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
  return { id: Number(fields.id), event: fields.event!, data: JSON.parse(fields.data!) };
}
