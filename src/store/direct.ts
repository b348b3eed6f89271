import type { Writable } from 'node:stream';

/** A layer of a call within gRPC, as far as it leads to the next one. */
interface Layer {
  readonly call?: Layer;
  readonly nextCall?: Layer;
  readonly child?: Layer;
  readonly underlyingCalls?: readonly Layer[];
  readonly http2Stream?: Writable;
}

/**
 * The HTTP/2 stream under a call: gRPC sends the next message of a call only when the one before it has left, a turn of the event
 * loop for each, and a busy process has few of those. Undefined before the call is connected, and where gRPC is built otherwise.
 */
export function http2StreamOf(call: object): Writable | undefined {
  const layers = new Set<Layer>([call as Layer]);
  for (const { http2Stream, call: inner, nextCall, child, underlyingCalls = [] } of layers) {
    if (http2Stream) return http2Stream;
    for (const next of [inner, nextCall, child, ...underlyingCalls]) if (next) layers.add(next);
  }
  return undefined;
}

/** Bytes before a message: whether it is compressed, and its length. */
const prefix = 5;

/** Messages one after the other as gRPC puts them on the wire, none of them compressed. */
export function framed(messages: readonly Buffer[]): Buffer {
  const bytes = Buffer.allocUnsafe(messages.reduce((sum, { length }) => sum + prefix + length, 0));
  let at = 0;
  for (const message of messages) {
    bytes.writeUInt8(0, at);
    bytes.writeUInt32BE(message.length, at + 1);
    message.copy(bytes, at + prefix);
    at += prefix + message.length;
  }
  return bytes;
}
