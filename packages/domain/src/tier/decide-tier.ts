import type { MissingSignal, Reason, ScoreDecision } from '@bellwether/events';
import type { PublishedTier, TierContext } from './published-tier.ts';
import type { GroundedLabel, SpoiltInput, Tier, TierFigures, TierLabels } from './tier-of.ts';
import { reasonsOfTier } from './tier-reasons.ts';

/** What is to be published, and what then counts as published. */
export interface DecidedTier {
  readonly change: ScoreDecision | null;
  /** The same reference when nothing is published. */
  readonly published: PublishedTier;
}

/** The band of a customer without a value tier. */
export const UNCLASSIFIED = 'unclassified';

/**
 * `score.tier.changed` when a class differs, a figure moved by a tenth of what was told, or a feed fell silent or came
 * back; the shares of all customers move every day, so less says nothing. The first decision always publishes, so that
 * it can be seen what is not classified and why. Reasons have a contribution of 0: there is no number to sum to.
 */
export function decideTier(previous: PublishedTier | null, now: Tier, context: TierContext): DecidedTier {
  if (previous !== null && !differs(previous, now)) return { change: null, published: previous };
  const { labels, figures, held, spoilt } = now;
  const published: PublishedTier = { labels, figures, held, spoilt };
  const reasons: readonly Reason[] = reasonsOfTier(previous, now, context);
  return {
    published,
    change: {
      type: 'score.tier.changed',
      score: 'tier',
      unit: 'count',
      value: null,
      previous: null,
      delta: null,
      band: bandOfTier(labels),
      previousBand: previous === null ? null : bandOfTier(previous.labels),
      parts: { ...figures },
      labels,
      ...certaintyOfTier(published),
      reasons,
    },
  };
}

/** The value tier, or that there is none. */
export function bandOfTier({ valueTier }: TierLabels): string {
  return valueTier ?? UNCLASSIFIED;
}

const OPEN_INPUTS: readonly SpoiltInput[] = ['lifetime-value', 'profile'];

/** Uncertain while a class is only held, or may be any; missing is what a silent feed spoilt (N2). */
export function certaintyOfTier({
  held,
  spoilt,
}: PublishedTier): Pick<ScoreDecision, 'uncertain' | 'missing'> {
  const missing = spoilt.map((signal): MissingSignal => ({ signal, why: 'feed-stale' }));
  // What was told of the customer itself, and of its agreements, may be anything by now.
  const isOpen = spoilt.some((name) => OPEN_INPUTS.includes(name));
  return { uncertain: held.length > 0 || isOpen, missing };
}

const LABELS: readonly (GroundedLabel | 'tierSource' | 'strategic')[] = [
  'valueTier',
  'tierSource',
  'revenueTier',
  'sizeBand',
  'engagementModel',
  'strategic',
];

function differs(previous: PublishedTier, now: Tier): boolean {
  if (LABELS.some((label) => previous.labels[label] !== now.labels[label])) return true;
  if (previous.held.join() !== now.held.join() || previous.spoilt.join() !== now.spoilt.join()) return true;
  const figures = Object.keys(now.figures) as readonly (keyof TierFigures)[];
  return figures.some((name) => movedByATenth(previous.figures[name], now.figures[name]));
}

function movedByATenth(before: number | null, after: number | null): boolean {
  if (before === null || after === null) return before !== after;
  return before !== after && Math.abs(after - before) * 10 >= Math.abs(before);
}
