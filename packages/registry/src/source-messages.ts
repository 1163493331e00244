import type { SourceBody, SourceMessage } from '@bellwether/events';
import { type EncodedValue, MAX_VALUE_BYTES } from '@bellwether/stream';
import avro from 'avsc';
import { UnknownTagError } from './convert-values.ts';
import type { KnownSchemas } from './known-schemas.ts';
import { readerOfType } from './read-avro.ts';
import type { FoundSchema } from './registry-client.ts';
import { parseSchema, type TopicFormat } from './topic-format.ts';
import { asBuffer, HEADER_BYTES, MAGIC, schemaIdOf } from './wire-format.ts';

/** What a message that is too large keeps of its bytes: as base64 no more than a quarantine entry takes. */
const KEPT_BYTES = 49_152;

type Unreadable = Extract<SourceBody, { kind: 'unreadable' }>;
/** How the messages of one schema are read; or why they cannot be. */
type SchemaReader =
  | { readonly name: string; readonly read: (message: Buffer) => unknown }
  | { readonly broken: string };

/**
 * Reads what other systems wrote, JSON or Avro by the header `content-type` (or by the first byte where there is none).
 * Nothing in a message can make it throw.
 */
export class SourceReader {
  readonly #schemas: KnownSchemas;
  readonly #ours: TopicFormat;
  readonly #readers = new Map<number, SchemaReader>();

  /** `ours` is the format of `SourceEvent`, which producers may use or extend. */
  constructor(schemas: KnownSchemas, ours: TopicFormat) {
    this.#schemas = schemas;
    this.#ours = ours;
  }

  /**
   * One message for each, in order.
   * @throws StreamError `unavailable` when a schema that is not known yet is needed and the registry does not answer
   */
  async read(messages: readonly EncodedValue[]): Promise<readonly SourceMessage[]> {
    const all = messages.map(({ value, headers }) => {
      const named = inLowerCase(headers);
      const bytes = asBuffer(value ?? new Uint8Array());
      return { bytes, headers: named, isAvro: isAvro(named['content-type'], bytes) };
    });
    const ids = new Set<number>();
    for (const { bytes, isAvro } of all) {
      const id = isAvro ? schemaIdOf(bytes) : undefined;
      if (id !== undefined) ids.add(id);
    }
    await this.#schemas.load(ids);
    return all.map(({ bytes, headers, isAvro }) => ({
      kind: 'source-message',
      headers,
      body: this.#bodyOf(bytes, { isAvro }),
    }));
  }

  #bodyOf(bytes: Buffer, { isAvro }: { readonly isAvro: boolean }): SourceBody {
    if (bytes.length > MAX_VALUE_BYTES) {
      const detail = `${bytes.length} bytes, and at most ${MAX_VALUE_BYTES} are read`;
      return unreadable('too-large', detail, bytes.subarray(0, KEPT_BYTES));
    }
    return isAvro ? this.#avro(bytes) : json(bytes);
  }

  #avro(bytes: Buffer): SourceBody {
    const schemaId = schemaIdOf(bytes);
    if (schemaId === undefined) {
      const detail = 'an Avro message begins with a zero byte and the four bytes of its schema id';
      return unreadable('bad-magic', detail, bytes);
    }
    const found = this.#schemas.get(schemaId);
    if (found.kind === 'unknown') {
      return unreadable('unknown-schema', `the registry knows no schema ${schemaId}`, bytes);
    }
    const reader = this.#readerOf(schemaId, found);
    if ('broken' in reader) return unreadable('schema-break', reader.broken, bytes);
    try {
      const value = reader.read(bytes);
      return { kind: 'avro', schemaId, schemaName: reader.name, value, base64: bytes.toString('base64') };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return unreadable('not-this-schema', `it is no ${reader.name} (schema ${schemaId}): ${why}`, bytes);
    }
  }

  #readerOf(id: number, found: Exclude<FoundSchema, { kind: 'unknown' }>): SchemaReader {
    const known = this.#readers.get(id);
    if (known !== undefined) return known;
    const reader = found.kind === 'avro' ? this.#compile(id, found.text) : { broken: found.detail };
    this.#readers.set(id, reader);
    return reader;
  }

  #compile(id: number, text: string): SchemaReader {
    try {
      const type = parseSchema(text);
      if (!(type instanceof avro.types.RecordType)) {
        return { broken: `schema ${id} describes a ${type.typeName}, not a record` };
      }
      const name = type.name ?? 'record';
      const read = readerOfType(type);
      if (name !== this.#ours.name) return { name, read: (message) => read(message, HEADER_BYTES) };
      const readOurs = this.#ours.readerOf(text);
      return { name, read: (message) => asOurs(read(message, HEADER_BYTES), () => readOurs(message)) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { broken: `schema ${id}: ${why}` };
    }
  }
}

/**
 * An event in the schema that we offer, without what a later version of it has and we do not know. It was read before
 * by the reader that bounds what it reads; and it stays as that one has it where we do not know its type.
 */
function asOurs(value: unknown, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownTagError) return value;
    throw error;
  }
}

/** Strictly UTF-8 (D22): a byte that is not would be guessed at. */
function json(bytes: Buffer): SourceBody {
  try {
    return { kind: 'json', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return unreadable('not-utf8', 'the text is not UTF-8', bytes);
  }
}

function isAvro(contentType: string | undefined, bytes: Buffer): boolean {
  if (contentType?.includes('json')) return false;
  return contentType?.includes('avro') || bytes[0] === MAGIC;
}

function unreadable(reason: Unreadable['reason'], detail: string, bytes: Buffer): Unreadable {
  return { kind: 'unreadable', reason, detail, base64: bytes.toString('base64') };
}

function inLowerCase(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]));
}
