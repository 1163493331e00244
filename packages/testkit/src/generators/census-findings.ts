import fc from 'fast-check';

/** Where the classes of a measure begin; none where too few customers were counted. */
const edgesOf = (values: fc.Arbitrary<number>, { count, order = 1 }: { count: number; order?: number }) =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc.array(values, { minLength: count, maxLength: count }).map((drawn) => ({
        counted: 100,
        edges: drawn.sort((a, b) => order * (a - b)),
      })),
    },
    { weight: 1, arbitrary: fc.constant({ counted: 2, edges: [] }) },
  );

const days = fc.nat(120);
const purchases = fc.integer({ min: 1, max: 6 });
const money = fc.oneof(fc.integer({ min: 1, max: 3_000_000 }), fc.integer({ min: 1, max: 200_000 }));

const breakpoints = fc.record({
  day: fc.constant(0),
  customers: fc.constant(100),
  portfolioMinor: fc.constantFrom('0', '12345678'),
  recencyDays: edgesOf(days, { count: 4, order: -1 }),
  frequency365: edgesOf(purchases, { count: 4 }),
  monetary365Minor: edgesOf(money, { count: 4 }),
  transactions: edgesOf(purchases, { count: 4 }),
  paidMinor: edgesOf(money, { count: 4 }),
  ltvMinor: edgesOf(money, { count: 3 }),
  ltvQuartersMinor: edgesOf(money, { count: 3 }),
  predictedRevenueMinor: edgesOf(money, { count: 3 }),
  consistencyHundredths: edgesOf(fc.nat(10_000), { count: 3 }),
  medians: fc.constant({}),
});

const shiftedBetaGeometric = fc.option(
  fc.constantFrom(
    { alpha: 0.668, beta: 3.806, decisions: 1_000, losses: 509, logLikelihood: -1_611.16 },
    { alpha: 0.704, beta: 1.182, decisions: 1_000, losses: 759, logLikelihood: -1_680.27 },
  ),
);

const NONE = { won: 0, lost: 0 };
/** Read by reports alone. */
const NONE_DECIDED = { new: NONE, upsell: NONE, 'cross-sell': NONE, renewal: NONE, unknown: NONE };

/** How often opportunities are won, basis points; none where too few were decided. */
const winRates = fc.option(
  fc.record({
    overallBasisPoints: fc.nat(10_000),
    byKind: fc.record({
      new: fc.nat(10_000),
      upsell: fc.nat(10_000),
      'cross-sell': fc.nat(10_000),
      renewal: fc.nat(10_000),
    }),
  }),
);

/**
 * What a census may have found, as of day 0: made-up breakpoints and win rates, and renewals as in the published
 * cohorts or none.
 */
export const censusFindings = fc.record({
  breakpoints,
  predictive: fc.record({
    version: fc.constant(1),
    fittedDay: fc.constant(0),
    bgNbd: fc.constant(null),
    gammaGamma: fc.constant(null),
    shiftedBetaGeometric,
    refused: fc.constant([]),
  }),
  revenue: fc.record({
    judgedDay: fc.constant(0),
    decided: fc.constant(NONE_DECIDED),
    winRates,
    backtest: fc.constant(null),
  }),
});
