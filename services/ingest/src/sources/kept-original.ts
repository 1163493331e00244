import type { QuarantineRecord, SourceMessage } from '@bellwether/events';

/** Longest original that a quarantine entry keeps, characters. */
export const MAX_ORIGINAL_CHARACTERS = 65_536;
/** Headers that a quarantine entry keeps, and characters of one. */
const MAX_HEADERS = 64;
const MAX_HEADER_CHARACTERS = 1_024;

export type KeptOriginal = Pick<QuarantineRecord, 'original' | 'encoding' | 'truncated'>;

/** A text as a quarantine entry keeps it: whole, or its beginning up to the last whole character. */
export function keptText(text: string): KeptOriginal {
  if (text.length <= MAX_ORIGINAL_CHARACTERS) return { original: text.toWellFormed(), encoding: 'utf8' };
  const isHalf = (text.charCodeAt(MAX_ORIGINAL_CHARACTERS - 1) & 0xfc00) === 0xd800;
  const original = text.slice(0, MAX_ORIGINAL_CHARACTERS - (isHalf ? 1 : 0)).toWellFormed();
  return { original, encoding: 'utf8', truncated: true };
}

/** The body of a message as it came. */
export function keptBody({ body }: SourceMessage): KeptOriginal {
  if (body.kind === 'json') return keptText(body.text);
  const isCut = body.kind === 'unreadable' && body.reason === 'too-large';
  const isTruncated = isCut || body.base64.length > MAX_ORIGINAL_CHARACTERS;
  const original = body.base64.slice(0, MAX_ORIGINAL_CHARACTERS);
  return { original, encoding: 'base64', ...(isTruncated ? { truncated: true } : {}) };
}

/**
 * The id of the schema that the bytes of a message name: whoever mends it wants to know, also where the schema could
 * not be found or read. Undefined for JSON.
 */
export function schemaIdOf({ body }: SourceMessage): number | undefined {
  if (body.kind !== 'unreadable') return body.kind === 'avro' ? body.schemaId : undefined;
  const isNamed = ['unknown-schema', 'not-this-schema', 'schema-break'].includes(body.reason);
  if (!isNamed || !/^[A-Za-z0-9+/]{8}/.test(body.base64)) return undefined;
  // Confluent's wire format: a zero byte and four bytes of id, the greatest first.
  const [magic, ...id] = Array.from(atob(body.base64.slice(0, 8)), (character) => character.charCodeAt(0));
  return magic === 0 ? id.slice(0, 4).reduce((sum, byte) => sum * 256 + byte, 0) : undefined;
}

/** The headers of a message, as many and as long as is sane. */
export function keptHeaders({ headers }: SourceMessage): Readonly<Record<string, string>> {
  const kept = Object.entries(headers)
    .slice(0, MAX_HEADERS)
    .map(([name, text]) => [
      name.slice(0, MAX_HEADER_CHARACTERS).toWellFormed(),
      text.slice(0, MAX_HEADER_CHARACTERS).toWellFormed(),
    ]);
  return Object.fromEntries(kept);
}
