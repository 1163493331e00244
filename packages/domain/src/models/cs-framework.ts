import type { ModelPack } from './model-pack.ts';

/**
 * The customer-success framework (S94): 0.4 usage (S91) + 0.3 support (S92) + 0.3 business value (S93); from 80
 * healthy, from 50 needs attention, else at risk. The framework names indicators but no curves: these are defaults
 * that put the thresholds it does give where they belong (use down by 20 % gives 50 points, D15).
 */
export const CS_FRAMEWORK: ModelPack = {
  id: 'cs-framework',
  version: '1.0.0',
  minimumCoverageHundredths: 5000,
  healthyFromHundredths: 8000,
  needsAttentionFromHundredths: 5000,
  atRiskBelowHundredths: 5000,
  atRiskClearedFromHundredths: 5500,
  publishFromHundredths: 50,
  signals: [
    {
      signal: 'login-frequency',
      pillar: 'usage',
      weight: 16,
      feed: 'activity',
      windowDays: 30,
      freshDays: 30,
      // days of use: half of the working days of a month are a good rhythm
      curve: [
        [0, 0],
        [4, 40],
        [10, 80],
        [18, 100],
      ],
    },
    {
      signal: 'feature-adoption',
      pillar: 'usage',
      weight: 12,
      feed: 'activity',
      windowDays: 30,
      freshDays: 30,
      // distinct features
      curve: [
        [0, 0],
        [1, 30],
        [3, 60],
        [6, 85],
        [10, 100],
      ],
    },
    {
      signal: 'usage-trend',
      pillar: 'usage',
      weight: 12,
      feed: 'activity',
      windowDays: 30,
      freshDays: 30,
      // percent against the window before
      curve: [
        [-100, 0],
        [-50, 20],
        [-20, 50],
        [0, 80],
        [20, 100],
      ],
    },
    {
      signal: 'ticket-load',
      pillar: 'support',
      weight: 10,
      feed: 'ticket',
      windowDays: 30,
      freshDays: 30,
      // tickets weighted by severity: 8, 4, 2, 1 for severity 1 to 4
      curve: [
        [0, 100],
        [4, 80],
        [8, 50],
        [16, 20],
        [32, 0],
      ],
    },
    {
      signal: 'response-time',
      pillar: 'support',
      weight: 6,
      feed: 'ticket',
      windowDays: 90,
      freshDays: 45,
      // hours
      curve: [
        [1, 100],
        [4, 90],
        [8, 75],
        [24, 50],
        [72, 10],
        [120, 0],
      ],
    },
    {
      signal: 'resolution-time',
      pillar: 'support',
      weight: 6,
      feed: 'ticket',
      windowDays: 90,
      freshDays: 45,
      // hours
      curve: [
        [4, 100],
        [24, 85],
        [72, 60],
        [168, 30],
        [336, 0],
      ],
    },
    {
      signal: 'csat',
      pillar: 'support',
      weight: 8,
      feed: 'feedback',
      windowDays: 90,
      freshDays: 45,
      // satisfaction on 0..100, high is good (D18)
      curve: [
        [0, 0],
        [100, 100],
      ],
    },
    {
      signal: 'goals-met',
      pillar: 'business',
      weight: 10,
      feed: 'goal',
      windowDays: null,
      freshDays: 180,
      // percent
      curve: [
        [0, 0],
        [100, 100],
      ],
    },
    {
      signal: 'value-realised',
      pillar: 'business',
      weight: 10,
      feed: 'goal',
      windowDays: 365,
      freshDays: 180,
      // percent of target
      curve: [
        [0, 0],
        [100, 100],
      ],
    },
    {
      signal: 'executive-sponsor',
      pillar: 'business',
      weight: 10,
      feed: 'contact',
      windowDays: null,
      freshDays: 180,
      // active sponsors
      curve: [
        [0, 0],
        [1, 100],
      ],
    },
  ],
};
