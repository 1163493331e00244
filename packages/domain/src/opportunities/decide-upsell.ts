import type { Reason, SituationChange } from '@bellwether/events';
import { UPSELL_CAUSE, type Upsell, type UpsellCode, type UpsellEnd, type UpsellInput } from './upsell.ts';

const SPEAKS: { readonly [C in UpsellCode]: string } = {
  'high-seat-use': 'nearly all seats are in use',
  'high-adoption': 'many features are in use',
};
const ENDS: { readonly [E in UpsellEnd]: string } = {
  'opportunity-open': 'An upsell opportunity is open now',
  'no-agreement': 'No agreement has run long enough any more',
  'health-fell': 'Health is not good enough any more to offer more',
  'use-fell': 'Seats and features are not used enough any more to offer more',
};

/**
 * `opportunity.upsell.raised` when a customer becomes a candidate, `.withdrawn` when it is none any more (S16). What
 * speaks for it may change while it stands: it is told once.
 *
 * @param previous why it was raised; null: it does not stand
 * @returns what stands then, and the situation, if one began or ended
 */
export function decideUpsell(
  previous: UpsellCode | null,
  now: Upsell,
  { input, valueMinor, currency }: UpsellTelling,
): { readonly published: UpsellCode | null; readonly situation: SituationChange | null } {
  const worth = { cause: UPSELL_CAUSE, valueMinor, currency };
  if (now.state === 'candidate' && previous === null) {
    const text = `Healthy, and ${SPEAKS[now.code]}: offer more`;
    const reasons = reasonsOf(input, now.agreementId);
    const situation = { type: 'opportunity.upsell.raised' as const, ...worth, code: now.code, text, reasons };
    return { published: now.code, situation };
  }
  if (now.state === 'none' && previous !== null) {
    const { why } = now;
    const told = { ...worth, code: why, text: ENDS[why], reasons: [] };
    return { published: null, situation: { type: 'opportunity.upsell.withdrawn', ...told } };
  }
  return { published: previous, situation: null };
}

/** What an upsell is told with. */
export interface UpsellTelling {
  readonly input: UpsellInput;
  /** What the customer is worth: it says which opportunity to look at first. */
  readonly valueMinor: number;
  readonly currency: string;
}

/** Readings of the moment: the situation is read on other days too. */
function reasonsOf(
  { healthHundredths, seatUseBasisPoints, featuresUsed }: UpsellInput,
  agreementId: string,
): Reason[] {
  const reason = (signal: string, after: number | null, text: string): Reason => ({
    signal,
    contribution: 0,
    before: null,
    after,
    text,
  });
  const reasons = [reason(`agreement:${agreementId}`, null, `${agreementId} has run for at least 180 days`)];
  if (healthHundredths !== null)
    reasons.push(
      reason('health', healthHundredths, `when raised: health ${(healthHundredths / 100).toFixed(2)}`),
    );
  if (seatUseBasisPoints !== null) {
    const percent = Math.round(seatUseBasisPoints / 100);
    reasons.push(reason('seat-use', seatUseBasisPoints, `when raised: ${percent} % of the seats in use`));
  }
  if (featuresUsed !== null)
    reasons.push(
      reason('feature-adoption', featuresUsed, `when raised: ${featuresUsed} features used in 30 days`),
    );
  return reasons;
}
