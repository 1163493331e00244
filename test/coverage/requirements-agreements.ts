import type { Requirement } from './requirement.ts';

/** Agreements and the portfolio they make: S1 to S22. */
export const AGREEMENTS: readonly Requirement[] = [
  { number: 'S1', what: 'customers with several agreements', endpoints: ['/reports/multi-agreement'] },
  {
    number: 'S2',
    what: 'lifetime value from agreements, ranked',
    topics: ['score.ltv.changed'],
    endpoints: ['/reports/ltv-ranking'],
  },
  {
    number: 'S3',
    what: 'how complex a relationship is to manage',
    topics: ['score.complexity.changed'],
    endpoints: ['/reports/complexity'],
  },
  {
    number: 'S4',
    what: 'MSA holders to whom nothing else is sold',
    topics: ['opportunity.cross-sell.raised'],
    endpoints: ['/reports/msa-only'],
  },
  {
    number: 'S5',
    what: 'share of the greatest 5, 10 and 20',
    topics: ['score.concentration.changed'],
    endpoints: ['/reports/concentration'],
  },
  {
    number: 'S6',
    what: 'strategic relationships',
    topics: ['score.tier.changed'],
  },
  { number: 'S7', what: 'who needs people of their own', endpoints: ['/reports/priority-quadrant'] },
  {
    number: 'S8',
    what: 'what peers hold and a customer does not',
    endpoints: ['/reports/whitespace', '/customers/{customerId}/whitespace'],
    documents: ['docs/scoring/warnings-and-opportunities.md'],
  },
  {
    number: 'S9',
    what: 'a portfolio that comes to depend on few',
    topics: ['portfolio.concentration.raised'],
    endpoints: ['/reports/concentration'],
  },
  {
    number: 'S10',
    what: 'depth of a relationship',
    topics: ['score.relationship.changed'],
    documents: ['docs/scoring/lifecycle-and-relationship.md'],
  },
  {
    number: 'S11',
    what: 'valuable agreements that end soon',
    topics: ['renewal.due', 'renewal.call-due.raised'],
    endpoints: ['/reports/expiring'],
  },
  {
    number: 'S12',
    what: 'whether complex relationships pay',
    endpoints: ['/reports/value-complexity'],
  },
  {
    number: 'S13',
    what: 'the way from the first MSA to more',
    topics: ['score.relationship.changed'],
    endpoints: ['/reports/expansion-paths'],
  },
  { number: 'S14', what: 'case for key-account management', endpoints: ['/reports/key-accounts'] },
  {
    number: 'S15',
    what: 'customers that grow in value and use',
    topics: ['score.relationship.changed'],
    endpoints: ['/reports/expanding'],
    documents: ['docs/scoring/warnings-and-opportunities.md'],
  },
  {
    number: 'S16',
    what: 'customers to sell more of the same to',
    topics: ['opportunity.upsell.raised'],
    endpoints: ['/reports/upsell'],
  },
  {
    number: 'S17',
    what: 'the 10 to 20 greatest for a programme',
    endpoints: ['/reports/key-accounts'],
  },
  {
    number: 'S18',
    what: 'cross-sell with the offer that fits',
    topics: ['opportunity.cross-sell.raised'],
    endpoints: ['/reports/msa-only'],
  },
  { number: 'S19', what: 'trend towards less dependence', endpoints: ['/reports/diversification'] },
  { number: 'S20', what: 'quarterly reviews that fall due', topics: ['review.qbr-due.raised'] },
  {
    number: 'S21',
    what: 'which ways of expanding succeed',
    endpoints: ['/reports/expansion-paths'],
    documents: ['docs/scoring/lifecycle-and-relationship.md'],
  },
  {
    number: 'S22',
    what: 'what is left when the greatest leave',
    endpoints: ['/reports/stress', '/reports/renewal-wall'],
  },
];
