import type { OutputRecord } from './ports.ts';

/** A value as a log of bytes keeps it. A null value is a tombstone: compaction removes the key. */
export interface EncodedValue {
  readonly value: Uint8Array | null;
  /** Transport headers, UTF-8 text. */
  readonly headers: Readonly<Record<string, string>>;
}

/** How values become bytes and bytes values, a batch at a time, so that a schema is looked up once for many. */
export interface ValueCodec {
  /**
   * One encoded value for each record, in order.
   * @throws StreamError `refused` when a value does not fit the schema of its topic, `unavailable` when a schema is
   * needed that nobody answers for
   */
  encode(records: readonly OutputRecord[]): Promise<readonly EncodedValue[]>;
  /**
   * One value for each message of a topic, in order.
   * @throws StreamError `unavailable` when a schema is needed that nobody answers for, `step-failed` when bytes on a
   * topic that only this system writes cannot be read
   */
  decode(topic: string, messages: readonly EncodedValue[]): Promise<readonly unknown[]>;
}
