import type { Reason, SituationChange } from '@bellwether/events';
import { nextTurn } from '../opportunities/next-turn.ts';
import { findExecutiveTurnover, nextTurnoverDay } from './executive-turnover.ts';
import { findFirstYearHealth } from './first-year-health.ts';
import { findQuarterlyReview } from './quarterly-review.ts';
import { isSameRenewal, renewalReason } from './renewal-anchor.ts';
import { nextReviewDayOf } from './review-days.ts';
import {
  DETECTORS,
  type Detector,
  type Held,
  type RiskFactor,
  type Sign,
  type WarningInput,
  type Worth,
} from './sign.ts';
import { findTicketEscalations, nextEscalationDay } from './ticket-escalations.ts';
import { findUsageDecline, nextUsageDay } from './usage-decline.ts';

const FINDERS: { readonly [D in Detector]: (input: WarningInput, held: Held) => Sign } = {
  'usage-decline': findUsageDecline,
  'ticket-escalations': findTicketEscalations,
  'quarterly-review': findQuarterlyReview,
  'executive-turnover': findExecutiveTurnover,
  'first-year-health': findFirstYearHealth,
};

/** The signs that stand, as they were when raised, in the order of the detectors: `riskFactors` (S97, S101). */
export type PublishedWarnings = readonly RiskFactor[];

/** What stands now, and what began or ended. */
export interface WarningsDecision {
  /** The same reference when nothing began or ended. */
  readonly published: PublishedWarnings;
  readonly situations: readonly SituationChange[];
}

/**
 * `risk.early-warning.raised` for each sign that begins, or whose code changes, and `.cleared` for each that ends (S43,
 * S101): one situation a detector, which is its cause. A sign of which nothing can be known stands, or does not, as
 * before. One that stands is told again, as it was, each time that the day of the customer's decision has come a step
 * nearer, or is another one (N18).
 */
export function decideWarnings(
  previous: PublishedWarnings,
  input: WarningInput,
  worth: Worth,
): WarningsDecision {
  const published: RiskFactor[] = [];
  const situations: SituationChange[] = [];
  for (const detector of DETECTORS) {
    const held = previous.find((factor) => factor.detector === detector);
    const sign = FINDERS[detector](input, { isRaised: held !== undefined });
    if (sign.state === 'present' && held?.code !== sign.factor.code) {
      const factor = withRenewal(sign.factor, input);
      published.push(factor);
      situations.push(raised(factor, worth));
    } else if (sign.state === 'absent' && held !== undefined) {
      situations.push(cleared(detector, sign, worth));
    } else if (held !== undefined) {
      const factor = isSameRenewal(held.renewal ?? null, input.nearRenewal())
        ? held
        : withRenewal(held, input);
      published.push(factor);
      if (factor !== held) situations.push(raised(factor, worth));
    }
  }
  return situations.length === 0 ? { published: previous, situations } : { published, situations };
}

function withRenewal(factor: RiskFactor, { nearRenewal }: Pick<WarningInput, 'nearRenewal'>): RiskFactor {
  const { renewal: _before, ...sign } = factor;
  const renewal = nearRenewal();
  return renewal === null ? sign : { ...sign, renewal };
}

/** First day after today on which a sign may begin or end with no new event while the feeds go on; null: never. */
export function nextWarningDay(input: WarningInput): number | null {
  const days = [
    nextUsageDay(input),
    nextEscalationDay(input),
    nextReviewDayOf(input),
    nextTurnoverDay(input),
    input.firstYear?.overDay ?? null,
  ];
  return nextTurn(days, input.today);
}

function raised(factor: RiskFactor, { valueMinor, currency }: Worth): SituationChange {
  const { detector, code, text, renewal } = factor;
  return {
    type: 'risk.early-warning.raised',
    cause: detector,
    code,
    text,
    valueMinor,
    currency,
    ...renewal,
    reasons: renewal === undefined ? reasonsOf(factor) : [...reasonsOf(factor), renewalReason(renewal)],
  };
}

/** The sign itself, then each fact behind it that has an id. */
function reasonsOf({ detector, text, before, after, evidence }: RiskFactor): readonly Reason[] {
  const facts = evidence.flatMap(({ about, id, day }): Reason[] => {
    if (id === null) return [];
    return [{ signal: `${about}:${id}`, contribution: 0, before: null, after: day, text: `${about} ${id}` }];
  });
  return [{ signal: detector, contribution: 0, before, after, text: `when raised: ${text}` }, ...facts];
}

function cleared(
  detector: Detector,
  { code, text }: { readonly code: string; readonly text: string },
  { valueMinor, currency }: Worth,
): SituationChange {
  return {
    type: 'risk.early-warning.cleared',
    cause: detector,
    code,
    text,
    valueMinor,
    currency,
    reasons: [],
  };
}
