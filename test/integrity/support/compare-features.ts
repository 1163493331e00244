import type { CustomerState } from '@bellwether/domain';
import type { OracleFeatures } from '@bellwether/testkit';
import { expect } from 'vitest';

/** Health is published when it moved by half a point (N1); within that the last published value stands. */
const PUBLISH_FROM_HUNDREDTHS = 50;

/** Fails where the incremental features are not the oracle's. */
export function expectSameFeatures(observed: OracleFeatures, expected: OracleFeatures): void {
  expect({ ...observed, complexity: null }).toEqual({ ...expected, complexity: null });
  expect([observed.complexity.value, observed.complexity.band]).toEqual([
    expected.complexity.value,
    expected.complexity.band,
  ]);
  expectRoundedParts(observed.complexity, expected.complexity);
}

/** The parts are whole hundredths that sum to the value, each next to its exact share. */
function expectRoundedParts(
  observed: OracleFeatures['complexity'],
  exact: OracleFeatures['complexity'],
): void {
  expect(observed.types + observed.renewalDates + observed.paymentTerms).toBe(exact.value ?? 0);
  for (const part of ['types', 'renewalDates', 'paymentTerms'] as const) {
    expect(Math.abs(observed[part] - exact[part])).toBeLessThan(1);
  }
}

/** Fails where what was published last is not what the oracle says now. */
export function expectPublished(state: CustomerState, expected: OracleFeatures): void {
  const { published } = state;
  const { ltv, rfm, agreements } = expected;
  const hasValue = agreements.length > 0 || rfm.transactions > 0;
  // What a silent feed leaves open stands beside the totals.
  const { missing: _missing, ...totals } = published.ltv ?? {};
  expect(totals).toEqual(hasValue ? ltv : {});
  expect(published.rfm?.parts ?? null).toEqual(rfm.transactions > 0 ? rfm : null);
  expect(published.complexity?.value ?? null).toBe(expected.complexity.value);
  expect(published.crossSell).toBe(expected.msaOnly);
  expect(published.contribution?.valueMinor).toBe(ltv.contractedMinor + ltv.otherPaidMinor);
}

/** Fails where the published health is not the oracle's; call only for a state decided under the present feeds. */
export function expectPublishedHealth(state: CustomerState, { health }: OracleFeatures): void {
  const told = state.published.health;
  if (told === null) throw new Error('health was never published');
  expect({ band: told.band, missing: told.missing.map(({ signal, why }) => [signal, why]) }).toEqual({
    band: health.band,
    missing: Object.entries(health.missing),
  });
  const distance = Math.abs((told.valueHundredths ?? 0) - (health.value ?? 0));
  expect(distance).toBeLessThan(PUBLISH_FROM_HUNDREDTHS);
}
