import type { AgreementType, Path } from '@bellwether/domain';
import { describe, expect, it } from 'vitest';
import { summarisePaths } from './summarise-paths.ts';

const taken = (...steps: readonly (readonly [AgreementType, number])[]): Path => ({
  types: steps.map(([type]) => type),
  gapsDays: steps.map(([, day]) => day),
});
const of = (path: Path | null, won = 0, lost = 0) => ({ path, won, lost });

describe('the paths of a portfolio (S13, S21)', () => {
  it('are none where there are no customers, and nothing is made up about them (D20)', () => {
    expect(summarisePaths([])).toEqual({
      customers: 0,
      withoutMsa: 0,
      expanded: 0,
      expandedBasisPoints: null,
      typicalPath: null,
      medianDaysToExpand: null,
      paths: [],
    });
  });

  it('have no typical one where nobody went on after the MSA, however many there are', () => {
    const { expandedBasisPoints, typicalPath, medianDaysToExpand, paths } = summarisePaths([
      of(taken(['MSA', 0])),
      of(taken(['MSA', 0])),
    ]);
    expect([expandedBasisPoints, typicalPath, medianDaysToExpand]).toEqual([0, null, null]);
    expect(paths).toMatchObject([
      { path: 'MSA', customers: 2, shareBasisPoints: 10_000, medianGapsDays: [] },
    ]);
  });

  it('have gaps from step to step, each the median of those who took the same path', () => {
    const { paths } = summarisePaths([
      of(taken(['MSA', 0], ['SOW', 10], ['service', 30])),
      of(taken(['MSA', 0], ['SOW', 50], ['service', 51])),
      of(taken(['MSA', 0], ['SOW', 20], ['service', 100])),
      of(taken(['MSA', 0], ['service', 7])),
    ]);
    // 10, 20, 50 and 1, 20, 80
    expect(paths.map(({ path, medianGapsDays }) => [path, medianGapsDays])).toEqual([
      ['MSA > SOW > service', [20, 20]],
      ['MSA > service', [7]],
    ]);
  });
});
