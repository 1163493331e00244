import { type CustomerState, currentOf } from '@bellwether/domain';
import {
  type CustomerChange,
  type CustomerChangesRecord,
  customerKey,
  type PerScoreName,
  type ScoreChange,
  type ScoreChanged,
} from '@bellwether/events';
import type { Output, PendingOutput } from '@bellwether/stream';
import type { ScoringOutput } from './scoring-output.ts';

/**
 * What is told beside the changes of a customer (design section 4, N12): once a batch the whole present picture, for
 * readers that start now; and each change of a score that has a topic of its own, for readers of that score alone.
 */
export function tellAlongside(
  state: CustomerState,
  outputs: readonly PendingOutput[],
  perScore: readonly PerScoreName[],
): Output<ScoringOutput>[] {
  const changes = outputs.flatMap(({ output, value }) =>
    output === 'changes' && isChange(value as CustomerChangesRecord) ? [value as CustomerChange] : [],
  );
  const current = changes.length === 0 ? undefined : currentOf(state);
  if (!current) return [];
  const key = customerKey(state.tenant, state.customerId);
  const scores = changes.flatMap((change) => scoresOf(change, perScore));
  return [
    { output: 'current', key, value: current },
    ...scores.map((value) => ({ output: value.score as PerScoreName, key, value })),
  ];
}

function isChange(record: CustomerChangesRecord): boolean {
  return record.kind === 'change';
}

function scoresOf(change: CustomerChange, perScore: readonly PerScoreName[]): readonly ScoreChanged[] {
  return change.changes.flatMap((part) =>
    'score' in part && perScore.some((name) => name === part.score) ? [scoreOf(change, part)] : [],
  );
}

function scoreOf(change: CustomerChange, score: ScoreChange): ScoreChanged {
  const { tenant, customerId, asOf, knownAt, historical, cause, causedBy, staleSince, engineVersion } =
    change;
  const { type: _type, sequence, ...told } = score;
  return {
    kind: 'score-changed',
    tenant,
    customerId,
    sequence,
    asOf,
    knownAt,
    historical,
    cause,
    causedBy,
    ...(staleSince === undefined ? {} : { staleSince }),
    ...told,
    engineVersion,
  };
}
