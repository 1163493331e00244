import type { Feed, SourceSystemTopic } from '@bellwether/events';

/** The systems that publish to a source topic of their own. */
export const SOURCE_SYSTEMS = ['crm', 'support', 'product', 'billing', 'portfolio'] as const;
export type SourceSystem = (typeof SOURCE_SYSTEMS)[number];

/** The source topic of a system. */
export function sourceTopicOf(system: SourceSystem): SourceSystemTopic {
  return `source-${system}`;
}

/** What a system delivers: these feeds are incomplete when it has lost something without saying of what kind. */
export const FEEDS_OF_SYSTEM: { readonly [S in SourceSystem]: readonly Feed[] } = {
  crm: ['agreement', 'engagement', 'contact', 'opportunity', 'marketing', 'customer'],
  support: ['ticket', 'feedback'],
  product: ['activity', 'goal'],
  billing: ['payment'],
  // It may deliver any.
  portfolio: [],
};
