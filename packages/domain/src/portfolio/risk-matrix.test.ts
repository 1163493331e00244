import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { riskMatrixOf } from './risk-matrix.ts';
import { anyRows, givenRows } from './test-support.ts';

const IT = 'IT & Services';
const FINANCE = 'Financial Services';

describe('the risk matrix (S63)', () => {
  const rows = givenRows(
    { industry: IT, sizeBand: 'medium', healthHundredths: 4_999, valueMinor: 10 },
    { industry: IT, sizeBand: 'medium', healthHundredths: 1_000, valueMinor: 20 },
    { industry: IT, sizeBand: 'medium', healthHundredths: 5_000, valueMinor: 40 },
    { industry: FINANCE, sizeBand: 'large', healthHundredths: 0, valueMinor: 35 },
    { industry: FINANCE, sizeBand: 'small', healthHundredths: 9_000, valueMinor: 5 },
    { industry: IT, sizeBand: 'enterprise', healthHundredths: 100 },
    { industry: IT, sizeBand: 'large', valueMinor: 3 },
    { industry: '', sizeBand: null, healthHundredths: 100, valueMinor: 900 },
  );

  it('counts customers with a health below 50 and the value that depends on them', () => {
    const { cells, total } = riskMatrixOf(rows);
    expect(
      cells.map(({ industry, sizeBand, customers, atRisk }) => [industry, sizeBand, customers, atRisk]),
    ).toEqual([
      [FINANCE, 'small', 1, 0],
      [FINANCE, 'large', 1, 1],
      [IT, 'medium', 3, 2],
      [IT, 'large', 1, 0],
      [IT, 'enterprise', 1, 1],
      ['unknown', 'unknown', 1, 1],
    ]);
    expect(cells[2]).toMatchObject({
      scored: 3,
      atRiskBasisPoints: 6_667,
      valueMinor: 70,
      valueAtRiskMinor: 30,
    });
    expect(total).toMatchObject({ customers: 8, scored: 7, atRisk: 5, valueAtRiskMinor: 965 });
  });

  it('has a row and a column of those unknown, last', () => {
    const { industries, sizeBands } = riskMatrixOf(rows);
    expect(industries.map(({ industry, atRisk }) => [industry, atRisk])).toEqual([
      [FINANCE, 1],
      [IT, 3],
      ['unknown', 1],
    ]);
    expect(sizeBands.map(({ sizeBand }) => sizeBand)).toEqual([
      'small',
      'medium',
      'large',
      'enterprise',
      'unknown',
    ]);
  });

  it('names the hottest spots, by customers and then by value, and no unknown place', () => {
    expect(riskMatrixOf(rows).hotSpots.map(({ industry, sizeBand }) => [industry, sizeBand])).toEqual([
      [IT, 'medium'],
      [FINANCE, 'large'],
      [IT, 'enterprise'],
    ]);
  });

  it('does not take a customer without a score for safe or at risk (D20)', () => {
    const cell = riskMatrixOf(rows).cells.find(
      ({ industry, sizeBand }) => industry === IT && sizeBand === 'large',
    );
    expect(cell).toMatchObject({
      customers: 1,
      scored: 0,
      atRisk: 0,
      atRiskBasisPoints: null,
      valueAtRiskMinor: 0,
    });
  });

  it('adds up along rows and columns, in any order of the rows', () => {
    fc.assert(
      fc.property(anyRows, ({ rows: some, mixed }) => {
        const matrix = riskMatrixOf(some);
        expect(riskMatrixOf(mixed)).toEqual(matrix);
        const isLow = (health: number | null) => health !== null && health < 5_000;
        const low = some.filter(({ healthHundredths }) => isLow(healthHundredths));
        for (const parts of [matrix.cells, matrix.industries, matrix.sizeBands]) {
          expect(parts.reduce((sum, { atRisk }) => sum + atRisk, 0)).toBe(low.length);
          expect(parts.reduce((sum, { customers }) => sum + customers, 0)).toBe(some.length);
        }
        for (const { industry, sizeBand, atRisk, valueAtRiskMinor } of matrix.cells) {
          const own = low.filter(
            (row) =>
              (row.industry?.trim() || 'unknown') === industry && (row.sizeBand ?? 'unknown') === sizeBand,
          );
          expect(atRisk).toBe(own.length);
          const known = own.flatMap(({ valueMinor }) => valueMinor ?? []);
          const sum = known.reduce((total, value) => total + BigInt(value), 0n);
          const isTold = (own.length === 0 || known.length > 0) && sum < 2n ** 53n;
          expect(valueAtRiskMinor).toBe(isTold ? Number(sum) : null);
        }
      }),
    );
  });
});
