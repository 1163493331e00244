import { formatDay } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given, givenAgreement } from '../customer/test-support.ts';
import type { Breakpoints } from '../quantiles/breakpoints.ts';
import { decideRelationship } from './decide-relationship.ts';
import { type Relationship, type RelationshipContext, relationshipOf } from './relationship-of.ts';
import { contextOf, customerOf, feedsOf, TODAY } from './test-support/customer.ts';
import { anyFeeds, anyHappening } from './test-support/happenings.ts';

const agreement = (id: string, line: string) =>
  givenAgreement('created', TODAY - 40, {
    agreementId: id,
    agreementType: 'MSA',
    serviceLine: line,
    endDate: formatDay(TODAY + 900),
  });
const read = (
  events: Parameters<typeof customerOf>[0],
  overrides: Partial<RelationshipContext> = {},
): Relationship => {
  const customer = customerOf(events);
  return relationshipOf(customer, contextOf(customer, overrides));
};

describe('a relationship', () => {
  it('is published with everything that is known, and with what is not', () => {
    const { change } = decideRelationship(null, read([agreement('a', 'platform')]));
    expect(change).toMatchObject({
      type: 'score.relationship.changed',
      unit: 'hundredths',
      value: 3_333,
      previous: null,
      delta: null,
      band: 'shallow',
      coverage: 5_000,
      parts: {
        types: 2_000,
        'types.raw': 1,
        features: null,
        consistency: null,
        qbrDueDay: null,
        openLoops: 0,
      },
      labels: {
        primaryChannel: null,
        path: 'MSA',
        accountSinceSource: 'first-agreement',
        paradoxReasons: null,
      },
    });
    expect(change?.missing).toContainEqual({ signal: 'consistency.product', why: 'no-data' });
  });

  it('is published again when a part or a label is another, and not otherwise', () => {
    const first = read([agreement('a', 'platform')]);
    const { published } = decideRelationship(null, first);
    const same = decideRelationship(published, read([agreement('a', 'platform')]));
    expect(same.change).toBeNull();
    expect(same.published).toBe(published);
    const touched = given('marketing.touch', TODAY, { data: { channel: 'mail' } });
    const { change } = decideRelationship(published, read([agreement('a', 'platform'), touched]));
    expect(change?.reasons).toEqual([
      {
        signal: 'primaryChannel',
        contribution: 0,
        before: null,
        after: null,
        text: 'primary channel: mail, was none',
      },
    ]);
  });

  it('tells consistency from five points on, and efficiency from a tenth on', () => {
    const base = read([]);
    const withBoth = (consistency: number, efficiency: number): Relationship => ({
      ...base,
      consistency: { ...base.consistency, valueHundredths: consistency },
      efficiency: { ...base.efficiency, minorPerActivity: efficiency },
    });
    const { published } = decideRelationship(null, withBoth(5_000, 1_000));
    const isTold = (consistency: number, efficiency: number) =>
      decideRelationship(published, withBoth(consistency, efficiency)).change !== null;
    expect([isTold(5_499, 1_099), isTold(5_500, 1_000), isTold(5_000, 900)]).toEqual([false, true, true]);
    expect(decideRelationship(published, base).change).not.toBeNull();
  });

  it('says how depth moved, by parts that sum to the delta', () => {
    const { published } = decideRelationship(null, read([agreement('a', 'platform')]));
    const { change } = decideRelationship(
      published,
      read([agreement('a', 'platform'), agreement('b', 'advisory')]),
    );
    expect(change).toMatchObject({ value: 4_667, previous: 3_333, delta: 1_334, previousBand: 'shallow' });
    expect(change?.reasons).toEqual([
      {
        signal: 'serviceLines',
        contribution: 1_334,
        before: 1,
        after: 2,
        text: '2 service lines, was 1',
      },
    ]);
  });

  it('flags the paradox with its reasons (S31, S59)', () => {
    const customer = read([agreement('a', 'platform')]);
    const paradox = { isParadox: true, reasons: ['value-concentration', 'relationship-depth'] as const };
    const { change } = decideRelationship(null, { ...customer, paradox });
    expect(change?.parts.paradox).toBe(1);
    expect(change?.labels?.paradoxReasons).toBe('value-concentration, relationship-depth');
    expect(decideRelationship(null, customer).change?.parts.paradox).toBeNull();
    const context = { breakpoints: { ltvQuartersMinor: { edges: [] } } as unknown as Breakpoints };
    expect(read([agreement('a', 'platform')], context).paradox).toBeNull();
  });

  it('has reasons that always sum to its change (N1)', () => {
    const on = fc.integer({ min: TODAY - 380, max: TODAY });
    const events = fc.array(anyHappening(on), { maxLength: 12 });
    fc.assert(
      fc.property(events, events, anyFeeds, (before, after, feeds) => {
        const { published } = decideRelationship(null, read(before));
        const { change } = decideRelationship(published, read([...before, ...after], { feeds }));
        if (change === null) return;
        const sum = change.reasons.reduce((total, { contribution }) => total + contribution, 0);
        expect(sum).toBe(change.value === null ? 0 : (change.delta ?? change.value));
      }),
    );
  });

  it('tells nothing new of silence but what is missing', () => {
    const events = [agreement('a', 'platform'), given('activity.login', TODAY - 9, { data: {} })];
    const { published } = decideRelationship(null, read(events));
    const feeds = { ...feedsOf('fresh'), activity: { status: 'stale', lastDay: TODAY - 9 } } as const;
    const { change } = decideRelationship(published, read(events, { feeds }));
    expect(change).toMatchObject({ value: 3_333, delta: 0, low: 1_667, high: 6_667, uncertain: true });
    expect(change?.missing).toContainEqual({ signal: 'primaryChannel', why: 'feed-stale' });
  });
});
