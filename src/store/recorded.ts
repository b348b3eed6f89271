import type { Place } from './place.js';

/** An event as the server gives it: its data and metadata are bytes, which nobody has looked into. */
export interface Recorded {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
  readonly revision: bigint;
  readonly json: boolean;
  readonly data: Buffer;
  readonly metadata: Buffer;
  /** When the server took it, by its own clock. */
  readonly createdMs: number;
  readonly place: Place;
}

/** What a message of a read says. */
export type Answer = { readonly event: Recorded } | { readonly missing: true } | undefined;

/**
 * Reads a message `ReadResp` of the protocol (event_store.client.streams): an event, or that the stream is not there; undefined for
 * all else. Straight from the bytes, because the generated classes take four times as long as everything else that a read costs.
 * Throws where the message is torn.
 */
export function answerIn(message: Buffer): Answer {
  const fields = new Fields(message);
  while (fields.next()) {
    if (fields.no === 1) return { event: resolved(fields.inner()) };
    if (fields.no === 4) return { missing: true };
  }
  return undefined;
}

/** `ReadEvent`: the event in it. */
function resolved(fields: Fields): Recorded {
  while (fields.next()) if (fields.no === 1) return recordedIn(fields.inner());
  throw new RangeError('a message of the server holds no event');
}

const none: Buffer = Buffer.alloc(0);

function recordedIn(fields: Fields): Recorded {
  let [id, stream, type, json] = ['', '', '', false];
  let [revision, commit, prepare] = [0n, 0n, 0n];
  let createdMs = 0;
  let [data, metadata] = [none, none];
  while (fields.next()) {
    switch (fields.no) {
      case 1:
        id = within(fields.inner(), 2);
        break;
      case 2:
        stream = within(fields.inner(), 3);
        break;
      case 3:
        revision = fields.exact;
        break;
      case 4:
        prepare = fields.exact;
        break;
      case 5:
        commit = fields.exact;
        break;
      case 6: {
        const [key, value] = pair(fields.inner());
        if (key === 'type') type = value;
        else if (key === 'content-type') json = value === 'application/json';
        // ticks of 100 ns
        else if (key === 'created') createdMs = Number(value.slice(0, -4));
        break;
      }
      case 7:
        metadata = fields.bytes;
        break;
      case 8:
        data = fields.bytes;
        break;
    }
  }
  const place = { commit, prepare };
  return { stream, id, type, revision, json, data, metadata, createdMs, place };
}

/** The text of one field of a message. */
function within(fields: Fields, no: number): string {
  let text = '';
  while (fields.next()) if (fields.no === no) text = fields.text;
  return text;
}

/** Key and value of an entry of a map. */
function pair(fields: Fields): readonly [string, string] {
  let [key, value] = ['', ''];
  while (fields.next()) {
    if (fields.no === 1) key = fields.text;
    else if (fields.no === 2) value = fields.text;
  }
  return [key, value];
}

/** Walks over the fields of a message in the wire format of protocol buffers; one that nobody asks for is passed over. */
class Fields {
  no = 0;
  private from = 0;
  /** Low, middle and high bits of a number: 28, 28 and 8. */
  private low = 0;
  private middle = 0;
  private high = 0;

  constructor(
    private readonly message: Buffer,
    private at = 0,
    private readonly end = message.length,
  ) {}

  /** Goes to the next field; false where there is none. */
  next(): boolean {
    if (this.at === this.end) return false;
    const tag = this.number();
    this.no = tag >>> 3;
    const kind = tag & 7;
    const size = kind === 2 ? this.number() : kind === 1 ? 8 : kind === 5 ? 4 : 0;
    this.from = this.at;
    if (kind === 0) this.number();
    else this.at += size;
    if (this.at > this.end || kind === 3 || kind === 4 || kind > 5) throw torn();
    return true;
  }

  get bytes(): Buffer {
    return this.message.subarray(this.from, this.at);
  }

  get text(): string {
    return this.message.toString('utf8', this.from, this.at);
  }

  /** The number of a field, to the last digit. */
  get exact(): bigint {
    const { low, middle, high } = this;
    return high === 0 && middle < 2 ** 25
      ? BigInt(low + middle * 2 ** 28)
      : BigInt(low) + (BigInt(middle) << 28n) + (BigInt(high) << 56n);
  }

  inner(): Fields {
    return new Fields(this.message, this.from, this.at);
  }

  private number(): number {
    this.low = this.seven(4);
    this.middle = this.more ? this.seven(4) : 0;
    this.high = this.more ? this.seven(2) : 0;
    if (this.more) throw torn();
    return this.low + this.middle * 2 ** 28 + this.high * 2 ** 56;
  }

  /** Whether the number goes on after what was read of it. */
  private more = false;

  /** Bits of at most so many bytes, seven of each, lowest first. */
  private seven(most: number): number {
    let value = 0;
    for (let i = 0; i < most; i++) {
      if (this.at >= this.end) throw torn();
      const byte = this.message[this.at++]!;
      value |= (byte & 127) << (7 * i);
      this.more = byte > 127;
      if (!this.more) return value;
    }
    return value;
  }
}

const torn = (): RangeError => new RangeError('a message of the server is torn');
