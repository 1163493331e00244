import { describe, expect, it } from 'vitest';
import { isBelowTarget, type TargetFacts } from './below-target.ts';

const EXECUTIVE: TargetFacts = {
  healthHundredths: 6_999,
  heldHundredths: null,
  engagementModel: 'executive',
  engagementModelBefore: 'executive',
  isEnterprise: true,
};
const raised = (facts: Partial<TargetFacts>) => isBelowTarget({ ...EXECUTIVE, ...facts }, { held: false });
const lasts = (facts: Partial<TargetFacts>) => isBelowTarget({ ...EXECUTIVE, ...facts }, { held: true });

describe('an executive account below the target of 3.5 of 5 (S50)', () => {
  it('is one from below 70, which is 3.5 of 5, and no other account', () => {
    expect([raised({}), raised({ healthHundredths: 7_000 })]).toEqual([true, false]);
    const standard = { engagementModel: 'standard', engagementModelBefore: 'standard' } as const;
    expect([raised(standard), raised({ engagementModel: null, engagementModelBefore: null })]).toEqual([
      false,
      false,
    ]);
  });

  it('is also one that was executive by its health alone, until it fell', () => {
    expect(raised({ engagementModel: 'standard' })).toBe(true);
    expect(raised({ engagementModel: 'retention-and-recovery', healthHundredths: 4_000 })).toBe(false);
  });

  it('lasts until 75 is reached', () => {
    expect([7_000, 7_499, 7_500].map((healthHundredths) => lasts({ healthHundredths }))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('ends when the account is the business of others', () => {
    const models = [
      'executive',
      'standard',
      'dedicated',
      'retention-and-recovery',
      'automated',
      null,
    ] as const;
    expect(models.map((engagementModel) => lasts({ engagementModel }))).toEqual([
      true,
      true,
      false,
      false,
      false,
      true,
    ]);
    expect(lasts({ isEnterprise: false })).toBe(false);
  });

  it('is neither raised nor cleared by missing data (N2)', () => {
    // A signal went missing: 65 without it, 72 with it as it last was.
    expect(raised({ healthHundredths: 6_500, heldHundredths: 7_200 })).toBe(false);
    expect(raised({ healthHundredths: 6_500, heldHundredths: 6_900 })).toBe(true);
    // 80 without it, 68 with it.
    expect(lasts({ healthHundredths: 8_000, heldHundredths: 6_800 })).toBe(true);
    expect([raised({ healthHundredths: null }), lasts({ healthHundredths: null })]).toEqual([false, true]);
  });
});
