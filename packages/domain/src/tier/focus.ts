import type { RevenueTier } from './revenue-tier.ts';
import type { SizeBand } from './size-band.ts';

/** What to do for a kind of customer: the name of a playbook, and its aim in words. */
export interface Focus {
  readonly playbook: string;
  readonly text: string;
}

/** Bands of S70 to S74, half-open: 79.5 is medium (D14). */
export type FocusHealth = 'high' | 'medium' | 'low';

/** By revenue tier (S69). */
export const REVENUE_FOCUS: { readonly [T in RevenueTier]: Focus } = {
  T1: { playbook: 'high-touch', text: 'High-touch engagement, expansion, advocacy' },
  T2: { playbook: 'value-reinforcement', text: 'Proactive value reinforcement, upsell' },
  T3: { playbook: 'scaled-check-ins', text: 'Scaled or automated check-ins, risk monitoring' },
  T4: { playbook: 'low-touch', text: 'Low-touch, automated re-engagement' },
};

const EXPANSION: Focus = {
  playbook: 'expansion-and-advocacy',
  text: 'Expansion and advocacy: new features, case studies, testimonials, referrals',
};
const REVIEWS: Focus = {
  playbook: 'business-reviews',
  text: 'Regular business reviews, stakeholders beyond the primary contact, early signs of risk',
};
const CHECK_INS: Focus = {
  playbook: 'automated-check-ins',
  text: 'Automated check-ins, value-add content, usage monitoring, targeted training',
};
const INTERVENTION: Focus = {
  playbook: 'executive-intervention',
  text: 'Immediate executive intervention, recovery task force, root cause, get-well plan with milestones',
};
const RE_ENGAGEMENT: Focus = {
  playbook: 'automated-re-engagement',
  text: 'Automated re-engagement, an at-risk manager or team, incentives or support packages',
};

type BySize = { readonly [S in SizeBand]: Focus };
const bySize = (greater: Focus, smaller: Focus): BySize => ({
  enterprise: greater,
  large: greater,
  medium: smaller,
  small: smaller,
});

/** By health and company size (S70 to S74). */
export const HEALTH_FOCUS: { readonly [H in FocusHealth]: BySize } = {
  high: bySize(EXPANSION, EXPANSION),
  medium: bySize(REVIEWS, CHECK_INS),
  low: bySize(INTERVENTION, RE_ENGAGEMENT),
};

/** The band of a health score: high from 80, medium from 50, else low (S70 to S74). */
export function focusHealthOf(healthHundredths: number): FocusHealth {
  if (healthHundredths >= 8_000) return 'high';
  return healthHundredths >= 5_000 ? 'medium' : 'low';
}

/**
 * What to do for a customer by health and size (S70 to S74). Null where health is not known, or where it depends on a
 * size that is not known: above 80 it does not.
 */
export function healthFocusOf(healthHundredths: number | null, sizeBand: SizeBand | null): Focus | null {
  if (healthHundredths === null) return null;
  const sizes = HEALTH_FOCUS[focusHealthOf(healthHundredths)];
  if (sizeBand !== null) return sizes[sizeBand];
  return sizes.small === sizes.enterprise ? sizes.small : null;
}
