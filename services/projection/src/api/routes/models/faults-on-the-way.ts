import type { ModelPack } from '@bellwether/domain';
import type { Fault } from '@bellwether/events';

/** What a pack may say that cannot be scored on the stream yet: nobody counts the medians of segments. */
export function faultsOnTheWay({ signals }: ModelPack): readonly Fault[] {
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
