import { FEEDS, formatDay } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideSilentSources, type PublishedSilence, silentFromDay } from './decide-silent-sources.ts';
import { FEED_FRESHNESS_DAYS, feedStatuses } from './feed-statuses.ts';

const TODAY = 20_000;
const onDays = (lastDays: Parameters<typeof feedStatuses>[0], previous: PublishedSilence = []) =>
  decideSilentSources(previous, feedStatuses(lastDays, TODAY), 'USD');

describe('a source of a tenant that has fallen silent (N2, S76)', () => {
  it('is told from the day after its limit, with the last day heard and what waits for it', () => {
    expect(onDays({ activity: TODAY - 7 }).situations).toEqual([]);
    const { published, situations } = onDays({ activity: TODAY - 8, ticket: TODAY - 30 });
    expect(published).toEqual([{ feed: 'activity', lastDay: TODAY - 8 }]);
    expect(situations).toMatchObject([
      {
        type: 'data-quality.source-silent.raised',
        cause: 'activity',
        code: 'source-silent',
        text: expect.stringContaining(`No activity data since ${formatDay(TODAY - 8)}`),
        valueMinor: null,
        reasons: [{ after: TODAY - 8 }, { after: 7 }, { after: TODAY }],
      },
    ]);
  });

  it('is told once, and once more when it is back', () => {
    const { published } = onDays({ ticket: TODAY - 31 });
    expect(onDays({ ticket: TODAY - 31 }, published)).toEqual({ published, situations: [] });
    expect(onDays({ ticket: TODAY - 31 }, published).published).toBe(published);
    const back = onDays({ ticket: TODAY - 2 }, published);
    expect(back.published).toEqual([]);
    expect(back.situations).toMatchObject([
      { type: 'data-quality.source-silent.cleared', cause: 'ticket', code: 'source-back' },
    ]);
  });

  it('is none that never told anything', () => {
    expect(onDays({}).situations).toEqual([]);
  });

  it('stands exactly while the feed is silent, whatever the way there', () => {
    const ages = fc.array(
      fc.record(Object.fromEntries(FEEDS.map((feed) => [feed, fc.nat(200)])), { requiredKeys: [] }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(ages, (course) => {
        let published: PublishedSilence = [];
        const standing = new Set<string>();
        for (const one of course) {
          const lastDays = Object.fromEntries(
            Object.entries(one).map(([feed, age]) => [feed, TODAY - (age ?? 0)]),
          );
          const decided = onDays(lastDays, published);
          published = decided.published;
          for (const { type, cause } of decided.situations) {
            expect(standing.has(cause)).toBe(type.endsWith('.cleared'));
            if (type.endsWith('.raised')) standing.add(cause);
            else standing.delete(cause);
          }
          const silent = FEEDS.filter((feed) => (one[feed] ?? 0) > FEED_FRESHNESS_DAYS[feed]);
          expect([...standing].sort()).toEqual([...silent].sort());
          expect(published.every((source) => silentFromDay(source) > source.lastDay)).toBe(true);
        }
      }),
    );
  });
});
