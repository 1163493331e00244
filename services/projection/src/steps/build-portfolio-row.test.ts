import { describe, expect, it } from 'vitest';
import { changeOf, eventOf, healthOf, ltvOf, scoreOf, TENANT, TODAY } from '../test-support/records.ts';
import { buildFacts } from './build-row.ts';
import { emptyCard, foldCard } from './fold-card.ts';
import { foldChange, unscoredCustomer } from './fold-change.ts';

const scored = (...changes: Parameters<typeof changeOf>[1]) =>
  foldChange(unscoredCustomer(TENANT, 'c1'), changeOf(1, changes));
const today = { today: TODAY, currency: 'USD' };
const factsOf = (parts: Partial<Parameters<typeof buildFacts>[0]>) =>
  buildFacts({ customerId: 'c1', card: undefined, scores: undefined, ...today, ...parts });

describe('a customer as the reports on its portfolio read it', () => {
  it('has what was published of value, health, complexity and every other score', () => {
    const scores = scored(
      ltvOf(700, { activeMinor: 400 }),
      healthOf(4_200),
      scoreOf('complexity', { value: 3_400, band: 'medium' }),
      scoreOf('churn', { value: 6_100, band: 'high' }),
      scoreOf('rfm', { value: 433, labels: { segment: 'loyal' } }),
      scoreOf('tier', {
        labels: { valueTier: 'gold', segment: 'enterprise', sizeBand: 'large', engagementModel: 'dedicated' },
      }),
      scoreOf('revenue', { parts: { mrrMinor: 30, mrrMonthStartMinor: 20, velocityMinor: 10 } }),
      scoreOf('relationship', { value: 5_000, parts: { accountSinceDay: TODAY - 420 } }),
    );
    const { portfolioRow, row } = factsOf({ scores });
    expect(portfolioRow).toEqual({
      customerId: 'c1',
      parentCustomerId: null,
      valueMinor: 700,
      activeMinor: 400,
      mrrMinor: 30,
      mrrMonthStartMinor: 20,
      velocityMinor: 10,
      healthHundredths: 4_200,
      healthBand: 'at-risk',
      churnBasisPoints: 6_100,
      churnBand: 'high',
      rfmHundredths: 433,
      complexityHundredths: 3_400,
      accountAgeDays: 420,
      npsHundredths: null,
      npsDay: null,
      valueTier: 'gold',
      segment: 'enterprise',
      industry: null,
      sizeBand: 'large',
      engagementModel: 'dedicated',
      owner: null,
      renewals: [],
    });
    expect(row).toMatchObject({
      segment: 'enterprise',
      valueTier: 'gold',
      churnBasisPoints: 6_100,
      churnBand: 'high',
      rfmHundredths: 433,
      rfmSegment: 'loyal',
    });
  });

  it('is not known where nothing was published, and never nothing instead (D20)', () => {
    const { portfolioRow, row } = factsOf({});
    const { customerId, healthBand, renewals, ...rest } = portfolioRow;
    expect([customerId, healthBand, renewals]).toEqual(['c1', 'not-scorable', []]);
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
    expect([row.segment, row.churnBand, row.rfmHundredths, row.rfmSegment]).toEqual([null, null, null, null]);
    expect(factsOf({ scores: scored(healthOf(4_000)) }).portfolioRow.valueMinor).toBeNull();
    expect(factsOf({ scores: scored(ltvOf(0)) }).portfolioRow.valueMinor).toBe(0);
  });

  it('has no class that this version does not know', () => {
    const scores = scored(
      scoreOf('tier', { labels: { valueTier: 'diamond', segment: null, sizeBand: 'toString' } }),
      scoreOf('churn', { value: 100, band: 'certain' }),
    );
    expect(factsOf({ scores }).portfolioRow).toMatchObject({
      valueTier: null,
      segment: null,
      sizeBand: null,
      churnBand: null,
      churnBasisPoints: 100,
    });
  });

  it('is 0 days old while its account is to come', () => {
    const scores = scored(scoreOf('relationship', { parts: { accountSinceDay: TODAY + 3 } }));
    expect(factsOf({ scores }).portfolioRow.accountAgeDays).toBe(0);
  });

  it('has who it is, its last answer and its agreements in force from its own events', () => {
    const agreement = (agreementId: string, more: object) =>
      eventOf('agreement.created', { agreementId, ...more }, { day: TODAY - 90 });
    const card = [
      eventOf('customer.profile', { industry: 'Mining', owner: 'Ada', parentCustomerId: 'top' }),
      eventOf('feedback.nps', { score: 9, scaleMin: 0, scaleMax: 10 }, { day: TODAY - 5 }),
      agreement('ended', { endDate: '2024-01-31' }),
      agreement('open', { valueMinor: 7 }),
      agreement('ending', { endDate: '2024-06-30', noticeDays: 30, autoRenew: true }),
    ].reduce(foldCard, emptyCard(TENANT, 'c1'));
    expect(factsOf({ card }).portfolioRow).toMatchObject({
      industry: 'Mining',
      owner: 'Ada',
      parentCustomerId: 'top',
      npsHundredths: 9_000,
      npsDay: TODAY - 5,
      renewals: [
        { agreementId: 'ending', valueMinor: null, endDay: 19_904, noticeDay: 19_874, autoRenew: true },
        { agreementId: 'open', valueMinor: 7, endDay: null, noticeDay: null, autoRenew: null },
      ],
    });
  });
});
