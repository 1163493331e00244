import type { PublishedParts } from '@bellwether/domain';
import type { OracleScores } from '@bellwether/testkit';
import { expect } from 'vitest';

type Missing = readonly { readonly signal: string; readonly why: string }[];
const reasonsFor = (missing: Missing | undefined) =>
  Object.fromEntries((missing ?? []).map(({ signal, why }) => [signal, why]));

/** Depth's parts are whole hundredths that sum to the value, each next to its exact share. */
const DEPTH_PARTS = ['types', 'serviceLines', 'features', 'stakeholders'];

/** Spend outside agreements is compared with published results elsewhere: no census here has a model for it. */
const SPEND = ['spend365Minor', 'spend365LowMinor', 'spend365HighMinor'];

/**
 * Scores and situations that were decided, in words that both sides have. Not compared are three parts that are kept
 * and never told, which the oracle does not follow: `outcomes` (what came of a customer, from which churn models
 * learn), `forecasts` (what came of predictions) and `shadows` (models that are tried). Nor is which classes of the
 * tier are `held` while a feed is silent: their values are.
 */
export function observed(parts: PublishedParts) {
  const { rfm, churn, revenue, tier, lifecycle, relationship } = parts;
  return {
    rfm: rfm?.scores ?? null,
    churn: churn && {
      value: churn.valueBasisPoints,
      band: churn.band,
      coverage: churn.coverageHundredths,
      low: churn.lowBasisPoints,
      high: churn.highBasisPoints,
      uncertain: churn.uncertain,
      missing: reasonsFor(churn.missing),
    },
    readings: readingsOf(churn),
    revenue: revenue && without(revenue.figures, SPEND),
    revenueMissing: reasonsFor(revenue?.missing),
    tier: tier && { labels: tier.labels, figures: tier.figures },
    lifecycle: lifecycle && {
      labels: lifecycle.labels,
      parts: lifecycle.parts,
      uncertain: lifecycle.uncertain,
      missing: reasonsFor(lifecycle.missing),
    },
    depth: relationship && {
      value: relationship.value,
      band: relationship.band,
      coverage: relationship.coverage,
      low: relationship.low ?? null,
      high: relationship.high ?? null,
    },
    relationship: relationship && {
      parts: without(
        relationship.parts,
        DEPTH_PARTS.flatMap((part) => [part, `${part}.raw`]),
      ),
      counts: Object.fromEntries(
        DEPTH_PARTS.map((part) => [part, relationship.parts[`${part}.raw`] ?? null]),
      ),
      labels: relationship.labels,
      missing: reasonsFor(relationship.missing),
    },
    ...situationsOf(parts),
  };
}

function readingsOf(churn: PublishedParts['churn']) {
  const signals = (churn?.parts ?? []).filter(([signal]) => !TERMS.includes(signal));
  return Object.fromEntries(signals.map(([signal, reading]) => [signal, reading]));
}

/** Parts of a probability that are no signals. */
const TERMS = ['base', 'contractual-retention', 'bound-by-agreement', 'termination-told'];

function situationsOf(parts: PublishedParts) {
  return {
    atRisk: parts.health?.atRisk ?? false,
    warnings: Object.fromEntries(parts.warnings.map(({ detector, code }) => [detector, code])),
    qbrDueDay: parts.qbrDue?.dueDay ?? null,
    upsell: parts.upsell,
    advocacy: parts.advocacy !== null,
    firstYear: parts.firstYear !== null,
    winBack: parts.winBack !== null,
    belowTarget: parts.belowTarget !== null,
    callDue: parts.callDue,
    loopOverdue: parts.loopOverdue,
    renewals: [
      ...(parts.health?.atRisk ? [parts.health.renewal ?? null] : []),
      ...parts.warnings.map(({ renewal }) => renewal ?? null),
    ],
    ltvMissing: (parts.ltv?.missing ?? []).map(({ signal }) => signal),
    isComplexitySpoilt: parts.complexity?.isSpoilt ?? false,
    tierSpoilt: parts.tier?.spoilt ?? [],
    crossSell: parts.crossSell,
    notices: parts.notices,
  };
}

/**
 * The same, as the oracle has it.
 * @param hasRevenue whether revenue is published at all
 */
export function expected(scores: OracleScores, hasRevenue = scores.isRevenueKnown) {
  const { features, churn, relationship } = scores;
  const { readings, ...churnValue } = churn;
  const { value, band, coverage, low, high, counts } = relationship.depth;
  return {
    rfm: scores.rfm,
    churn: churnValue,
    readings,
    revenue: hasRevenue ? scores.revenue : null,
    revenueMissing: hasRevenue ? scores.revenueMissing : {},
    tier: scores.tier,
    lifecycle: scores.lifecycle,
    depth: { value, band, coverage, low, high },
    relationship: {
      parts: relationship.parts,
      counts,
      labels: relationship.labels,
      missing: relationship.missing,
    },
    atRisk: scores.atRisk,
    warnings: scores.warnings,
    qbrDueDay: scores.qbrDueDay,
    upsell: scores.upsell,
    advocacy: scores.advocacy,
    firstYear: scores.firstYear,
    winBack: scores.winBack,
    belowTarget: scores.belowTarget,
    callDue: scores.callDue,
    loopOverdue: scores.loopOverdue,
    renewals: [...(scores.atRisk ? ['health'] : []), ...Object.keys(scores.warnings)].map(
      () => scores.nearRenewal,
    ),
    ltvMissing: scores.ltvMissing,
    isComplexitySpoilt: scores.isComplexitySpoilt,
    tierSpoilt: scores.tierSpoilt,
    crossSell: features.msaOnly,
    notices: features.notices,
  };
}

function without(record: object, names: readonly string[]) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** Fails where scores that were decided with nothing published before are not the oracle's, to the last unit. */
export function expectSameScores(parts: PublishedParts, scores: OracleScores): void {
  expect(observed(parts)).toEqual(expected(scores));
  for (const part of DEPTH_PARTS) {
    const distance = (parts.relationship?.parts[part] ?? 0) - (scores.relationship.depth.exact[part] ?? 0);
    expect(Math.abs(distance)).toBeLessThan(1);
  }
}

/** Scores move a little with everything: of these figures less than a step says nothing, and what was told stands. */
const TOLD_BY_A_TENTH = [
  'predictedMinor',
  'predictedV2Minor',
  'predictedV2PipelineMinor',
  'renewals365Minor',
  'velocityGrowthBasisPoints',
  'efficiencyMinor',
  'ltvMinor',
  'contributionMillionths',
  'predictedRevenueMinor',
];
const CHURN_STEP_BASIS_POINTS = 100;
/** Of these so many units do. */
const STEPS: Readonly<Record<string, number>> = { consistency: 500, usageGrowthBasisPoints: 1_000 };

type Told = ReturnType<typeof observed> | ReturnType<typeof expected>;

/**
 * Fails where what was told last is not what the oracle says now: exactly, or within the step from which on it is told
 * again. What is only told along (the day since which a stage is reached, low and high, readings, the rhythm of single
 * stages) may be that of the last publication, and is compared where everything is decided anew.
 */
export function expectStandingScores(parts: PublishedParts, scores: OracleScores): void {
  const ours = observed(parts);
  // Once told it stays told, also when no figure is known any more.
  const theirs = expected(scores, parts.revenue !== null || scores.isRevenueKnown);
  expect(standing(ours)).toEqual(standing(theirs));
  expectWithinSteps({ ...ours.revenue }, { ...theirs.revenue });
  expectWithinSteps({ ...ours.tier?.figures }, { ...theirs.tier?.figures });
  expectWithinSteps({ ...ours.relationship?.parts }, { ...theirs.relationship?.parts });
  const churn = Math.abs((ours.churn?.value ?? 0) - (theirs.churn?.value ?? 0));
  expect(churn).toBeLessThan(CHURN_STEP_BASIS_POINTS);
  // While something is lost the band is held by readings of the past, which no list of events tells.
  const isHeld = (parts.churn?.lost.length ?? 0) > 0 || parts.health?.heldHundredths !== undefined;
  if (!isHeld) expect(parts.churn?.band).toBe(scores.churnBand);
}

/** What has to be equal to the last unit. */
function standing({ churn, readings: _, revenue, tier, lifecycle, relationship, ...others }: Told) {
  const isExact = ([name]: readonly [string, unknown]) =>
    !TOLD_BY_A_TENTH.includes(name) && !(name in STEPS) && !name.startsWith('consistency');
  const exactOf = (record: object | undefined) =>
    Object.fromEntries(
      Object.entries(record ?? {})
        .filter(isExact)
        .filter(([, value]) => value !== undefined),
    );
  return {
    ...others,
    churn: churn && { isScored: churn.value !== null, uncertain: churn.uncertain, missing: churn.missing },
    revenue: exactOf(revenue ?? undefined),
    tier: tier?.labels,
    lifecycle: lifecycle && { labels: lifecycle.labels, missing: lifecycle.missing },
    refused: lifecycle?.parts.refusedStages,
    relationship: relationship && { ...relationship, parts: exactOf(relationship.parts) },
  };
}

function expectWithinSteps(told: Figures, now: Figures): void {
  for (const name of new Set([...Object.keys(told), ...Object.keys(now)])) {
    const [was, is] = [told[name] ?? null, now[name] ?? null];
    const step = STEPS[name];
    if (step !== undefined) {
      expect([name, was === null]).toEqual([name, is === null]);
      expect(Math.abs((was ?? 0) - (is ?? 0))).toBeLessThan(step);
    }
    if (!TOLD_BY_A_TENTH.includes(name) || was === is) continue;
    expect({ name, was, is, isKnown: is !== null }).toEqual({ name, was, is, isKnown: was !== null });
    expect({ name, was, is, isTold: 10 * Math.abs((is ?? 0) - (was ?? 0)) >= Math.abs(was ?? 0) }).toEqual({
      ...{ name, was, is },
      isTold: false,
    });
  }
}

type Figures = Readonly<Record<string, number | null | undefined>>;
