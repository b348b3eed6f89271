import { type ClientRequest, request as open } from 'node:http';
import { token } from './service.js';

/** A batch whose lines are written when the test says so, and whose answers are read as they come. */
export interface OpenBatch {
  /** Writes text or bytes as they are. */
  write: (text: string | Buffer) => Promise<void>;
  end: () => void;
  /** The next answer; undefined once there are no more. */
  next: () => Promise<Record<string, unknown> | undefined>;
  readonly request: ClientRequest;
}

/** Begins a batch over real HTTP. */
export function openBatch(url: string): OpenBatch {
  const request = open(`${url}/v1/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
  });
  const lines = (async function* () {
    const reply = await new Promise<AsyncIterable<Buffer>>((settle, fail) => {
      request.once('response', settle);
      request.once('error', fail);
    });
    let rest = '';
    for await (const piece of reply) {
      const parts = (rest + piece.toString()).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) yield JSON.parse(line) as Record<string, unknown>;
    }
  })();
  return {
    request,
    write: (text) =>
      new Promise((settle) => {
        if (request.write(text)) settle();
        else request.once('drain', settle);
      }),
    end: () => request.end(),
    next: async () => (await lines.next()).value as Record<string, unknown> | undefined,
  };
}
