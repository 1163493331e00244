import { type Ground, nameIn, type Verdict } from './verdict.ts';

/** Company sizes (S63), the smallest first. */
export const SIZE_BANDS = ['small', 'medium', 'large', 'enterprise'] as const;
export type SizeBand = (typeof SIZE_BANDS)[number];

/**
 * Employees from which a company is medium, large, an enterprise. The first two are the ceilings of small and
 * medium-sized enterprises in EU recommendation 2003/361/EC.
 */
const MEDIUM_FROM = 50;
const LARGE_FROM = 250;
const ENTERPRISE_FROM = 1_000;

/** The size band that the profile names, else that of its number of employees; null where neither is known (S63). */
export function sizeBandOf(given: {
  readonly sizeBand: string | null;
  readonly employees: number | null;
}): Verdict<SizeBand> {
  const { sizeBand, employees } = given;
  const named = sizeBand === null ? null : nameIn(SIZE_BANDS, sizeBand);
  if (named !== null)
    return { value: named, grounds: [{ code: 'size-in-profile', text: 'named in the profile' }] };
  const unknown: readonly Ground[] =
    sizeBand === null
      ? []
      : [{ code: 'size-band-unknown', text: `the profile's size "${sizeBand}" is none of the four` }];
  if (employees === null) {
    const text = 'neither a size nor the number of employees is known';
    return { value: null, grounds: [{ code: 'no-size', text }, ...unknown] };
  }
  const text = `${employees} ${employees === 1 ? 'employee' : 'employees'}`;
  return { value: bandOf(employees), grounds: [{ code: 'size-by-employees', text }, ...unknown] };
}

function bandOf(employees: number): SizeBand {
  if (employees >= ENTERPRISE_FROM) return 'enterprise';
  if (employees >= LARGE_FROM) return 'large';
  return employees >= MEDIUM_FROM ? 'medium' : 'small';
}
