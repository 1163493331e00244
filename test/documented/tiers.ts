import type { Breakpoints, QuantileRow } from '../../packages/domain/src/quantiles/breakpoints.ts';
import { breakpointsOf } from '../../packages/domain/src/quantiles/breakpoints-of.ts';
import { type AdvisoryRow, advisoryBoardOf } from '../../packages/domain/src/tier/advisory-board.ts';
import { advocacyOf } from '../../packages/domain/src/tier/advocacy.ts';
import {
  ENGAGEMENT_MODELS,
  type EngagementFacts,
  engagementOf,
  isStrategic,
} from '../../packages/domain/src/tier/engagement-model.ts';
import { firstYearOf } from '../../packages/domain/src/tier/first-year.ts';
import { healthFocusOf } from '../../packages/domain/src/tier/focus.ts';
import { revenueTierOf } from '../../packages/domain/src/tier/revenue-tier.ts';
import { sizeBandOf } from '../../packages/domain/src/tier/size-band.ts';
import { type TierInput, tierOf } from '../../packages/domain/src/tier/tier-of.ts';
import {
  contributionMillionthsOf,
  segmentOf,
  valueTierOf,
} from '../../packages/domain/src/tier/value-tier.ts';
import type { Ground } from '../../packages/domain/src/tier/verdict.ts';

const DAY = 19_844;

interface SilenceMoment extends Pick<TierInput, 'crmTier' | 'churnBand' | 'spoilt'> {
  readonly healthHundredths: number;
}

/** The worked examples of `docs/scoring/tiers-and-models.md`. */
export const examples = {
  'value-tier': (given: {
    readonly customers: number;
    readonly ltvMinor: number;
    readonly crmTier?: string;
  }) => {
    const { customers, ltvMinor, crmTier = null } = given;
    const { value, source, grounds } = valueTierOf({ crmTier, ltvMinor }, oneToMany(customers));
    return { valueTier: value, tierSource: source, segment: segmentOf(value), codes: codesOf(grounds) };
  },

  contribution: (given: { readonly portfolioMinor: string; readonly ltvMinor: number }) => {
    const breakpoints = { ...oneToMany(4), portfolioMinor: given.portfolioMinor };
    return { contributionMillionths: contributionMillionthsOf(given.ltvMinor, breakpoints) };
  },

  'revenue-tier': (given: {
    readonly customers: number;
    readonly predictedRevenueMinor: readonly number[];
  }) => {
    const breakpoints = oneToMany(given.customers);
    const tiers = given.predictedRevenueMinor.map((predicted) => revenueTierOf(predicted, breakpoints).value);
    return { tiers };
  },

  'size-band': (given: { readonly sizeBand?: string; readonly employees?: number }) => {
    const { value, grounds } = sizeBandOf({
      sizeBand: given.sizeBand ?? null,
      employees: given.employees ?? null,
    });
    return { sizeBand: value, codes: codesOf(grounds) };
  },

  engagement: (given: EngagementFacts) => {
    const engagement = engagementOf(given);
    const { value, grounds } = engagement;
    return {
      engagementModel: value,
      priority: value === null ? null : ENGAGEMENT_MODELS[value].priority,
      strategic: isStrategic(engagement),
      codes: codesOf(grounds),
    };
  },

  silence: (given: { readonly before: SilenceMoment; readonly after: SilenceMoment }) => {
    const breakpoints = oneToMany(1_000);
    const before = tierOf(inputOf(given.before), breakpoints, null);
    const { labels, held } = tierOf(inputOf(given.after), breakpoints, before.labels);
    return { ...labels, uncertain: held.length > 0 };
  },

  focus: (given: { readonly healthHundredths: number | null; readonly sizeBand: AdvisoryRow['sizeBand'] }) =>
    healthFocusOf(given.healthHundredths, given.sizeBand),

  'first-year': (given: Parameters<typeof firstYearOf>[0]) => firstYearOf(given),

  advocacy: (given: {
    readonly healthHundredths: number | null;
    readonly isPromoter: boolean | null;
    readonly wasCandidate: boolean;
  }) => advocacyOf(given, { isCandidate: given.wasCandidate }),

  'advisory-board': (given: {
    readonly customers: readonly Omit<AdvisoryRow, 'isStrategic' | 'ltvMinor'>[];
  }) => {
    const rows = given.customers.map((row) => ({ ...row, isStrategic: true, ltvMinor: null }));
    const { candidates, isShort } = advisoryBoardOf(rows);
    return { members: candidates.map(({ row }) => row.customerId), isShort };
  },
} satisfies { readonly [name: string]: (given: never) => unknown };

/** Customers worth 1, 2, 3 ... dollars, and predicted to bring as much. */
function oneToMany(customers: number): Breakpoints {
  const rows = Array.from({ length: customers }, (_, index): QuantileRow => {
    const dollars = (index + 1) * 100;
    return {
      lastPurchaseDay: null,
      frequency365: null,
      monetary365Minor: null,
      transactions: null,
      paidMinor: null,
      ltvMinor: dollars,
      predictedRevenueMinor: dollars,
      consistencyHundredths: null,
      segment: null,
      signals: {},
    };
  });
  return breakpointsOf(rows, DAY);
}

function inputOf({ healthHundredths, ...known }: SilenceMoment): TierInput {
  return {
    sizeBand: null,
    employees: null,
    ltvMinor: null,
    predictedRevenueMinor: null,
    complexityBand: 'low',
    health: { valueHundredths: healthHundredths, atRisk: false },
    ...known,
  };
}

function codesOf(grounds: readonly Ground[]): readonly string[] {
  return grounds.map(({ code }) => code);
}
