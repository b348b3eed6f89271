import { request } from 'node:http';
import { connect } from 'node:net';
import { token } from './service.js';

/** A GET request as it goes over the wire. */
export const asking = (path: string, more = ''): string =>
  `GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\nconnection: close\r\n${more}\r\n`;

/** The answer to bytes as they are: its first line and its body. */
export async function bytes(url: string, text: string): Promise<{ first: string; body: string }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(text);
  let all = '';
  for await (const piece of socket) all += String(piece);
  const [head = '', body = ''] = all.split('\r\n\r\n');
  return { first: head.split('\r\n')[0] ?? '', body };
}

/** Sends a body in pieces with a wait after each; resolves with the answer, whether it came before the end or after. */
export function slowly(
  url: string,
  type: string,
  pieces: readonly [text: string, waitMs: number][],
): Promise<{ status: number; text: string }> {
  return new Promise((settle, fail) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type, 'transfer-encoding': 'chunked' };
    const sent = request(url, { method: 'POST', headers }, async (reply) => {
      let text = '';
      for await (const piece of reply) text += String(piece);
      settle({ status: reply.statusCode!, text });
    });
    sent.once('error', fail);
    void (async () => {
      for (const [text, waitMs] of pieces) {
        sent.write(text);
        await new Promise((go) => setTimeout(go, waitMs));
      }
      sent.end();
    })();
  });
}
