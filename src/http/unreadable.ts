import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Refusal } from '../kernel/refusal.js';
import { problemOf } from './problem.js';

/** Answers what is no request that could be read: headers or an address beyond 16 KiB are 431, headers that do not come 408, all else 400. */
export function unreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [refusal, status] = refusalOf(error.code);
  const body = JSON.stringify({ ...problemOf(refusal), status });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function refusalOf(code: string | undefined): [Refusal, number] {
  if (code === 'HPE_HEADER_OVERFLOW')
    return [new Refusal('request/too-large', 'Address and headers together are larger than 16384 bytes'), 431];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return [new Refusal('request/timeout', 'The headers of the request did not come in time; send it again'), 408];
  return [new Refusal('request/malformed', 'This is no HTTP request that can be read'), 400];
}
