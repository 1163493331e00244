import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADVISORY_BOARD, type AdvisoryBoard, type AdvisoryRow, advisoryBoardOf } from './advisory-board.ts';
import { advocacyOf } from './advocacy.ts';
import { firstYearOf } from './first-year.ts';
import { HEALTH_FOCUS, healthFocusOf, REVENUE_FOCUS } from './focus.ts';

const codes = (verdict: { readonly grounds: readonly { readonly code: string }[] }) =>
  verdict.grounds.map(({ code }) => code);

describe('First Year, First Class (S84)', () => {
  it.each([
    ['gold', 0, true],
    ['platinum', 365, true],
    ['gold', 366, false],
    ['gold', -1, false],
    ['silver', 10, false],
    ['basic', null, false],
    [null, 366, false],
    ['gold', null, null],
    [null, 10, null],
    [null, null, null],
  ] as const)('of %s after %s days is %s', (valueTier, accountAgeDays, value) => {
    const verdict = firstYearOf({ valueTier, accountAgeDays });
    expect(verdict.value).toBe(value);
    expect(verdict.grounds).not.toEqual([]);
  });

  it('says what speaks against it, or is not known', () => {
    expect(codes(firstYearOf({ valueTier: 'basic', accountAgeDays: 900 }))).toEqual([
      'other-tier',
      'other-age',
    ]);
    expect(codes(firstYearOf({ valueTier: null, accountAgeDays: 900 }))).toEqual(['other-age']);
    expect(codes(firstYearOf({ valueTier: 'gold', accountAgeDays: null }))).toEqual(['age-not-known']);
  });
});

describe('advocacy candidates (S70, S103)', () => {
  const fresh = { isCandidate: false };
  const held = { isCandidate: true };

  it('are healthy promoters', () => {
    expect(advocacyOf({ healthHundredths: 8_000, isPromoter: true }, fresh).value).toBe(true);
    expect(advocacyOf({ healthHundredths: 7_999, isPromoter: true }, fresh).value).toBe(false);
    expect(advocacyOf({ healthHundredths: 9_000, isPromoter: false }, fresh).value).toBe(false);
    expect(advocacyOf({ healthHundredths: 9_000, isPromoter: null }, fresh).value).toBeNull();
    expect(advocacyOf({ healthHundredths: null, isPromoter: false }, fresh).value).toBe(false);
  });

  it('stay so until health is below 75, and while nothing is known', () => {
    expect(advocacyOf({ healthHundredths: 7_500, isPromoter: true }, held).value).toBe(true);
    expect(advocacyOf({ healthHundredths: 7_499, isPromoter: true }, held).value).toBe(false);
    expect(advocacyOf({ healthHundredths: null, isPromoter: true }, held).value).toBe(true);
    expect(advocacyOf({ healthHundredths: null, isPromoter: true }, fresh).value).toBeNull();
    expect(codes(advocacyOf({ healthHundredths: null, isPromoter: true }, held))).toEqual([
      'health-not-known',
      'promoter',
    ]);
  });
});

describe('what to focus on (S69 to S74)', () => {
  it.each([
    [8_000, null, 'expansion-and-advocacy'],
    [7_950, 'large', 'business-reviews'],
    [5_000, 'enterprise', 'business-reviews'],
    [5_000, 'small', 'automated-check-ins'],
    [7_999, 'medium', 'automated-check-ins'],
    [4_999, 'large', 'executive-intervention'],
    [0, 'medium', 'automated-re-engagement'],
    [4_999, null, undefined],
    [null, 'large', undefined],
  ] as const)('at health %s and size %s is %s', (health, size, playbook) => {
    expect(healthFocusOf(health, size)?.playbook).toBe(playbook);
  });

  it('names every playbook once', () => {
    const byHealth = Object.values(HEALTH_FOCUS).flatMap((sizes) => [sizes.large, sizes.small]);
    const names = [...new Set(byHealth), ...Object.values(REVENUE_FOCUS)].map(({ playbook }) => playbook);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(9);
  });
});

describe('customer advisory board (S102)', () => {
  const row = fc.record({
    customerId: fc.integer({ min: 0, max: 999 }).map((n) => `c-${n}`),
    isStrategic: fc.constantFrom(true, true, false, null),
    healthHundredths: fc.option(fc.nat(3)),
    ltvMinor: fc.option(fc.nat(3)),
    industry: fc.option(fc.constantFrom('retail', 'banking', 'health')),
    sizeBand: fc.option(fc.constantFrom('small' as const, 'large' as const)),
  });
  const rows = fc.uniqueArray(row, { selector: ({ customerId }) => customerId, maxLength: 40 });
  const ids = (board: AdvisoryBoard<AdvisoryRow>) => board.candidates.map(({ row }) => row.customerId);

  /** Whether `a` is the better member beside those already chosen: less alike, healthier, more valuable, by id. */
  function isBetter(a: AdvisoryRow, b: AdvisoryRow, chosen: readonly AdvisoryRow[]): boolean {
    const alike = (one: AdvisoryRow) =>
      chosen.filter(({ industry }) => industry === one.industry).length +
      chosen.filter(({ sizeBand }) => sizeBand === one.sizeBand).length;
    if (alike(a) !== alike(b)) return alike(a) < alike(b);
    const [healthA, healthB] = [a.healthHundredths ?? -1, b.healthHundredths ?? -1];
    if (healthA !== healthB) return healthA > healthB;
    const [valueA, valueB] = [a.ltvMinor ?? 0, b.ltvMinor ?? 0];
    return valueA === valueB ? a.customerId < b.customerId : valueA > valueB;
  }

  it('takes one by one the best of the strategic customers that are left, and no others', () => {
    fc.assert(
      fc.property(rows, (customers) => {
        const board = advisoryBoardOf(customers);
        const candidates = board.candidates.map((one) => one.row);
        const strategic = customers.filter(({ isStrategic }) => isStrategic === true);
        expect(candidates).toHaveLength(Math.min(ADVISORY_BOARD.most, strategic.length));
        expect(board.strategic).toBe(strategic.length);
        expect(board.isShort).toBe(strategic.length < ADVISORY_BOARD.fewest);
        for (const [place, member] of candidates.entries()) {
          const chosen = candidates.slice(0, place);
          const like = (field: 'industry' | 'sizeBand') =>
            chosen.filter((other) => other[field] === member[field]).length;
          expect(board.candidates[place]).toMatchObject({
            sameIndustry: like('industry'),
            sameSize: like('sizeBand'),
          });
          const left = strategic.filter((each) => !chosen.includes(each) && each !== member);
          expect(left.filter((other) => isBetter(other, member, chosen))).toEqual([]);
        }
      }),
    );
  });

  it('is the same in whatever order the customers come', () => {
    const shuffled = rows.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(ids(advisoryBoardOf(other))).toEqual(ids(advisoryBoardOf(list)));
      }),
    );
  });

  it('prefers another industry to a little more health', () => {
    const member = (customerId: string, industry: string, healthHundredths: number): AdvisoryRow => ({
      customerId,
      isStrategic: true,
      healthHundredths,
      ltvMinor: 1,
      industry,
      sizeBand: 'large',
    });
    const board = advisoryBoardOf([
      member('a', 'retail', 9_000),
      member('b', 'retail', 8_900),
      member('c', 'banking', 7_000),
    ]);
    expect(ids(board)).toEqual(['a', 'c', 'b']);
    expect(board.isShort).toBe(true);
  });
});
