/** Reads an answer of a broker from its beginning to its end. */
export class ByteReader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#advance(1));
  }
  int16(): number {
    return this.#bytes.readInt16BE(this.#advance(2));
  }
  int32(): number {
    return this.#bytes.readInt32BE(this.#advance(4));
  }
  int64(): bigint {
    return this.#bytes.readBigInt64BE(this.#advance(8));
  }
  text(): string {
    return this.bytes(this.int16()).toString('utf8');
  }
  /** As many bytes; none for a negative length. */
  bytes(length: number): Buffer {
    const start = this.#advance(Math.max(0, length));
    return this.#bytes.subarray(start, this.#position);
  }
  /** As many items as the number before them says. */
  list<Item>(read: () => Item): Item[] {
    const count = Math.max(0, this.int32());
    return Array.from({ length: count }, read);
  }

  #advance(length: number): number {
    const start = this.#position;
    this.#position += length;
    return start;
  }
}
