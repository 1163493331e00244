import { PORTFOLIO_CUSTOMER_ID, type PortfolioContribution } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Concentration, standingOf, TOP_CUSTOMERS, type TopCustomer } from './concentration.ts';
import { decidePortfolio } from './decide-portfolio.ts';
import { currentOfPortfolio } from './portfolio-current.ts';
import { evolvePortfolio, initialPortfolio, type PortfolioHead } from './portfolio-head.ts';

/** A portfolio with its store of contributions: values by customer. */
class Course {
  head: PortfolioHead = initialPortfolio('acme');
  readonly values = new Map<string, number>();
  #offset = 0;

  set(customerId: string, valueMinor: number): this {
    const before = this.values.get(customerId);
    const contribution: PortfolioContribution = {
      kind: 'contribution',
      tenant: 'acme',
      customerId,
      currency: 'USD',
      before: before === undefined ? null : { valueMinor: before },
      after: { valueMinor },
      asOf: this.values.size,
      knownAt: this.values.size,
      historical: false,
      position: { partition: 0, offset: this.#offset, step: 0 },
    };
    this.#offset += 1;
    this.values.set(customerId, valueMinor);
    this.head = evolvePortfolio(this.head, contribution, this.#offset);
    return this;
  }

  decide() {
    const decided = decidePortfolio(this.head, this.top());
    this.head = decided.head;
    return decided.change;
  }

  top(): readonly TopCustomer[] {
    const all = [...this.values].map(([customerId, valueMinor]) => ({ customerId, valueMinor }));
    const byValue = all.sort((a, b) => b.valueMinor - a.valueMinor || (a.customerId < b.customerId ? -1 : 1));
    return byValue.slice(0, TOP_CUSTOMERS);
  }
}

function portfolioOf(...values: readonly number[]): Course {
  const course = new Course();
  for (const [index, value] of values.entries()) course.set(`c${index}`, value);
  return course;
}

const equal = (count: number) => Array.from({ length: count }, () => 100);
const scoreOf = (course: Course) => course.decide()?.changes[0];

describe('concentration (S5, D2)', () => {
  it.each([
    [[30, 30, 20, 20], 2_600],
    [[40, 30, 20, 10], 3_000],
    [[70, 30], 5_800],
    [equal(10), 1_000],
    [equal(64), 156.3],
    [[100], 10_000],
  ])('has the HHI of the merger guidelines for shares %j', (shares, hhi) => {
    expect(scoreOf(portfolioOf(...shares))).toMatchObject({
      value: hhi * 10,
      parts: { hhiTenths: hhi * 10 },
    });
  });

  it('is taken over customers with a positive value only', () => {
    const course = portfolioOf(30, 30, 20, 20, 0, -500);
    expect(scoreOf(course)).toMatchObject({
      value: 26_000,
      parts: { customers: 6, positiveCustomers: 4, totalMinor: 100, top5BasisPoints: 10_000 },
    });
    expect(course.head.sumMinor).toBe('-400');
  });

  it('has the shares of the greatest 5, 10 and 20 in hundredths of a percent', () => {
    expect(scoreOf(portfolioOf(...equal(30)))).toMatchObject({
      parts: {
        top1BasisPoints: 333,
        top5BasisPoints: 1_667,
        top10BasisPoints: 3_333,
        top20BasisPoints: 6_667,
      },
    });
  });

  it('is exact where sums and squares pass 2^53', () => {
    const huge = 8_999_999_999_999_999;
    const course = portfolioOf(huge, huge, huge, huge - 1);
    expect(scoreOf(course)).toMatchObject({ value: 25_000, parts: { totalMinor: null } });
    expect(course.head.sumPositiveMinor).toBe(String(4n * BigInt(huge) - 1n));
    for (const id of ['c0', 'c1', 'c2', 'c3']) course.set(id, 1);
    expect(course.head).toMatchObject({ sumPositiveMinor: '4', sumSquares: '4' });
  });

  it('is nothing but zero for a portfolio without any value', () => {
    expect(scoreOf(portfolioOf(0, -5))).toMatchObject({
      value: 0,
      band: 'low',
      parts: { top5BasisPoints: 0 },
    });
    expect(new Course().decide()).toBeNull();
  });

  it('has the band and alarms of what it is now, whatever the way there', () => {
    const ways = [
      [560, 520],
      [100, 520],
    ];
    const ends = ways.map((way) => {
      const course = portfolioOf(...equal(10));
      for (const value of way) course.set('c0', value).decide();
      return course.head.published;
    });
    expect(ends[0]).toMatchObject({
      hhiTenths: 17_873,
      band: 'moderate',
      alarms: ['single-customer', 'top-5'],
    });
    expect({ ...ends[0], situation: null }).toEqual({ ...ends[1], situation: null });
  });

  it('is told of as a situation that ends later than it begins', () => {
    const band = (hhi: number, held: Concentration['band']) =>
      standingOf({ hhiTenths: hhi * 10, top1BasisPoints: 0, top5BasisPoints: 0 }, { band: held, alarms: [] })
        .band;
    expect([band(999, 'low'), band(1_000, 'low'), band(1_800, 'low'), band(1_801, 'low')]).toEqual([
      'low',
      'moderate',
      'moderate',
      'high',
    ]);
    expect([band(950, 'moderate'), band(949, 'moderate')]).toEqual(['moderate', 'low']);
    expect([band(1_751, 'high'), band(1_750, 'high'), band(949, 'high')]).toEqual([
      'high',
      'moderate',
      'low',
    ]);
  });
});

describe('what a portfolio publishes', () => {
  it('is numbered and under a name of its own, and only when something differs', () => {
    const course = portfolioOf(...equal(40));
    expect(course.decide()).toMatchObject({
      customerId: PORTFOLIO_CUSTOMER_ID,
      sequence: 40,
      cause: 'new-data',
    });
    expect(course.decide()).toBeNull();
    course.set('c0', 100);
    expect(course.decide()).toBeNull();
    expect(course.set('c0', 900).decide()).toMatchObject({ sequence: 42 });
  });

  it('raises a situation when it becomes dependent, again when that gets worse, and clears it (S9)', () => {
    const course = portfolioOf(...equal(40));
    const situationAfter = (valueMinor: number) =>
      course.set('c0', valueMinor).decide()?.changes.slice(1) ?? [];
    expect(course.decide()?.changes).toHaveLength(1);
    const raised = { type: 'portfolio.concentration.raised', cause: 'portfolio' };
    expect(situationAfter(450)).toMatchObject([{ ...raised, code: 'single-customer' }]);
    expect(situationAfter(451)).toEqual([]);
    expect(situationAfter(2_000)).toMatchObject([{ ...raised, code: 'hhi-moderate' }]);
    expect(situationAfter(9_000)).toMatchObject([{ ...raised, code: 'hhi-high' }]);
    expect(situationAfter(100)).toMatchObject([
      { type: 'portfolio.concentration.cleared', code: 'not-concentrated' },
    ]);
  });

  it('tells the situation in words that stay true; its numbers are those of when it was raised', () => {
    const course = portfolioOf(...equal(40));
    course.decide();
    const [situation] = course.set('c0', 450).decide()?.changes.slice(1) ?? [];
    if (situation === undefined || 'score' in situation) throw new Error('no situation');
    expect(situation.text).toBe('The portfolio depends on few customers: on one above all');
    expect(situation.reasons.map(({ text, contribution }) => [text, contribution])).toEqual([
      [expect.stringMatching(/^when raised: concentration index \(HHI\) \d+\.\d$/), 0],
      ['when raised: the greatest customer holds 10.34 % of the value', 0],
      [expect.stringMatching(/^when raised: the five greatest customers hold [\d.]+ % of the value$/), 0],
    ]);
  });

  it('raises again under another name when the gravest alarm is over and a lesser one is left', () => {
    const course = portfolioOf(...equal(40));
    course.decide();
    const raisedAfter = (valueMinor: number) => course.set('c0', valueMinor).decide()?.changes.slice(1) ?? [];
    expect(raisedAfter(9_000)).toMatchObject([{ code: 'hhi-high' }]);
    expect(raisedAfter(450)).toMatchObject([
      { type: 'portfolio.concentration.raised', code: 'single-customer' },
    ]);
    expect(raisedAfter(451)).toEqual([]);
  });

  it('keeps an alarm until the share is clearly below its threshold', () => {
    const course = portfolioOf(...equal(100));
    course.decide();
    expect(course.set('c0', 1_100).decide()?.changes).toHaveLength(2);
    // 1,070 of 10,970 is 9.75 %: below the threshold of 10 %, above the exit of 9.5 %
    expect(course.set('c0', 1_070).decide()?.changes).toHaveLength(1);
    expect(course.set('c0', 1_000).decide()?.changes).toHaveLength(2);
  });

  it('has at most 20 customers and one rest as reasons, which sum exactly to the delta (N1)', () => {
    const move = fc.record({ customer: fc.nat(40), valueMinor: fc.integer({ min: -1_000, max: 100_000 }) });
    fc.assert(
      fc.property(fc.array(fc.array(move, { minLength: 1, maxLength: 30 }), { maxLength: 8 }), (batches) => {
        const course = new Course();
        for (const batch of batches) {
          for (const { customer, valueMinor } of batch) course.set(`c${customer}`, valueMinor);
          const score = course.decide()?.changes[0];
          if (score === undefined || !('unit' in score)) continue;
          expect(score.reasons.length).toBeLessThanOrEqual(TOP_CUSTOMERS + 1);
          const sum = score.reasons.reduce((total, { contribution }) => total + contribution, 0);
          expect(sum).toBe(score.delta ?? score.value);
        }
      }),
    );
  });

  it('folds contributions in any order, and a recompute of the sums agrees', () => {
    const values = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: -100, max: 1_000 })), { maxLength: 40 });
    fc.assert(
      fc.property(values, (moves) => {
        const course = new Course();
        for (const [customer, value] of moves) course.set(`c${customer}`, value);
        const all = [...course.values.values()];
        const positive = all.filter((value) => value > 0);
        expect(course.head).toMatchObject({
          customers: all.length,
          positiveCustomers: positive.length,
          sumMinor: String(all.reduce((a, b) => a + b, 0)),
          sumPositiveMinor: String(positive.reduce((a, b) => a + b, 0)),
          sumSquares: String(positive.reduce((a, b) => a + b * b, 0)),
        });
      }),
    );
  });
});

describe('a contribution that is told again after a failure', () => {
  const contribution = (offset: number, customerId: string, afterMinor: number): PortfolioContribution => ({
    kind: 'contribution',
    tenant: 'acme',
    customerId,
    currency: 'USD',
    before: null,
    after: { valueMinor: afterMinor },
    asOf: 1,
    knownAt: 1,
    historical: false,
    position: { partition: 3, offset, step: 0 },
  });

  const take = (head: PortfolioHead, told: PortfolioContribution, index: number) =>
    evolvePortfolio(head, told, index + 1);

  it('changes nothing, also where only a part of a record was told before', () => {
    const first = [contribution(5, 'a', 10), contribution(5, 'b', 20)];
    const again = [...first, contribution(5, 'c', 30), contribution(6, 'd', 40)];
    const once = again.reduce(take, initialPortfolio('acme'));
    const twice = [...first, ...again, ...again].reduce(take, initialPortfolio('acme'));
    expect({ ...twice, come: 0 }).toEqual({ ...once, come: 0 });
    expect(once).toMatchObject({ customers: 4, sumMinor: '100' });
  });
});

describe('a source of the tenant that falls silent (N2)', () => {
  const feedsMark = (version: number, status: 'fresh' | 'stale'): PortfolioContribution => ({
    kind: 'contribution',
    tenant: 'acme',
    customerId: PORTFOLIO_CUSTOMER_ID,
    currency: 'USD',
    before: null,
    after: null,
    asOf: 1_000 + version,
    knownAt: 1_000 + version,
    historical: false,
    position: { partition: 0, offset: version, step: 0 },
    feeds: { version, statuses: { activity: { status, lastDay: 20_000 } } },
  });

  it('is a change of its own, that says nothing of the concentration, once', () => {
    const course = portfolioOf(...equal(40));
    course.decide();
    course.head = evolvePortfolio(course.head, feedsMark(7, 'stale'), 41);
    const change = course.decide();
    expect(change).toMatchObject({ sequence: 41, asOf: 1_007, customerId: PORTFOLIO_CUSTOMER_ID });
    expect(change?.changes.map(({ type }) => type)).toEqual(['data-quality.source-silent.raised']);
    course.head = evolvePortfolio(course.head, feedsMark(7, 'stale'), 42);
    expect(course.decide()).toBeNull();
  });

  it('stands in the picture of the portfolio beside its scores, whose number stays, and goes', () => {
    const course = portfolioOf(...equal(40));
    course.decide();
    const picture = () => currentOfPortfolio(course.head)?.current;
    const before = picture();
    course.head = evolvePortfolio(course.head, feedsMark(7, 'stale'), 41);
    course.decide();
    const silent = { rule: 'source-silent', cause: 'activity', code: 'source-silent' };
    expect(picture()).toEqual({
      scores: before?.scores,
      situations: [...(before?.situations ?? []), { ...silent, dueDay: null, daysBefore: null }],
    });
    course.head = evolvePortfolio(course.head, feedsMark(8, 'fresh'), 42);
    expect(course.decide()?.changes).toMatchObject([{ type: 'data-quality.source-silent.cleared' }]);
    expect(picture()).toEqual(before);
  });

  it('is told where no customer has any value yet', () => {
    const course = new Course();
    course.head = evolvePortfolio(course.head, feedsMark(1, 'stale'), 1);
    expect(course.decide()?.changes).toMatchObject([{ cause: 'activity', currency: 'USD' }]);
    expect(currentOfPortfolio(course.head)?.current.scores).toEqual({});
  });
});
