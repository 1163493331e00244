import type { CurrentScore, CurrentSituation, CustomerCurrent, CustomerPicture } from '@bellwether/events';
import { AT_RISK } from '../health/decide-at-risk.ts';
import type { PublishedHealth } from '../health/published-health.ts';
import { ltvValueOf } from '../ltv/decide-ltv.ts';
import { CROSS_SELL_CAUSE } from '../opportunities/cross-sell.ts';
import type { CustomerState, Published } from './customer-state.ts';

/**
 * The whole present picture of a customer (N12): what a reader knows who took every change from the first on, so that
 * another can start from here. Undefined before the first change.
 */
export function currentOf(state: CustomerState): CustomerCurrent | undefined {
  const { published, sequence } = state;
  const { asOf, knownAt, staleSince } = published;
  if (asOf === null || knownAt === null) return undefined;
  return {
    kind: 'current',
    tenant: state.tenant,
    customerId: state.customerId,
    sequence,
    asOf,
    knownAt,
    current: {
      scores: scoresOf(published),
      situations: situationsOf(published),
      ...(staleSince === undefined ? {} : { staleSince }),
    },
    engineVersion: state.engineVersion,
  };
}

function scoresOf(published: Published): CustomerPicture['scores'] {
  const { ltv, rfm, complexity, health, currency, scoreSequences } = published;
  const scores: { -readonly [Score in keyof CustomerPicture['scores']]: CurrentScore } = {};
  if (ltv !== null) {
    scores.ltv = {
      unit: 'minor',
      ...(currency === null ? {} : { currency }),
      value: ltvValueOf(ltv),
      band: null,
      parts: { ...ltv },
      sequence: scoreSequences.ltv ?? 0,
    };
  }
  if (rfm !== null) {
    const sequence = scoreSequences.rfm ?? 0;
    scores.rfm = { unit: 'count', value: null, band: null, parts: { ...rfm }, sequence };
  }
  if (complexity !== null) {
    const { value, band, types, renewalDates, paymentTerms } = complexity;
    const parts = { types, renewalDates, paymentTerms };
    const sequence = scoreSequences.complexity ?? 0;
    scores.complexity = { unit: 'hundredths', value, band, parts, sequence };
  }
  if (health !== null) scores.health = healthOf(health, scoreSequences.health ?? 0);
  return scores;
}

function healthOf(health: PublishedHealth, sequence: number): CurrentScore {
  const { lowHundredths, highHundredths, missing, uncertain, model } = health;
  const parts: { [part: string]: number | null } = {};
  for (const { signal, raw, contributionHundredths } of health.signals) {
    parts[signal] = contributionHundredths;
    parts[`${signal}.raw`] = raw;
  }
  for (const { signal } of missing) {
    parts[signal] = null;
    parts[`${signal}.raw`] = null;
  }
  return {
    unit: 'hundredths',
    value: health.valueHundredths,
    band: health.band,
    parts,
    coverage: health.coverageHundredths,
    confidence: health.confidenceHundredths,
    ...(lowHundredths === null ? {} : { low: lowHundredths }),
    ...(highHundredths === null ? {} : { high: highHundredths }),
    uncertain,
    missing,
    model,
    sequence,
  };
}

function situationsOf({ health, crossSell, notices }: Published): readonly CurrentSituation[] {
  const situations: CurrentSituation[] = [];
  const undated = { dueDay: null, daysBefore: null };
  if (health?.atRisk) situations.push({ rule: 'at-risk', ...AT_RISK, ...undated });
  if (crossSell !== null) {
    situations.push({ rule: 'cross-sell', cause: CROSS_SELL_CAUSE, code: crossSell, ...undated });
  }
  for (const [agreementId, dueDay, daysBefore] of notices) {
    situations.push({ rule: 'renewal', cause: agreementId, code: null, dueDay, daysBefore });
  }
  return situations;
}
