// Made from packages/model-packs/packs by `npm run model-packs`; change it there.
// biome-ignore-all format: written as short as it can be read
import type { ModelPack } from '../model-pack.ts';

/** Mattermost account health, 1.0.0. */
export const MATTERMOST_2025: ModelPack = {
  format: 1, id: 'mattermost-2025', version: '1.0.0', title: 'Mattermost account health',
  source: 'mattermost/mattermost-data-warehouse, transform/snowflake-dbt/models/cs/account_health_score.sql: a health model that a company has used in production, rebuilt from its published query.',
  notes: 'Reproduced as it is, with its faults. It takes silence for an answer: no ticket in 90 days counts as half of the points, also where no ticket ever came in; no task, also where none was ever kept, as a quarter. So a score of this model may rest on nothing; coverage and confidence say how much. Only customers with an agreement in force are scored. The original rounds to whole points and has no bands: those are of the customer-success framework.',
  pillars: [
    { pillar: 'tenure', title: 'Tenure', weight: 25 }, { pillar: 'licence', title: 'Licence end', weight: 25 },
    { pillar: 'tickets', title: 'Tickets', weight: 25 }, { pillar: 'tasks', title: 'Tasks', weight: 25 },
  ],
  signals: [
    {
      signal: 'agreement-tenure', pillar: 'tenure', weight: 25, feed: 'agreement', windowDays: null,
      freshDays: 180, required: true,
      steps: [
        [0, 25, 'half a year'], [183, 50, 'a year'], [366, 75, 'two years'], [731, 90, 'above two years'],
      ],
    },
    {
      signal: 'agreement-end', pillar: 'licence', weight: 25, feed: 'agreement', windowDays: null,
      freshDays: 180, required: true, steps: [[0, 10], [16, 25], [31, 75], [61, 90], [91, 100]],
    },
    {
      signal: 'ticket-count', pillar: 'tickets', weight: 25, feed: 'ticket', windowDays: 90, freshDays: 90,
      steps: [[0, 50, 'silence'], [1, 100], [3, 75], [5, 25]],
      whenMissing: {
        points: 50,
        because: 'the original counts a customer without any ticket data like one who opened no ticket',
      },
    },
    {
      signal: 'days-since-last-task', pillar: 'tasks', weight: 25, feed: 'engagement', windowDays: null,
      freshDays: 90, steps: [[0, 100], [30, 75], [60, 50], [90, 25]],
      whenMissing: {
        points: 25,
        because: 'the original counts a customer without any task like one whose last task is 90 days old',
      },
    },
  ],
  bonuses: [{ name: 'reference', when: { fact: 'reference', is: [true] }, points: 10 }],
  overrides: [
    { name: 'risk-status-at-risk', when: { fact: 'status', is: ['At Risk'] }, points: 20, band: 'at-risk' },
    {
      name: 'risk-status-early-warning', when: { fact: 'status', is: ['Early Warning', 'Delayed'] },
      points: 50, band: 'needs-attention',
    },
  ],
  bands: {
    healthyFromPoints: 80, needsAttentionFromPoints: 50, atRiskBelowPoints: 50, atRiskClearedFromPoints: 55,
  },
  minimumCoveragePercent: 50, publishFromPoints: 0.5,
  goldenCases: [
    {
      name: 'an old customer, well looked after',
      readings: {
        'agreement-tenure': 800, 'agreement-end': 200, 'ticket-count': 1, 'days-since-last-task': 5,
      },
      value: 97.5, band: 'healthy', coveragePercent: 100,
      contributions: {
        'agreement-tenure': 22.5, 'agreement-end': 25, 'ticket-count': 25, 'days-since-last-task': 25,
      },
    },
    {
      name: 'the same customer is a reference; 100 is the most',
      readings: {
        'agreement-tenure': 800, 'agreement-end': 200, 'ticket-count': 1, 'days-since-last-task': 5,
      },
      facts: { reference: true }, value: 100, band: 'healthy', coveragePercent: 100,
      contributions: {
        'agreement-tenure': 22.5, 'agreement-end': 25, 'ticket-count': 25, 'days-since-last-task': 25,
        reference: 2.5,
      },
    },
    {
      name: 'a new customer near the end of the licence',
      readings: {
        'agreement-tenure': 182, 'agreement-end': 15, 'ticket-count': 3, 'days-since-last-task': 60,
      },
      value: 40, band: 'at-risk', coveragePercent: 100,
      contributions: {
        'agreement-tenure': 6.25, 'agreement-end': 2.5, 'ticket-count': 18.75, 'days-since-last-task': 12.5,
      },
    },
    {
      name: 'each a day or a ticket further',
      readings: {
        'agreement-tenure': 183, 'agreement-end': 16, 'ticket-count': 5, 'days-since-last-task': 90,
      },
      value: 31.25, band: 'at-risk', coveragePercent: 100,
      contributions: {
        'agreement-tenure': 12.5, 'agreement-end': 6.25, 'ticket-count': 6.25, 'days-since-last-task': 6.25,
      },
    },
    {
      name: 'a year, 31 days, silence, a month',
      readings: {
        'agreement-tenure': 365, 'agreement-end': 31, 'ticket-count': 0, 'days-since-last-task': 30,
      },
      value: 62.5, band: 'needs-attention', coveragePercent: 100,
      contributions: {
        'agreement-tenure': 12.5, 'agreement-end': 18.75, 'ticket-count': 12.5, 'days-since-last-task': 18.75,
      },
    },
    {
      name: 'two years, 61 days, and a reference',
      readings: {
        'agreement-tenure': 730, 'agreement-end': 61, 'ticket-count': 2, 'days-since-last-task': 29,
      },
      facts: { reference: true }, value: 100, band: 'healthy', coveragePercent: 100,
      contributions: {
        'agreement-tenure': 18.75, 'agreement-end': 22.5, 'ticket-count': 25, 'days-since-last-task': 25,
        reference: 8.75,
      },
    },
    {
      name: 'nothing but the agreement is known, silence gives half and a quarter',
      readings: { 'agreement-tenure': 366, 'agreement-end': 91 }, value: 62.5, band: 'needs-attention',
      coveragePercent: 50,
      contributions: {
        'agreement-tenure': 18.75, 'agreement-end': 25, 'ticket-count': 12.5, 'days-since-last-task': 6.25,
      },
    },
    {
      name: 'no agreement in force, no score', readings: { 'ticket-count': 1, 'days-since-last-task': 5 },
      value: null, band: 'not-scorable', coveragePercent: 50, contributions: {},
    },
    {
      name: 'the CRM says At Risk, whatever the rest, also of a reference',
      readings: {
        'agreement-tenure': 800, 'agreement-end': 200, 'ticket-count': 1, 'days-since-last-task': 5,
      },
      facts: { status: 'At Risk', reference: true }, value: 20, band: 'at-risk', coveragePercent: 100,
      contributions: {
        'agreement-tenure': 22.5, 'agreement-end': 25, 'ticket-count': 25, 'days-since-last-task': 25,
        reference: 2.5, 'risk-status-at-risk': -80,
      },
    },
    {
      name: 'the CRM says Early Warning of a customer who would be lower',
      readings: {
        'agreement-tenure': 183, 'agreement-end': 16, 'ticket-count': 5, 'days-since-last-task': 90,
      },
      facts: { status: 'Early Warning' }, value: 50, band: 'needs-attention', coveragePercent: 100,
      contributions: {
        'agreement-tenure': 12.5, 'agreement-end': 6.25, 'ticket-count': 6.25, 'days-since-last-task': 6.25,
        'risk-status-early-warning': 18.75,
      },
    },
    {
      name: 'the CRM says Delayed',
      readings: {
        'agreement-tenure': 800, 'agreement-end': 200, 'ticket-count': 0, 'days-since-last-task': 5,
      },
      facts: { status: 'Delayed' }, value: 50, band: 'needs-attention', coveragePercent: 100,
      contributions: {
        'agreement-tenure': 22.5, 'agreement-end': 25, 'ticket-count': 12.5, 'days-since-last-task': 25,
        'risk-status-early-warning': -35,
      },
    },
  ],
};
