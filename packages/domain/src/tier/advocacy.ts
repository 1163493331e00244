import { allOf, type Ground, type Verdict } from './verdict.ts';

/** Healthy customers are asked (S70), and stay candidates until health is clearly below that. */
const ENTER_HUNDREDTHS = 8_000;
const STAY_HUNDREDTHS = 7_500;

/**
 * Whether a customer may be asked for a reference, a case study, a testimonial (S70, S103): health from 80, and its
 * latest answer to the recommendation survey is that of a promoter. A candidate stays one until health is below 75.
 * @param given.healthHundredths null where it is not scorable or a feed that it uses is silent
 * @param given.isPromoter null where no valid answer is known
 * @param held what was told last: it lasts while the facts do not tell (N2)
 */
export function advocacyOf(
  given: { readonly healthHundredths: number | null; readonly isPromoter: boolean | null },
  held: { readonly isCandidate: boolean },
): Verdict<boolean> {
  const { healthHundredths, isPromoter } = given;
  const from = held.isCandidate ? STAY_HUNDREDTHS : ENTER_HUNDREDTHS;
  const isHealthy = healthHundredths === null ? null : healthHundredths >= from;
  const known = allOf(isHealthy, isPromoter);
  const grounds: Ground[] = [
    healthGround(isHealthy, from),
    isPromoter === null
      ? { code: 'promoter-not-known', text: 'no recommendation survey is known' }
      : isPromoter
        ? { code: 'promoter', text: 'a promoter' }
        : { code: 'no-promoter', text: 'not a promoter' },
  ];
  return { value: known ?? (held.isCandidate ? true : null), grounds };
}

function healthGround(isHealthy: boolean | null, from: number): Ground {
  if (isHealthy === null) return { code: 'health-not-known', text: 'health is not known' };
  return isHealthy
    ? { code: 'healthy', text: `health of ${from / 100} or more` }
    : { code: 'not-healthy', text: `health below ${from / 100}` };
}
