import type { QuarantineReason } from '@bellwether/events';
import { seededChance } from '@bellwether/testkit';
import type { PublishedRecord } from './publish-load.ts';

/** A message that no source should send, and what is to become of it. */
export interface Garbage {
  readonly record: PublishedRecord & { readonly bytes: Buffer };
  readonly reason: QuarantineReason;
}

/** Ids of schemas that no registry has. */
export const UNKNOWN_IDS = Array.from({ length: 20 }, (_, n) => 900_000 + n);
const STRUCTURED = { 'content-type': 'application/cloudevents+json' };
const AVRO = { 'content-type': 'application/cloudevents+avro' };
const LEVELS = 10_000;
/** Longer than any value that is read, and the broker takes it. */
const OVERSIZE_BYTES = 1_100_000;
const BODY_BYTES = 400;

/** Of a hundred messages most have the size of an event, some are ten times as long, one a thousand times. */
const SHARES = { random: 27, unknownSchema: 26, badMagic: 26, nested: 20, oversize: 1 } as const;
const TURN = Object.entries(SHARES).flatMap(([kind, count]) =>
  Array.from({ length: count }, () => kind as keyof typeof SHARES),
);

interface Kind {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly reason: QuarantineReason;
}

const KINDS = {
  random: (random: () => Buffer) => ({
    bytes: Buffer.concat([Buffer.of(0xff), random()]),
    headers: STRUCTURED,
    reason: 'not-utf8',
  }),
  badMagic: (random: () => Buffer) => ({
    bytes: Buffer.concat([Buffer.of(7), random()]),
    headers: AVRO,
    reason: 'not-avro',
  }),
  unknownSchema: (random: () => Buffer, n: number) => {
    const id = Buffer.alloc(5);
    id.writeUInt32BE(UNKNOWN_IDS[n % UNKNOWN_IDS.length] ?? 0, 1);
    return { bytes: Buffer.concat([id, random()]), headers: AVRO, reason: 'unknown-schema' };
  },
  nested: () => ({
    bytes: Buffer.from('['.repeat(LEVELS)),
    headers: STRUCTURED,
    reason: 'not-json',
  }),
  oversize: () => ({ bytes: Buffer.alloc(OVERSIZE_BYTES, 'x'), headers: STRUCTURED, reason: 'too-large' }),
} satisfies Record<string, (random: () => Buffer, n: number) => Kind>;

/** Messages of all kinds of garbage, each with a key of its own that begins with `key`. */
export function makeGarbage(
  count: number,
  options: { readonly key: string; readonly partitions: number; readonly seed: number },
): readonly Garbage[] {
  const chance = seededChance(options.seed);
  const random = () => Buffer.from(Array.from({ length: BODY_BYTES }, () => Math.floor(chance() * 256)));
  return Array.from({ length: count }, (_, n) => {
    const { bytes, headers, reason }: Kind = KINDS[TURN[n % TURN.length] ?? 'random'](random, n);
    const place = { key: `${options.key}${n}`, partition: n % options.partitions };
    return { record: { ...place, bytes, headers }, reason };
  });
}
