import { isUtf8 } from 'node:buffer';
import avro from 'avsc';

/** Bytes that do not have the shape that their schema says. */
export class MalformedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MalformedError';
  }
}

/** Items that take no bytes at all are counted up to here; others are bounded by the bytes that are there. */
const MOST_EMPTY_ITEMS = 1_000;
const DEEPEST = 100;

type Read = (bytes: Cursor) => unknown;

/**
 * A reader of bytes that anybody may have written, by the schema they were written with. The values are plain JSON: a
 * field that is null is left out (Avro knows no absent ones), bytes are base64 text, unions are their values. It reads
 * no further than the bytes go; avsc's own would count to whatever number an array claims to have.
 * @returns a function that throws MalformedError for bytes of another shape
 */
export function readerOfType(type: avro.Type): (message: Buffer, from: number) => unknown {
  const read = new Compiler().of(type);
  return (message, from) => {
    const bytes = new Cursor(message, from);
    const value = read(bytes);
    if (bytes.at !== message.length)
      throw new MalformedError(`${message.length - bytes.at} bytes are left over`);
    return value;
  };
}

class Cursor {
  readonly #bytes: Buffer;
  at: number;
  depth = 0;
  #itemsLeft: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
    this.#itemsLeft = bytes.length + MOST_EMPTY_ITEMS;
  }

  take(length: number): Buffer {
    if (length < 0 || length > this.#bytes.length - this.at) throw new MalformedError('it ends too early');
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  /** A whole number: 7 bits a byte, at most 10 bytes, the lowest bit of all is the sign. */
  long(): number {
    const first = this.take(1)[0] as number;
    let [byte, magnitude, factor] = [first, (first & 0x7f) >>> 1, 64];
    for (let length = 1; byte >= 0x80; length += 1) {
      if (length === 10) throw new MalformedError('a whole number does not end');
      byte = this.take(1)[0] as number;
      magnitude += (byte & 0x7f) * factor;
      factor *= 128;
    }
    if (magnitude >= Number.MAX_SAFE_INTEGER) throw new MalformedError('a whole number is beyond 2^53');
    return (first & 1) === 0 ? magnitude : -magnitude - 1;
  }

  text(): string {
    const bytes = this.take(this.long());
    if (!isUtf8(bytes)) throw new MalformedError('a text is not UTF-8');
    return bytes.toString('utf8');
  }

  /** Items of the next block of an array or map; 0 ends it. */
  block(): number {
    const count = this.long();
    if (count < 0) this.long(); // the length of the block in bytes
    const items = Math.abs(count);
    this.#itemsLeft -= items;
    if (this.#itemsLeft < 0) throw new MalformedError('a list claims more items than it can have');
    return items;
  }
}

class Compiler {
  readonly #known = new Map<avro.Type, Read>();

  of(type: avro.Type): Read {
    const known = this.#known.get(type);
    if (known !== undefined) return known;
    // Types may contain themselves: the name stands before what it means.
    let read: Read | undefined;
    this.#known.set(type, (bytes) => read?.(bytes));
    read = nested(this.#compile(type));
    this.#known.set(type, read);
    return read;
  }

  #compile(type: avro.Type): Read {
    const { types } = avro;
    if (type instanceof types.RecordType) return this.#record(type);
    if (type instanceof types.UnwrappedUnionType || type instanceof types.WrappedUnionType) {
      const branches = type.types.map((branch) => this.of(branch));
      return (bytes) => inRange(branches, bytes.long(), 'union')(bytes);
    }
    if (type instanceof types.ArrayType) return listReader(this.of(type.itemsType));
    if (type instanceof types.MapType) return mapReader(this.of(type.valuesType));
    if (type instanceof types.EnumType) return (bytes) => inRange(type.symbols, bytes.long(), 'enumeration');
    if (type instanceof types.FixedType) return (bytes) => bytes.take(type.size).toString('base64');
    const read = PRIMITIVES[type.typeName];
    if (read === undefined) throw new Error(`values of the type ${type.typeName} are not read`);
    return read;
  }

  #record({ fields }: avro.types.RecordType): Read {
    const readers = fields.map(({ name, type }) => ({ name, read: this.of(type) }));
    return (bytes) => {
      const record: Record<string, unknown> = {};
      for (const { name, read } of readers) {
        const value = read(bytes);
        if (value !== null) put(record, name, value);
      }
      return record;
    };
  }
}

const PRIMITIVES: { readonly [typeName: string]: Read } = {
  null: () => null,
  boolean: (bytes) => {
    const byte = bytes.take(1)[0] as number;
    if (byte > 1) throw new MalformedError('a boolean is neither true nor false');
    return byte === 1;
  },
  int: (bytes) => bytes.long(),
  long: (bytes) => bytes.long(),
  float: (bytes) => bytes.take(4).readFloatLE(0),
  double: (bytes) => bytes.take(8).readDoubleLE(0),
  bytes: (bytes) => bytes.take(bytes.long()).toString('base64'),
  string: (bytes) => bytes.text(),
};

function nested(read: Read): Read {
  return (bytes) => {
    bytes.depth += 1;
    if (bytes.depth > DEEPEST) throw new MalformedError(`it is nested more than ${DEEPEST} levels deep`);
    const value = read(bytes);
    bytes.depth -= 1;
    return value;
  };
}

function listReader(read: Read): Read {
  return (bytes) => {
    const list: unknown[] = [];
    for (let items = bytes.block(); items > 0; items = bytes.block()) {
      for (let item = 0; item < items; item += 1) list.push(read(bytes));
    }
    return list;
  };
}

function mapReader(read: Read): Read {
  return (bytes) => {
    const map: Record<string, unknown> = {};
    for (let items = bytes.block(); items > 0; items = bytes.block()) {
      for (let item = 0; item < items; item += 1) put(map, bytes.text(), read(bytes));
    }
    return map;
  };
}

/** `__proto__` is a field like any other to Avro and would be none to JavaScript: it is left out. */
function put(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value;
}

function inRange<T>(list: readonly T[], index: number, what: string): T {
  const item = list[index];
  if (item === undefined) throw new MalformedError(`a value of an ${what} is none of its ${list.length}`);
  return item;
}
