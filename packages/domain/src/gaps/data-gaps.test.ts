import { type EventData, formatDay } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import {
  type DataGaps,
  foldNotice,
  MAX_GAPS,
  missingSince,
  NO_GAPS,
  type SourceNotice,
} from './data-gaps.ts';

const DAY = 20_000;

function gap(
  day: number,
  { source = 'crm', ...data }: Partial<EventData<'source.gap-detected'>> & { source?: string } = {},
) {
  return given('source.gap-detected', day, { source, data: { cause: 'gap-marker', ...data } });
}
function resynced(
  day: number,
  { source = 'crm', ...data }: EventData<'source.resynced'> & { by?: string } = {},
) {
  const { by = source, ...told } = { source, ...data };
  return given('source.resynced', day, { source: by, data: told });
}
const fold = (...notices: readonly SourceNotice[]): DataGaps =>
  notices.reduce((gaps, notice) => foldNotice(gaps, notice), NO_GAPS);
const sinceDay = (gaps: DataGaps) => {
  const since = missingSince(gaps);
  return since === null ? null : Math.floor(since / 86_400_000) - DAY;
};

describe('data that may be missing (N14)', () => {
  it('is missing since the gap, or since the source says, until the source was read again', () => {
    expect(sinceDay(NO_GAPS)).toBeNull();
    expect(sinceDay(fold(gap(DAY)))).toBe(0);
    expect(sinceDay(fold(gap(DAY, { since: `${formatDay(DAY - 3)}T00:00:00Z` })))).toBe(-3);
    expect(sinceDay(fold(gap(DAY), resynced(DAY + 1)))).toBeNull();
  });

  it('is not there again with a re-sync of an earlier state, of another source, or of another cause', () => {
    expect(sinceDay(fold(gap(DAY), resynced(DAY - 1)))).toBe(0);
    expect(sinceDay(fold(gap(DAY), resynced(DAY + 1, { through: `${formatDay(DAY - 1)}T00:00:00Z` })))).toBe(
      0,
    );
    expect(sinceDay(fold(gap(DAY), resynced(DAY + 1, { source: 'support' })))).toBe(0);
    expect(sinceDay(fold(gap(DAY), resynced(DAY + 1, { cause: 'sequence-hole' })))).toBe(0);
  });

  it('is there again when somebody says so of all sources', () => {
    expect(
      sinceDay(
        fold(gap(DAY), gap(DAY, { source: 'support' }), resynced(DAY, { source: '*', by: '/operator' })),
      ),
    ).toBeNull();
  });

  it('is missing since the earliest of several gaps, and one ends without the others', () => {
    const both = fold(gap(DAY, { source: 'support' }), gap(DAY + 2));
    expect(sinceDay(both)).toBe(0);
    expect(sinceDay(foldNotice(both, resynced(DAY + 5, { source: 'support' })))).toBe(2);
  });

  it('concerns the feed that is named, else all that the source delivers', () => {
    const feeds = (notice: SourceNotice) =>
      foldNotice(NO_GAPS, notice, ['ticket', 'feedback']).open[0]?.feeds;
    expect(feeds(gap(DAY, { feed: 'agreement' }))).toEqual(['agreement']);
    expect(feeds(gap(DAY))).toEqual(['ticket', 'feedback']);
  });

  it('is the same however often it is told', () => {
    const told = gap(DAY);
    const gaps = fold(told);
    expect(foldNotice(gaps, { ...told, id: 'again' })).toBe(gaps);
    const done = foldNotice(gaps, resynced(DAY + 1));
    expect(foldNotice(done, resynced(DAY + 1))).toBe(done);
    expect(foldNotice(done, told)).toBe(done);
  });

  it('takes bounded memory, and nothing that is missing is forgotten', () => {
    const many = Array.from({ length: 3 * MAX_GAPS }, (_, index) =>
      gap(DAY + index, { source: `s${index % 5}` }),
    );
    const gaps = fold(...many);
    expect(gaps.open).toHaveLength(MAX_GAPS);
    expect(sinceDay(gaps)).toBe(0);
    const sources = Array.from({ length: 5 }, (_, index) => resynced(DAY + 100, { source: `s${index}` }));
    // What had to be joined over several sources waits for somebody who speaks for all.
    expect(sinceDay(sources.reduce((before, notice) => foldNotice(before, notice), gaps))).toBe(0);
    expect(sinceDay(foldNotice(gaps, resynced(DAY + 100, { source: '*' })))).toBeNull();
  });

  const notices = fc.array(
    fc.oneof(
      fc
        .tuple(
          fc.nat(9),
          fc.constantFrom('crm', 'support'),
          fc.constantFrom('gap-marker', 'sequence-hole'),
          fc.nat(3),
        )
        .map(([day, source, cause, back]) =>
          gap(DAY + day, { source, cause, since: `${formatDay(DAY + day - back)}T12:00:00Z` }),
        ),
      fc
        .tuple(fc.nat(9), fc.constantFrom('crm', 'support', '*'), fc.constantFrom(undefined, 'sequence-hole'))
        .map(([day, source, cause]) => resynced(DAY + day, { source, ...(cause ? { cause } : {}) })),
    ),
    { maxLength: 14 },
  );

  it('is what a plain look at all notices says (oracle)', () => {
    fc.assert(
      fc.property(notices, (told) => {
        expect(missingSince(fold(...told))).toBe(lookedUp(told));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same in whatever order it is told (N5)', () => {
    const orders = notices.chain((told) =>
      fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length })),
    );
    fc.assert(
      fc.property(orders, ([told, shuffled]) => {
        expect(JSON.stringify(fold(...shuffled))).toBe(JSON.stringify(fold(...told)));
      }),
      { numRuns: 500 },
    );
  });
});

/** The oracle: of all gaps that no re-sync covers, the earliest beginning. */
function lookedUp(told: readonly SourceNotice[]): number | null {
  const begun: number[] = [];
  for (const one of told) {
    if (one.type !== 'source.gap-detected') continue;
    const isOver = told.some(
      (other) =>
        other.type === 'source.resynced' &&
        (other.data.source === '*' || other.data.source === one.source) &&
        (other.data.cause === undefined || other.data.cause === one.data.cause) &&
        other.time >= one.time,
    );
    if (!isOver) begun.push(Date.parse(one.data.since ?? ''));
  }
  return begun.length === 0 ? null : Math.min(...begun);
}
