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
  const tooLong =
    bytes > MAX_PACK_BYTES
      ? [{ path: '/', expected: `at most ${MAX_PACK_BYTES} bytes as JSON`, got: String(bytes) }]
      : [];
  return [...tooLong, ...comparedWithSegments(pack)];
}

/** Nobody counts the medians of segments yet. */
function comparedWithSegments({ signals }: ModelPack): readonly Fault[] {
  return signals.flatMap(({ relativeTo }, index) =>
    relativeTo?.kind === 'segment'
      ? [
          {
            path: `signals[${index}].relativeTo.kind`,
            expected: 'own-baseline, since medians of segments are not counted for a tenant',
            got: '"segment"',
          },
        ]
      : [],
  );
}
