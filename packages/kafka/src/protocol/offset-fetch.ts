import { errorOfCode, type ProtocolRequest } from '../kafkajs-internals.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** A committed offset; -1 when there is none. */
export interface OffsetAnswer {
  readonly offset: number;
}

const API_KEY = 9;
/** The first version that can insist on stable offsets; brokers from 2.5 on speak it. kafkajs ends at 4. */
const API_VERSION = 7;

/**
 * Asks for the committed offset of one partition of a group. The answer is the error UNSTABLE_OFFSET_COMMIT while a
 * transaction that commits one is not yet decided on all brokers, instead of the offset before it.
 */
export function offsetFetchRequest(
  groupId: string,
  topic: string,
  partition: number,
): ProtocolRequest<OffsetAnswer> {
  return {
    request: {
      apiKey: API_KEY,
      apiVersion: API_VERSION,
      apiName: 'OffsetFetch',
      encode: async () =>
        new ByteWriter()
          .int8(0) // No tagged fields in the request's header, which is of the flexible kind.
          .bytes(compactText(groupId))
          .int8(2)
          .bytes(compactText(topic))
          .int8(2)
          .int32(partition)
          .int8(0)
          .int8(1) // Stable offsets only.
          .int8(0)
          .payload(),
    },
    response: { decode: async (raw) => decode(new ByteReader(raw)), parse: async (answer) => answer },
  };
}

function decode(reader: ByteReader): OffsetAnswer & { readonly clientSideThrottleTime: number } {
  reader.int8();
  const clientSideThrottleTime = reader.int32();
  let offset = -1;
  let errorCode = 0;
  if (unsigned(reader) > 1) {
    reader.bytes(unsigned(reader) - 1);
    if (unsigned(reader) > 1) {
      reader.int32();
      offset = Number(reader.int64());
      reader.int32();
      reader.bytes(unsigned(reader) - 1);
      errorCode = reader.int16();
      reader.int8();
    }
    reader.int8();
  }
  errorCode ||= reader.int16();
  if (errorCode !== 0) throw errorOfCode(errorCode);
  return { offset, clientSideThrottleTime };
}

/** A text after its length plus one as an unsigned variable-length number. */
function compactText(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = bytes.length + 1;
  const prefix = length < 0x80 ? [length] : [(length & 0x7f) | 0x80, length >>> 7];
  return Buffer.concat([Buffer.from(prefix), bytes]);
}

function unsigned(reader: ByteReader): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = reader.int8() & 0xff;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}
