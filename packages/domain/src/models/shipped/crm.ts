// Made from packages/model-packs/packs by `npm run model-packs`; change it there.
// biome-ignore-all format: written as short as it can be read
import type { ModelPack } from '../model-pack.ts';

/** CRM health, 1.0.0. */
export const CRM: ModelPack = {
  format: 1, id: 'crm', version: '1.0.0', title: 'CRM health',
  source: 'A health score from what a CRM knows (S61): activity .40, contact data quality .20, business value .25, account scale .15 (D13). The traits of customers below 50 are those of S64 to S66. The curves are ours.',
  notes: "Amounts are minor units of the tenant's currency, and the curves of won amount and annual revenue were drawn for dollars: a tenant with another currency draws its own. They measure size on purpose, so a small customer never has all points.",
  pillars: [
    { pillar: 'activity', title: 'Customer activity', weight: 40 },
    { pillar: 'contact-quality', title: 'Contact data quality', weight: 20 },
    { pillar: 'business-value', title: 'Business value', weight: 25 },
    { pillar: 'account-scale', title: 'Account scale', weight: 15 },
  ],
  signals: [
    {
      signal: 'days-since-last-activity', pillar: 'activity', weight: 20, feed: 'activity', windowDays: null,
      freshDays: 30, curve: [[0, 100], [7, 90, 'a week'], [30, 50, 'a month'], [60, 20], [90, 0, 'dormant']],
    },
    {
      signal: 'total-activities', pillar: 'activity', weight: 20, feed: 'activity', windowDays: 30,
      freshDays: 30, curve: [[0, 0], [5, 40], [20, 80], [60, 100]],
    },
    {
      signal: 'contacts-with-email', pillar: 'contact-quality', weight: 20, feed: 'contact', windowDays: null,
      freshDays: 365, curve: [[0, 0], [100, 100]],
    },
    {
      signal: 'won-amount', pillar: 'business-value', weight: 25, feed: 'opportunity', windowDays: null,
      freshDays: 365, curve: [[0, 0], [1000000, 40], [10000000, 80], [50000000, 100]],
    },
    {
      signal: 'annual-revenue', pillar: 'account-scale', weight: 15, feed: 'customer', windowDays: null,
      freshDays: 365,
      curve: [[0, 0], [100000000, 30], [1000000000, 60], [10000000000, 85], [100000000000, 100]],
    },
  ],
  bands: {
    healthyFromPoints: 80, needsAttentionFromPoints: 50, atRiskBelowPoints: 50, atRiskClearedFromPoints: 55,
  },
  minimumCoveragePercent: 50, publishFromPoints: 0.5,
  goldenCases: [
    {
      name: 'an active customer of medium size',
      readings: {
        'days-since-last-activity': 7, 'total-activities': 20, 'contacts-with-email': 75,
        'won-amount': 10000000, 'annual-revenue': 1000000000,
      },
      value: 78, band: 'needs-attention', coveragePercent: 100,
      contributions: {
        'days-since-last-activity': 18, 'total-activities': 16, 'contacts-with-email': 15, 'won-amount': 20,
        'annual-revenue': 9,
      },
    },
    {
      name: 'the traits of the customers below 50',
      readings: {
        'days-since-last-activity': 60, 'total-activities': 1, 'contacts-with-email': 25, 'won-amount': 500000,
        'annual-revenue': 50000000,
      },
      value: 17.85, band: 'at-risk', coveragePercent: 100,
      contributions: {
        'days-since-last-activity': 4, 'total-activities': 1.6, 'contacts-with-email': 5, 'won-amount': 5,
        'annual-revenue': 2.25,
      },
    },
    {
      name: 'no activity data at all',
      readings: { 'contacts-with-email': 75, 'won-amount': 10000000, 'annual-revenue': 1000000000 },
      value: 73.33, band: 'needs-attention', coveragePercent: 60,
      contributions: { 'contacts-with-email': 25, 'won-amount': 33.33, 'annual-revenue': 15 },
    },
    {
      name: 'activity alone is too little',
      readings: { 'days-since-last-activity': 0, 'total-activities': 100 }, value: null, band: 'not-scorable',
      coveragePercent: 40, contributions: {},
    },
  ],
};
