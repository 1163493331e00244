import type { Reason, ScoreDecision } from '@bellwether/events';
import { isSameMissing } from '../feeds/same-missing.ts';
import { DEPTH_PARTS } from './depth-of.ts';
import type { Relationship } from './relationship-of.ts';
import { type RelationshipValue, relationshipValueOf } from './relationship-parts.ts';

/** What is to be published of a relationship, and what then counts as published. */
export interface RelationshipDecision {
  readonly change: ScoreDecision | null;
  /** The same reference when nothing is published. */
  readonly published: RelationshipValue | null;
}

/** Consistency (S31) moves a little every week: told from five points of 100 on. */
const CONSISTENCY_STEP_HUNDREDTHS = 500;
/** Growth of use (S15) moves with every week: told from ten percent of the mean on. */
const GROWTH_STEP_BASIS_POINTS = 1_000;
/** Efficiency (S77) too: told from a tenth of what was told last on. */
const EFFICIENCY_STEP = 0.1;

/**
 * `score.relationship.changed` when the depth, a label, what is missing, or a part differs from what was published
 * last; consistency, efficiency and growth of use count from a step on, the consistency of single stages only tells
 * along. The reasons are the contributions to depth, summing exactly to its delta (or to the value where there was
 * none), and beside them, with a contribution of 0, each label that is another now. The first decision always
 * publishes, so that it can be seen what is missing.
 */
export function decideRelationship(
  previous: RelationshipValue | null,
  relationship: Relationship,
): RelationshipDecision {
  const now = relationshipValueOf(relationship);
  if (previous !== null && !differs(previous, now)) return { change: null, published: previous };
  const before = previous?.value ?? null;
  const change: ScoreDecision = {
    type: 'score.relationship.changed',
    score: 'relationship',
    ...now,
    previous: before,
    delta: now.value === null || before === null ? null : now.value - before,
    previousBand: previous?.band ?? null,
    reasons: [...depthReasons(previous, now), ...labelReasons(previous, now)],
  };
  return { change, published: now };
}

function differs(previous: RelationshipValue, now: RelationshipValue): boolean {
  if (previous.value !== now.value || previous.band !== now.band) return true;
  if (previous.low !== now.low || previous.high !== now.high) return true;
  if (!isSameMissing(previous.missing, now.missing)) return true;
  for (const name in now.labels) if (previous.labels[name] !== now.labels[name]) return true;
  for (const name in previous.labels) if (!(name in now.labels)) return true;
  for (const name in now.parts) if (hasMoved(name, previous.parts[name], now.parts[name])) return true;
  for (const name in previous.parts) {
    if (!(name in now.parts) && hasMoved(name, previous.parts[name], null)) return true;
  }
  return false;
}

function hasMoved(
  name: string,
  before: number | null | undefined,
  after: number | null | undefined,
): boolean {
  if (name.startsWith('consistency.')) return false;
  const isSame = (before ?? null) === (after ?? null);
  if (isSame || before == null || after == null) return !isSame;
  if (name === 'consistency') return Math.abs(after - before) >= CONSISTENCY_STEP_HUNDREDTHS;
  if (name === 'usageGrowthBasisPoints') return Math.abs(after - before) >= GROWTH_STEP_BASIS_POINTS;
  if (name === 'efficiencyMinor') return Math.abs(after - before) >= EFFICIENCY_STEP * Math.abs(before);
  return true;
}

const WORDS = {
  types: ['type of active agreement', 'types of active agreements'],
  serviceLines: ['service line', 'service lines'],
  features: ['feature used in 90 days', 'features used in 90 days'],
  stakeholders: ['person known', 'people known'],
} as const;

function depthReasons(previous: RelationshipValue | null, now: RelationshipValue): readonly Reason[] {
  if (now.value === null) return [];
  return DEPTH_PARTS.flatMap(({ part }): readonly Reason[] => {
    const contribution = (now.parts[part] ?? 0) - (previous?.parts[part] ?? 0);
    const before = previous?.parts[`${part}.raw`] ?? null;
    const after = now.parts[`${part}.raw`] ?? null;
    if (contribution === 0 && before === after) return [];
    const [one, many] = WORDS[part];
    const words = (count: number | null) =>
      count === null ? `${many} not known` : `${count} ${count === 1 ? one : many}`;
    const was = previous === null || before === after ? '' : `, was ${before ?? 'not known'}`;
    return [{ signal: part, contribution, before, after, text: `${words(after)}${was}` }];
  });
}

const LABEL_TEXT: { readonly [label: string]: string } = {
  primaryChannel: 'primary channel',
  path: 'path from the first MSA',
  accountSinceSource: 'age of the account is known by',
  qbrBasis: 'day of the next business review is',
  paradoxReasons: 'low consistency, high value',
};

function labelReasons(previous: RelationshipValue | null, now: RelationshipValue): readonly Reason[] {
  return Object.entries(now.labels).flatMap(([label, value]): readonly Reason[] => {
    const before = previous?.labels[label] ?? null;
    if (before === value) return [];
    const was = previous === null ? '' : `, was ${before ?? 'none'}`;
    const text = `${LABEL_TEXT[label] ?? label}: ${value ?? 'none'}${was}`;
    return [{ signal: label, contribution: 0, before: null, after: null, text }];
  });
}
