/** Walks over the fields of a message in the wire format of protocol buffers; one that nobody asks for is passed over. */
export class Fields {
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

/** Writes a message in the wire format of protocol buffers; its size has to be known before. Fields have numbers up to 15. */
export class Writing {
  readonly bytes: Buffer;
  private at = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  /** Begins a field of so many bytes, which come next. */
  begin(no: number, size: number): this {
    this.bytes[this.at++] = (no << 3) | 2;
    return this.digits(size);
  }

  /** Text or bytes, of a size that is known. */
  field(no: number, value: string | Buffer, size: number): this {
    this.begin(no, size);
    this.at += typeof value === 'string' ? this.bytes.write(value, this.at) : value.copy(this.bytes, this.at);
    return this;
  }

  number(no: number, value: number): this {
    this.bytes[this.at++] = no << 3;
    return this.digits(value);
  }

  private digits(value: number): this {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.bytes[this.at++] = (rest % 128) | 128;
    this.bytes[this.at++] = rest;
    return this;
  }
}

/** Bytes of a number as it is written. */
export function digitsOf(value: number): number {
  let digits = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) digits++;
  return digits;
}

/** Bytes of a field of so many bytes, with its head. */
export const sizeOf = (size: number): number => 1 + digitsOf(size) + size;
