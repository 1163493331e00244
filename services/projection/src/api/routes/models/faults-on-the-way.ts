import type { ModelPack } from '@bellwether/domain';
import type { Fault } from '@bellwether/events';

/**
 * Longest pack, as it is sent and as JSON. All packs of a tenant travel in one record, ten of them at most, and brokers
 * take a megabyte; those that ship have a tenth of this.
 */
export const MAX_PACK_BYTES = 64_000;

/** What is wrong with a pack for the log and the stream, though it is a good pack. */
export function faultsOnTheWay(pack: ModelPack): readonly Fault[] {
  const bytes = Buffer.byteLength(JSON.stringify(pack));
  return bytes > MAX_PACK_BYTES
    ? [{ path: '/', expected: `at most ${MAX_PACK_BYTES} bytes as JSON`, got: String(bytes) }]
    : [];
}
