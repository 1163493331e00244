import type avro from 'avsc';

/** Confluent's wire format: a zero byte, the schema's id in four bytes, the Avro body. */
export const HEADER_BYTES = 5;
export const MAGIC = 0;

/** The id that a message names; undefined when it is not in the wire format. */
export function schemaIdOf(bytes: Uint8Array): number | undefined {
  if (bytes.length < HEADER_BYTES || bytes[0] !== MAGIC) return undefined;
  return asBuffer(bytes).readUInt32BE(1);
}

/** The same bytes as Node's own kind of array. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const SLAB_BYTES = 65_536;

/** Writes messages one behind the other into large pieces of memory: one allocation for hundreds of them. */
export class MessageWriter {
  #slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
  #at = 0;

  /** @throws Error when the value does not fit the type */
  write(type: avro.Type, id: number, value: unknown): Buffer {
    if (this.#slab.length - this.#at < HEADER_BYTES) this.#renew(SLAB_BYTES);
    let end = type.encode(value, this.#slab, this.#at + HEADER_BYTES);
    if (end < 0) {
      // `end` is how many bytes are missing.
      this.#renew(Math.max(SLAB_BYTES, this.#slab.length - this.#at - end));
      end = type.encode(value, this.#slab, this.#at + HEADER_BYTES);
    }
    this.#slab[this.#at] = MAGIC;
    this.#slab.writeUInt32BE(id, this.#at + 1);
    const message = this.#slab.subarray(this.#at, end);
    this.#at = end;
    return message;
  }

  #renew(bytes: number): void {
    this.#slab = Buffer.allocUnsafeSlow(bytes);
    this.#at = 0;
  }
}
