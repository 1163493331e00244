import avro from 'avsc';
import type { TSchema } from 'typebox';
import { toAvroSchema } from './avro-schema.ts';
import { type Convert, fromWire, toWire } from './convert-values.ts';
import { makeNumbersExact } from './exact-numbers.ts';
import { HEADER_BYTES, type MessageWriter } from './wire-format.ts';

makeNumbersExact();

/** A message that its schema does not lead through. */
export class UnreadableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnreadableError';
  }
}

/** How the values of one schema of ours become bytes and come back from the bytes of any version of it. */
export class TopicFormat {
  /** The Avro schema as it is registered. */
  readonly text: string;
  readonly #type: avro.Type;
  /** Full name of its record. */
  readonly name: string;
  readonly #toWire: Convert | undefined;
  readonly #fromWire: Convert | undefined;

  constructor(schema: TSchema) {
    this.text = JSON.stringify(toAvroSchema(schema));
    this.#type = parseSchema(this.text);
    this.name = this.#type.name ?? '';
    readAsPlainObjects(this.#type);
    this.#toWire = toWire(schema);
    this.#fromWire = fromWire(schema);
  }

  /** @throws Error when the value does not fit */
  write(value: unknown, id: number, writer: MessageWriter): Buffer {
    return writer.write(this.#type, id, this.#toWire ? this.#toWire(value, '') : value);
  }

  /**
   * Reads messages that were written with the schema `text`.
   * @throws UnreadableError when values written with it cannot be read as ours
   */
  readerOf(text: string): (message: Buffer) => unknown {
    const resolver = text === this.text ? undefined : this.#resolverOf(text);
    const [type, convert] = [this.#type, this.#fromWire];
    return (message) => {
      const { value, offset } = type.decode(message, HEADER_BYTES, resolver);
      if (offset !== message.length) {
        const what = offset < 0 ? 'ends too early' : `has ${message.length - offset} bytes too many`;
        throw new UnreadableError(`the message ${what}`);
      }
      return convert ? convert(value, '') : value;
    };
  }

  #resolverOf(text: string): ReturnType<avro.Type['createResolver']> {
    try {
      return this.#type.createResolver(parseSchema(text));
    } catch (cause) {
      const why = cause instanceof Error ? cause.message.slice(0, 200) : String(cause);
      throw new UnreadableError(`what was written with its schema cannot be read as ours: ${why}`, { cause });
    }
  }
}

/** An Avro type that a schema text describes. */
export function parseSchema(text: string): avro.Type {
  return avro.Type.forSchema(JSON.parse(text) as avro.schema.AvroSchema, { omitRecordMethods: true });
}

/** Makes records come back as plain objects instead of instances of classes that the library makes up. */
function readAsPlainObjects(type: avro.Type, seen = new Set<avro.Type>()): void {
  if (seen.has(type)) return;
  seen.add(type);
  if (type instanceof avro.types.RecordType) {
    type.recordConstructor.prototype = Object.prototype;
    for (const field of type.fields) readAsPlainObjects(field.type, seen);
  } else if (type instanceof avro.types.ArrayType) readAsPlainObjects(type.itemsType, seen);
  else if (type instanceof avro.types.MapType) readAsPlainObjects(type.valuesType, seen);
  else if (type instanceof avro.types.UnwrappedUnionType) {
    for (const branch of type.types) readAsPlainObjects(branch, seen);
  }
}
