import {
  type SourceMessage,
  type SourceSystemTopic,
  TOPIC_SCHEMAS,
  TOPICS,
  type TopicName,
} from '@bellwether/events';
import { type EncodedValue, type OutputRecord, StreamError, type ValueCodec } from '@bellwether/stream';
import { headersOf } from './event-headers.ts';
import { KnownSchemas } from './known-schemas.ts';
import { type RegistryAddress, RegistryClient } from './registry-client.ts';
import { SourceReader } from './source-messages.ts';
import { TopicFormat } from './topic-format.ts';
import { asBuffer, MessageWriter, schemaIdOf } from './wire-format.ts';

/** What `openRegistryCodec` needs to know. */
export interface RegistryCodecOptions extends RegistryAddress {
  /** Of the installation: the subject of a topic is `<prefix>.<topic>-value`. */
  readonly prefix: string;
  /**
   * A file of this process for what it knows of the registry, so that it can start while the registry is away. Without
   * it, a start needs the registry.
   */
  readonly snapshotPath?: string;
  /** Topics whose schemas are registered at once: those that this process writes or reads. */
  readonly topics: readonly TopicName[];
  /** Is told of what the operator should know and nothing fails for. */
  readonly report: (message: string) => void;
}

/** A codec on a schema registry. */
export interface RegistryCodec extends ValueCodec {
  /** Resolves when what is known of the registry is on disk. */
  close(): Promise<void>;
}

const TOMBSTONE: EncodedValue = { value: null, headers: {} };

/**
 * Opens the codec that writes values as Avro in Confluent's wire format and reads any version of them. Values of source
 * topics that applications write are read as `SourceMessage`. Schemas of our own topics are registered FULL_TRANSITIVE,
 * those of source topics BACKWARD_TRANSITIVE.
 * @throws StreamError `unavailable` when the registry does not answer and the snapshot does not help, `refused` when a
 * subject will not take its schema
 */
export async function openRegistryCodec(options: RegistryCodecOptions): Promise<RegistryCodec> {
  const { snapshotPath, report } = options;
  const schemas = await KnownSchemas.open({ client: new RegistryClient(options), snapshotPath, report });
  const codec = new AvroCodec(schemas, options.prefix);
  await codec.register(options.topics);
  await schemas.saved();
  return codec;
}

/** The subject that the schema of a topic's values has in the registry. */
export function subjectOf(prefix: string, topic: string): string {
  return `${prefix}.${topic}-value`;
}

/** True for topics whose records other systems write. */
export function isSourceSystemTopic(topic: TopicName): topic is SourceSystemTopic {
  return TOPICS[topic].writer === 'applications';
}

/** A message of another system, given again as it came. */
function encodeSourceMessage({ headers, body }: SourceMessage): EncodedValue {
  const value = body.kind === 'json' ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64');
  return { value, headers };
}

/** The codec itself, on schemas that come from wherever. */
export class AvroCodec implements RegistryCodec {
  readonly #schemas: KnownSchemas;
  readonly #prefix: string;
  readonly #formats = new Map<TopicName, TopicFormat>();
  /** Ids of our own schemas by topic. */
  readonly #ids = new Map<string, number>();
  /** Readers by topic and id, each built once. */
  readonly #readers = new Map<string, Map<number, (message: Buffer) => unknown>>();
  readonly #writer = new MessageWriter();
  #sources: SourceReader | undefined;

  constructor(schemas: KnownSchemas, prefix: string) {
    this.#schemas = schemas;
    this.#prefix = prefix;
  }

  /** Makes sure of the schemas of topics, one after the other. */
  async register(topics: Iterable<string>): Promise<void> {
    for (const name of topics) {
      if (this.#ids.has(name)) continue;
      const topic = knownTopic(name);
      const { text } = this.#formatOf(topic);
      const compatibility = isSourceSystemTopic(topic) ? 'BACKWARD_TRANSITIVE' : 'FULL_TRANSITIVE';
      const registration = { subject: subjectOf(this.#prefix, topic), text, compatibility } as const;
      this.#ids.set(topic, await this.#schemas.register(registration));
    }
  }

  async encode(records: readonly OutputRecord[]): Promise<readonly EncodedValue[]> {
    const missing = new Set<string>();
    for (const { topic } of records) if (!this.#ids.has(topic)) missing.add(topic);
    if (missing.size > 0) await this.register(missing);
    return records.map((record) => this.#encode(record));
  }

  async decode(topic: string, messages: readonly EncodedValue[]): Promise<readonly unknown[]> {
    const name = knownTopic(topic);
    if (isSourceSystemTopic(name)) return await this.#sourceReader(name).read(messages);
    const ids = new Set<number>();
    for (const { value } of messages) {
      const id = value === null ? undefined : schemaIdOf(value);
      if (id !== undefined) ids.add(id);
    }
    await this.#schemas.load(ids);
    return messages.map(({ value }) => (value === null ? null : this.#decode(name, asBuffer(value))));
  }

  async close(): Promise<void> {
    await this.#schemas.saved();
  }

  #encode({ topic, key, value }: OutputRecord): EncodedValue {
    if (value === null) return TOMBSTONE;
    if (isSourceSystemTopic(knownTopic(topic))) return encodeSourceMessage(value as SourceMessage);
    const id = this.#ids.get(topic) as number; // `encode` has just made sure of it
    try {
      const format = this.#formatOf(knownTopic(topic));
      return { value: format.write(value, id, this.#writer), headers: headersOf(topic, value) };
    } catch (cause) {
      const why = cause instanceof Error ? cause.message.slice(0, 300) : String(cause);
      const sentence = `A record for ${topic} with the key ${key} does not fit the schema of its topic: ${why}.`;
      throw new StreamError('refused', sentence, { cause });
    }
  }

  #decode(topic: TopicName, message: Buffer): unknown {
    const id = schemaIdOf(message);
    try {
      if (id === undefined) throw new Error('it does not begin with the id of a schema');
      return this.#readerOf(topic, id)(message);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new StreamError(
        'step-failed',
        `A record of ${topic} cannot be read (schema ${id ?? 'unknown'}): ${why}. Only this system writes that topic: ` +
          'if a newer version of it did, start that version or a later one.',
        { cause },
      );
    }
  }

  #readerOf(topic: TopicName, id: number): (message: Buffer) => unknown {
    let readers = this.#readers.get(topic);
    if (readers === undefined) {
      readers = new Map();
      this.#readers.set(topic, readers);
    }
    const known = readers.get(id);
    if (known !== undefined) return known;
    const found = this.#schemas.get(id);
    if (found.kind === 'unknown') throw new Error('the registry does not know its schema');
    if (found.kind === 'unreadable') throw new Error(found.detail);
    const reader = this.#formatOf(topic).readerOf(found.text);
    readers.set(id, reader);
    return reader;
  }

  #sourceReader(topic: SourceSystemTopic): SourceReader {
    this.#sources ??= new SourceReader(this.#schemas, this.#formatOf(topic));
    return this.#sources;
  }

  #formatOf(topic: TopicName): TopicFormat {
    const known = this.#formats.get(topic);
    if (known !== undefined) return known;
    const format = new TopicFormat(TOPIC_SCHEMAS[topic]);
    this.#formats.set(topic, format);
    return format;
  }
}

function knownTopic(topic: string): TopicName {
  if (Object.hasOwn(TOPIC_SCHEMAS, topic)) return topic as TopicName;
  throw new StreamError(
    'refused',
    `The topic ${topic} is not in the catalogue, so its values have no schema.`,
  );
}
