/** A source feed: its silence is told apart from a customer's silence (design section 3.4). */
export const FEEDS = [
  'agreement',
  'activity',
  'ticket',
  'feedback',
  'engagement',
  'contact',
  'opportunity',
  'payment',
  'marketing',
  'goal',
  'customer',
] as const;
export type Feed = (typeof FEEDS)[number];
