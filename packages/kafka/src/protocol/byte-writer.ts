import type { Payload } from '../kafkajs-internals.ts';

/** Puts a request together from numbers and texts in the byte order of Kafka. */
export class ByteWriter {
  readonly #parts: Buffer[] = [];

  int8(value: number): this {
    const bytes = Buffer.allocUnsafe(1);
    bytes.writeInt8(value);
    return this.bytes(bytes);
  }
  int16(value: number): this {
    const bytes = Buffer.allocUnsafe(2);
    bytes.writeInt16BE(value);
    return this.bytes(bytes);
  }
  int32(value: number): this {
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeInt32BE(value);
    return this.bytes(bytes);
  }
  int64(value: number): this {
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeBigInt64BE(BigInt(value));
    return this.bytes(bytes);
  }
  /** A text with its length before it, or none. */
  text(value: string | undefined): this {
    if (value === undefined) return this.int16(-1);
    const bytes = Buffer.from(value);
    return this.int16(bytes.length).bytes(bytes);
  }
  bytes(value: Buffer): this {
    this.#parts.push(value);
    return this;
  }

  /** What a connection of kafkajs takes for an encoded request. */
  payload(): Payload {
    const buffer = Buffer.concat(this.#parts);
    return { buf: buffer, buffer };
  }
}
