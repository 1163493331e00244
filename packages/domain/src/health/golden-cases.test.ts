import { describe, expect, it } from 'vitest';
import type { GoldenCase, ModelPack } from '../models/model-pack.ts';
import { CS_FRAMEWORK } from '../models/shipped/cs-framework.ts';
import { MATTERMOST_2025 } from '../models/shipped/mattermost-2025.ts';
import { runGoldenCases } from './golden-cases.ts';

const [first] = CS_FRAMEWORK.goldenCases;
if (first === undefined) throw new Error('the framework has no golden case');
const faultsOf = (golden: GoldenCase, pack: ModelPack = CS_FRAMEWORK) =>
  runGoldenCases({ ...pack, goldenCases: [golden] });

describe('a golden case (N21)', () => {
  it('holds when value, band, coverage and every part are what it says', () => {
    expect(faultsOf(first)).toEqual([]);
  });

  it('says of each of them what the model gives instead', () => {
    const { csat: _, ...contributions } = first.contributions;
    const wrong = { ...first, value: 82.81, band: 'at-risk', coveragePercent: 99, contributions } as const;
    expect(faultsOf(wrong)).toEqual([
      { path: 'goldenCases[0].value', expected: '82.8, as the model gives', got: '82.81' },
      { path: 'goldenCases[0].band', expected: '"healthy", as the model gives', got: '"at-risk"' },
      { path: 'goldenCases[0].coveragePercent', expected: '100, as the model gives', got: '99' },
      { path: 'goldenCases[0].contributions.csat', expected: '5.25, as the model gives', got: '0' },
    ]);
  });

  it('may expect that nothing can be scored, and is wrong when something can', () => {
    const unscored: GoldenCase = {
      name: 'nothing',
      readings: {},
      value: null,
      band: 'not-scorable',
      coveragePercent: 0,
      contributions: {},
    };
    expect(faultsOf(unscored)).toEqual([]);
    expect(faultsOf({ ...unscored, readings: first.readings }).map(({ path }) => path)).toContain(
      'goldenCases[0].value',
    );
  });

  it('names bonuses and overrides among the parts', () => {
    const reference = MATTERMOST_2025.goldenCases[1];
    if (reference === undefined) throw new Error('there is no such case');
    const { reference: _, ...contributions } = reference.contributions;
    expect(faultsOf({ ...reference, contributions }, MATTERMOST_2025)).toEqual([
      { path: 'goldenCases[0].contributions.reference', expected: '2.5, as the model gives', got: '0' },
    ]);
  });
});
