/** Health bands (S94): at risk below 50, healthy from 80. `not-scorable` is neither: too little is known (N2). */
export type Band = 'healthy' | 'needs-attention' | 'at-risk' | 'not-scorable';

export const BANDS: readonly Band[] = ['healthy', 'needs-attention', 'at-risk', 'not-scorable'];
export const AT_RISK_BELOW = 50;
export const HEALTHY_FROM = 80;

const WORDS: Record<string, string> = {
  healthy: 'Healthy',
  'needs-attention': 'Needs attention',
  'at-risk': 'At risk',
  'not-scorable': 'Unknown',
  low: 'Low',
  moderate: 'Moderate',
  high: 'High',
};

/** The word for a band, as people read it. */
export function bandWord(band: string): string {
  return WORDS[band] ?? band.charAt(0).toUpperCase() + band.slice(1).replace(/-/g, ' ');
}

/** The band of the scale that a text names; anything else counts as not scorable. */
export function asBand(band: string | null): Band {
  return BANDS.find((known) => known === band) ?? 'not-scorable';
}

/** Band of a score in points, for scales and buckets; customers carry the band that scoring gave them. */
export function bandOfScore(score: number | null): Band {
  if (score === null) return 'not-scorable';
  if (score < AT_RISK_BELOW) return 'at-risk';
  return score < HEALTHY_FROM ? 'needs-attention' : 'healthy';
}
