import { type EncodedValue, StreamError, type ValueCodec } from '@bellwether/stream';

const NO_HEADERS = Object.freeze({});

/** Values as JSON text; null is a tombstone. For tests, benchmarks and topics that others read without a registry. */
export const jsonCodec: ValueCodec = {
  encode: async (records) =>
    records.map(({ topic, value }): EncodedValue => {
      if (value === null) return { value: null, headers: NO_HEADERS };
      return { value: Buffer.from(stringify(topic, value)), headers: NO_HEADERS };
    }),
  decode: async (topic, messages) =>
    messages.map(({ value }): unknown => {
      if (value === null) return null;
      try {
        return JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8'));
      } catch (cause) {
        throw new StreamError('step-failed', `A record of ${topic} is not JSON.`, { cause });
      }
    }),
};

function stringify(topic: string, value: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch (cause) {
    throw new StreamError('refused', `A record for ${topic} has a value that is not JSON.`, { cause });
  }
  if (json === undefined) throw new StreamError('refused', `A record for ${topic} has no JSON value.`);
  return json;
}
