import { DAY_MS, shortHash } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import {
  hasRecentId,
  initialRecentIds,
  RECENT_COUNT,
  type RecentIds,
  recentIdOf,
  withRecentId,
} from './recent-ids.ts';

const at = (receivedDay: number) => receivedDay * DAY_MS + 5;

function received(
  ids: readonly string[],
  receivedDay: number,
  before: RecentIds = initialRecentIds(),
): RecentIds {
  return ids.reduce((recent, id) => withRecentId(recent, id, at(receivedDay)), before);
}

describe('recent event ids (design 3.7)', () => {
  it('tell events apart by source and id', () => {
    expect(recentIdOf({ source: 'crm', id: '1' })).not.toBe(recentIdOf({ source: 'erp', id: '1' }));
    expect(recentIdOf({ source: 'a', id: 'b1' })).not.toBe(recentIdOf({ source: 'ab', id: '1' }));
    expect(recentIdOf({ source: 'crm', id: '1' })).toHaveLength(8);
  });

  it('are found again only where a whole id stands', () => {
    const recent = received(['aaaabbbb', 'ccccdddd'], 100);
    expect(hasRecentId(recent, 'aaaabbbb')).toBe(true);
    expect(hasRecentId(recent, 'ccccdddd')).toBe(true);
    expect(hasRecentId(recent, 'bbbbcccc')).toBe(false);
    expect(hasRecentId(received(['xbbbbccc', 'cbbbbccc', 'cyyyyyyy', 'bbbbcccc'], 1), 'bbbbcccc')).toBe(true);
  });

  it('are kept for seven days of receipt', () => {
    const recent = received(['bbbbbbbb'], 106, received(['aaaaaaaa'], 100));
    expect(hasRecentId(recent, 'aaaaaaaa')).toBe(true);
    const week = received(['cccccccc'], 107, recent);
    expect(hasRecentId(week, 'aaaaaaaa')).toBe(false);
    expect(hasRecentId(week, 'bbbbbbbb')).toBe(true);
    expect(week.cutDay).toBeNull();
  });

  it('are at most 2,048, and say from which day on the horizon was cut', () => {
    const ids = Array.from({ length: RECENT_COUNT }, (_, index) => shortHash(`id-${index}`));
    const full = received(ids.slice(1), 101, received(ids.slice(0, 1), 100));
    expect(full.cutDay).toBeNull();
    const cut = received(['newest__'], 101, full);
    expect(hasRecentId(cut, ids[0] ?? '')).toBe(false);
    expect(hasRecentId(cut, ids[1] ?? '')).toBe(true);
    expect(cut.cutDay).toBe(100);
    expect(cut.days.reduce((sum, day) => sum + day.ids.length, 0)).toBe(RECENT_COUNT * 8);
    expect(received(['later___'], 108, cut).cutDay).toBeNull();
  });

  it('take an id that was received a moment before midnight but comes after it', () => {
    const recent = received(['bbbbbbbb'], 99, received(['aaaaaaaa'], 100));
    expect(recent.days.map(({ receivedDay }) => receivedDay)).toEqual([99, 100]);
    expect(hasRecentId(recent, 'bbbbbbbb')).toBe(true);
    expect(received(['cccccccc'], 90, recent)).toBe(recent);
  });
});
