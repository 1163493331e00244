/** Reads and skips the variable-length numbers of Kafka's records (zigzag, seven bits a byte). */
export class VarintReader {
  readonly bytes: Buffer;
  position: number;

  constructor(bytes: Buffer, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  /** A number of up to 53 bits. */
  next(): number {
    let byte = this.#byte();
    if (byte < 0x80) return (byte >>> 1) ^ -(byte & 1);
    let value = byte & 0x7f;
    let factor = 0x80;
    do {
      byte = this.#byte();
      value += (byte & 0x7f) * factor;
      factor *= 0x80;
    } while (byte >= 0x80);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** A length followed by as many bytes; undefined for none (length -1). */
  slice(): Buffer | undefined {
    const length = this.next();
    if (length < 0) return undefined;
    const start = this.position;
    this.position += length;
    return this.bytes.subarray(start, this.position);
  }

  /** A length followed by as many bytes of UTF-8; empty for none. */
  text(): string {
    const length = this.next();
    if (length <= 0) return '';
    const start = this.position;
    this.position += length;
    return this.bytes.toString('utf8', start, this.position);
  }

  #byte(): number {
    const byte = this.bytes[this.position];
    if (byte === undefined) throw new RangeError('a record ends before its end');
    this.position += 1;
    return byte;
  }
}

/** Bytes that a number takes. */
export function varintSize(value: number): number {
  let rest = value < 0 ? -value * 2 - 1 : value * 2;
  let size = 1;
  while (rest >= 0x80) {
    rest = Math.floor(rest / 0x80);
    size += 1;
  }
  return size;
}

/** Writes a number and gives the position after it. */
export function writeVarint(bytes: Buffer, position: number, value: number): number {
  let rest = value < 0 ? -value * 2 - 1 : value * 2;
  let at = position;
  while (rest >= 0x80) {
    bytes[at] = (rest & 0x7f) | 0x80;
    rest = Math.floor(rest / 0x80);
    at += 1;
  }
  bytes[at] = rest;
  return at + 1;
}
