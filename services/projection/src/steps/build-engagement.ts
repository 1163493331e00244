import {
  type ActionItem,
  type ExpansionPattern,
  expansionPatternOf,
  type Path,
  pathOf,
} from '@bellwether/domain';
import type { CustomerCard } from './fold-card.ts';
import type { CustomerScores, NamedSituation } from './fold-change.ts';

/** How a relationship has developed, and what it calls for now. */
export interface Engagement {
  /** From the first MSA on (S13); null: there is no MSA. */
  readonly path: Path | null;
  /** Sales opportunities won and lost (S21). */
  readonly won: number;
  readonly lost: number;
  /** Growth of agreements, value and use (S15); that of use as it was published last. */
  readonly expansion: ExpansionPattern;
  /** What has begun and not ended, but for risk, cross-sell and renewals, which have places of their own. */
  readonly situations: readonly NamedSituation[];
  /** What is to be done, and was done, after business reviews (S96). */
  readonly actionItems: readonly ActionItem[];
}

/** What is told of a relationship by its agreements, its opportunities and the published situations. */
export function buildEngagement({
  card,
  scores,
  today,
}: {
  readonly card: CustomerCard | undefined;
  readonly scores: CustomerScores | undefined;
  /** The tenant's date, epoch day. */
  readonly today: number;
}): Engagement {
  const agreements = card?.agreements ?? [];
  const opportunities = card?.opportunities ?? [];
  const usageGrowthBasisPoints = scores?.scores.relationship?.parts.usageGrowthBasisPoints ?? null;
  return {
    path: pathOf(agreements),
    won: opportunities.filter(({ outcome }) => outcome?.value === true).length,
    lost: opportunities.filter(({ outcome }) => outcome?.value === false).length,
    expansion: expansionPatternOf({ agreements, usageGrowthBasisPoints, today }),
    situations: Object.values(scores?.situations ?? {}),
    actionItems: (card?.actionItems ?? []).map(({ told: [item] }) => item),
  };
}
