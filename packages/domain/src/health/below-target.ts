import type { EngagementModel } from '../tier/engagement-model.ts';
import { STRATEGIC_HEALTH_FROM_HUNDREDTHS } from './health-targets.ts';

/** What stands lasts until health is clearly on target again: 75, as from 50 to 55 for at-risk (S62). */
const CLEARED_FROM_HUNDREDTHS = 7_500;

/** What tells whether an executive account is below its target; null: not known. */
export interface TargetFacts {
  readonly healthHundredths: number | null;
  /** The same with signals that went missing at their last points (N2). */
  readonly heldHundredths: number | null;
  readonly engagementModel: EngagementModel | null;
  /** As it was told before this decision. */
  readonly engagementModelBefore: EngagementModel | null;
  readonly isEnterprise: boolean | null;
}

/**
 * Whether the health of an executive account is below the target, 3.5 of 5 or 70 of 100 (S50, D7). An account that is
 * executive by its health alone leaves the model as it falls below 70: what it was before the fall counts too. It lasts
 * until 75 is reached, or the account is another's business: it is no enterprise account, or gets dedicated people or
 * recovery, which has an alert of its own. Health that is made lower or higher by missing data alone neither raises nor
 * clears it, and what is not known changes nothing (N2).
 *
 * @param held whether it was told last that it is
 */
export function isBelowTarget(facts: TargetFacts, { held }: { readonly held: boolean }): boolean {
  const { healthHundredths: value, engagementModel: model, engagementModelBefore } = facts;
  if (held && isOthersBusiness(facts)) return false;
  if (value === null) return held;
  const likeForLike = facts.heldHundredths ?? value;
  if (held) return Math.min(value, likeForLike) < CLEARED_FROM_HUNDREDTHS;
  const isExecutive =
    model === 'executive' || (engagementModelBefore === 'executive' && !isOthersBusiness(facts));
  return isExecutive && Math.max(value, likeForLike) < STRATEGIC_HEALTH_FROM_HUNDREDTHS;
}

function isOthersBusiness({ engagementModel, isEnterprise }: TargetFacts): boolean {
  if (isEnterprise === false) return true;
  return engagementModel !== null && engagementModel !== 'executive' && engagementModel !== 'standard';
}
