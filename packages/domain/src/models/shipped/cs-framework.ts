// Made from packages/model-packs/packs by `npm run model-packs`; change it there.
// biome-ignore-all format: written as short as it can be read
import type { ModelPack } from '../model-pack.ts';

/** Customer-success framework, 2.0.0. */
export const CS_FRAMEWORK: ModelPack = {
  format: 1, id: 'cs-framework', version: '2.0.0', title: 'Customer-success framework',
  source: 'The customer-success framework (S94): 0.4 product usage (S91), 0.3 support (S92), 0.3 business value (S93); from 80 healthy, from 50 needs attention, else at risk. It names indicators but no curves; the curves are ours.',
  notes: 'Points put the thresholds that are known where they belong: use down by 20 % and two escalations in 30 days (D15) give 50 points. Login frequency is compared with what is usual for the customer as soon as three whole periods of 30 days are known (N17), so that a customer who always came once a week is not taken for one who drifts away.',
  pillars: [
    { pillar: 'usage', title: 'Product usage', weight: 40 },
    { pillar: 'support', title: 'Support', weight: 30 },
    { pillar: 'business', title: 'Business value', weight: 30 },
  ],
  signals: [
    {
      signal: 'login-frequency', pillar: 'usage', weight: 12, feed: 'activity', windowDays: 30, freshDays: 30,
      curve: [[0, 0], [4, 40, 'once a week'], [10, 80, 'every other working day'], [18, 100]],
      relativeTo: {
        kind: 'own-baseline', periods: 6, minimumPeriods: 3, minimumUsual: 1,
        curve: [
          [0, 0, 'stopped'], [50, 20, 'halved'], [80, 50, 'early-warning sign'], [100, 80, 'as usual'],
          [120, 100],
        ],
      },
    },
    {
      signal: 'feature-adoption', pillar: 'usage', weight: 10, feed: 'activity', windowDays: 30, freshDays: 30,
      curve: [[0, 0], [1, 30], [3, 60], [6, 85], [10, 100]],
    },
    {
      signal: 'usage-trend', pillar: 'usage', weight: 10, feed: 'activity', windowDays: 30, freshDays: 30,
      curve: [
        [-100, 0, 'stopped'], [-50, 20], [-20, 50, 'early-warning sign'], [0, 80, 'as before'], [20, 100],
      ],
    },
    {
      signal: 'seat-use', pillar: 'usage', weight: 8, feed: 'activity', windowDays: 30, freshDays: 14,
      curve: [[0, 0], [20, 30], [40, 55], [60, 80], [80, 100]],
    },
    {
      signal: 'ticket-load', pillar: 'support', weight: 8, feed: 'ticket', windowDays: 30, freshDays: 30,
      curve: [[0, 100], [4, 80], [8, 50, 'one of the worst severity'], [16, 20], [32, 0]],
    },
    {
      signal: 'response-time', pillar: 'support', weight: 5, feed: 'ticket', windowDays: 90, freshDays: 45,
      curve: [[1, 100], [4, 90], [8, 75], [24, 50], [72, 10], [120, 0]],
    },
    {
      signal: 'resolution-time', pillar: 'support', weight: 5, feed: 'ticket', windowDays: 90, freshDays: 45,
      curve: [[4, 100], [24, 85], [72, 60], [168, 30, 'a week'], [336, 0, 'two weeks']],
    },
    {
      signal: 'csat', pillar: 'support', weight: 7, feed: 'feedback', windowDays: 90, freshDays: 45,
      curve: [[0, 0], [100, 100]],
    },
    {
      signal: 'escalations', pillar: 'support', weight: 5, feed: 'ticket', windowDays: 30, freshDays: 30,
      curve: [[0, 100], [1, 80], [2, 50, 'early-warning sign'], [4, 10], [5, 0]],
    },
    {
      signal: 'goals-met', pillar: 'business', weight: 8, feed: 'goal', windowDays: null, freshDays: 180,
      curve: [[0, 0], [100, 100]],
    },
    {
      signal: 'value-realised', pillar: 'business', weight: 8, feed: 'goal', windowDays: 365, freshDays: 180,
      curve: [[0, 0], [100, 100]],
    },
    {
      signal: 'executive-sponsor', pillar: 'business', weight: 8, feed: 'contact', windowDays: null,
      freshDays: 180, curve: [[0, 0], [1, 100]],
    },
    {
      signal: 'active-agreements', pillar: 'business', weight: 6, feed: 'agreement', windowDays: null,
      freshDays: 180, curve: [[0, 0, 'all have ended'], [1, 80], [3, 100]],
    },
  ],
  bands: {
    healthyFromPoints: 80, needsAttentionFromPoints: 50, atRiskBelowPoints: 50, atRiskClearedFromPoints: 55,
  },
  minimumCoveragePercent: 50, publishFromPoints: 0.5,
  goldenCases: [
    {
      name: 'all is known, too little history to compare',
      readings: {
        'login-frequency': 16, 'feature-adoption': 1, 'usage-trend': 6.7, 'seat-use': 60, 'ticket-load': 2,
        'response-time': 2, 'resolution-time': 24, csat: 75, escalations: 0, 'goals-met': 100,
        'value-realised': 75, 'executive-sponsor': 1, 'active-agreements': 1,
      },
      value: 82.8, band: 'healthy', coveragePercent: 100,
      contributions: {
        'login-frequency': 11.4, 'feature-adoption': 3, 'usage-trend': 8.67, 'seat-use': 6.4,
        'ticket-load': 7.2, 'response-time': 4.83, 'resolution-time': 4.25, csat: 5.25, escalations: 5,
        'goals-met': 8, 'value-realised': 6, 'executive-sponsor': 8, 'active-agreements': 4.8,
      },
    },
    {
      name: 'once a week as always, and nothing wrong',
      readings: {
        'login-frequency': { reading: 4, norm: 4 }, 'feature-adoption': 3, 'usage-trend': 0, 'ticket-load': 0,
        'executive-sponsor': 1, 'active-agreements': 1,
      },
      value: 82.22, band: 'healthy', coveragePercent: 54,
      contributions: {
        'login-frequency': 17.78, 'feature-adoption': 11.11, 'usage-trend': 14.82, 'ticket-load': 14.81,
        'executive-sponsor': 14.81, 'active-agreements': 8.89,
      },
    },
    {
      name: 'half of what is usual, tickets and escalations, but too little is known',
      readings: {
        'login-frequency': { reading: 9, norm: 18 }, 'usage-trend': -50, 'ticket-load': 8, escalations: 2,
        'executive-sponsor': 0, 'active-agreements': 1,
      },
      value: null, band: 'not-scorable', coveragePercent: 49, contributions: {},
    },
    {
      name: 'the same with an unhappy answer',
      readings: {
        'login-frequency': { reading: 9, norm: 18 }, 'usage-trend': -50, 'ticket-load': 8, csat: 20,
        escalations: 2, 'executive-sponsor': 0, 'active-agreements': 1,
      },
      value: 30.54, band: 'at-risk', coveragePercent: 56,
      contributions: {
        'login-frequency': 4.29, 'usage-trend': 3.57, 'ticket-load': 7.14, csat: 2.5, escalations: 4.47,
        'active-agreements': 8.57,
      },
    },
  ],
};
