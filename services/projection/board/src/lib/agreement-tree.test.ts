import { describe, expect, it } from 'vitest';
import type { AgreementNode } from '../../../src/api/schemas.ts';
import { axisRange, placeOf, treeLines } from './agreement-tree.ts';
import { dayNumber } from './time.ts';

function agreement(
  agreementId: string,
  parentAgreementId: string | null,
  startDate: string | null = null,
): AgreementNode {
  return {
    agreementId,
    agreementType: 'SOW',
    status: 'active',
    parentAgreementId,
    valueMinor: 100,
    incomplete: false,
    currency: 'USD',
    signedDate: null,
    startDate,
    endDate: null,
    noticeDate: null,
    autoRenew: null,
    paymentTerms: null,
    amendments: [],
  };
}

function outline(agreements: AgreementNode[]): string[] {
  return treeLines(agreements).map((line) => `${' '.repeat(line.depth)}${line.agreement.agreementId}`);
}

describe('the agreement tree', () => {
  it('puts a master agreement above what is sold under it, each level by start date', () => {
    const agreements = [
      agreement('S2', 'M', '2024-01-01'),
      agreement('S1', 'M', '2023-01-01'),
      agreement('M', null, '2022-01-01'),
      agreement('X', null, '2021-01-01'),
    ];
    expect(outline(agreements)).toEqual(['X', 'M', ' S1', ' S2']);
  });

  it('shows every agreement once, even where parents form a cycle or are not known', () => {
    expect(outline([agreement('A', 'B'), agreement('B', 'A'), agreement('C', 'nowhere')]).length).toBe(3);
  });
});

describe('the time axis', () => {
  it('holds every date and today', () => {
    const today = dayNumber('2026-11-20');
    const range = axisRange([agreement('A', null, '2020-01-01')], today);
    for (const day of ['2020-01-01', '2026-11-20']) {
      expect(placeOf(day, range)).toBeGreaterThan(0);
      expect(placeOf(day, range)).toBeLessThan(100);
    }
  });
});
