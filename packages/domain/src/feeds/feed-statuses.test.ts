import { describe, expect, it } from 'vitest';
import { feedStatuses } from './feed-statuses.ts';

describe('whether a feed is alive (design 3.4)', () => {
  it('is fresh for as many days of silence as the feed is allowed, then stale', () => {
    const lastDays = { activity: 100, ticket: 100, feedback: 100, goal: 100 };
    const statusOn = (today: number) => {
      const { activity, ticket, feedback, goal } = feedStatuses(lastDays, today);
      return [activity?.status, ticket?.status, feedback?.status, goal?.status];
    };
    expect(statusOn(107)).toEqual(['fresh', 'fresh', 'fresh', 'fresh']);
    expect(statusOn(108)).toEqual(['stale', 'fresh', 'fresh', 'fresh']);
    expect(statusOn(131)).toEqual(['stale', 'stale', 'fresh', 'fresh']);
    expect(statusOn(191)).toEqual(['stale', 'stale', 'stale', 'fresh']);
    expect(statusOn(281)).toEqual(['stale', 'stale', 'stale', 'stale']);
  });

  it('says when a feed was last heard, and nothing of one that never was', () => {
    expect(feedStatuses({ payment: 5 }, 9)).toEqual({ payment: { status: 'fresh', lastDay: 5 } });
  });

  it('names the feeds in one order, whatever order they came in', () => {
    expect(JSON.stringify(feedStatuses({ goal: 1, activity: 2 }, 3))).toBe(
      JSON.stringify(feedStatuses({ activity: 2, goal: 1 }, 3)),
    );
  });
});
