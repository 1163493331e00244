import {
  type CurrentScore,
  type CurrentSituation,
  type CustomerCurrent,
  type CustomerPicture,
  SCORES,
  type ScoreName,
  type ScoreValue,
} from '@bellwether/events';
import { partnerOf } from '../merging/membership.ts';
import type { CustomerState, Published, PublishedParts } from './customer-state.ts';
import { PART_NAMES, PARTS } from './decide-parts.ts';
import { valueInOrder } from './number-scores.ts';
import type { Part, PartName } from './parts/part.ts';

/**
 * The whole present picture of a customer (N12): what a reader knows who took every change from the first on, so that
 * another can start from here. Undefined before the first change.
 */
export function currentOf(state: CustomerState): CustomerCurrent | undefined {
  const { published, sequence } = state;
  const mergedInto = partnerOf(state);
  const { asOf, knownAt, staleSince } = published;
  if (asOf === null || knownAt === null) return undefined;
  return {
    kind: 'current',
    tenant: state.tenant,
    customerId: state.customerId,
    sequence,
    asOf,
    knownAt,
    current: {
      scores: scoresOf(published),
      situations: situationsOf(published),
      ...(staleSince === undefined ? {} : { staleSince }),
      ...(mergedInto === null ? {} : { mergedInto }),
    },
    engineVersion: state.engineVersion,
  };
}

type Scores = CustomerPicture['scores'];

function scoresOf(published: Published): Scores {
  const scores: { -readonly [Score in keyof Scores]: CurrentScore } = {};
  for (const name of PART_NAMES) {
    const value = scoreOf(name, published);
    if (value === null || !isScoreName(name)) continue;
    const { currency } = published;
    const money = value.unit === 'minor' && currency !== null ? { currency } : {};
    scores[name] = {
      ...valueInOrder({ ...value, ...money }),
      sequence: published.scoreSequences[name] ?? 0,
    };
  }
  return scores;
}

function scoreOf<Name extends PartName>(
  name: Name,
  published: PublishedParts,
): Omit<ScoreValue, 'currency'> | null {
  const part: Part<Name> = PARTS[name];
  return part.scoreOf?.(published[name]) ?? null;
}

function situationsOf(published: PublishedParts): readonly CurrentSituation[] {
  return PART_NAMES.flatMap((name) => standingOf(name, published));
}

function standingOf<Name extends PartName>(
  name: Name,
  published: PublishedParts,
): readonly CurrentSituation[] {
  const part: Part<Name> = PARTS[name];
  return part.situationsOf?.(published[name]) ?? [];
}

function isScoreName(name: string): name is ScoreName {
  return SCORES.some((score) => score === name);
}
