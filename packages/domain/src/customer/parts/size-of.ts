import { type SizeBand, sizeBandOf } from '../../tier/size-band.ts';
import type { CustomerState } from '../customer-state.ts';
import { profileValue } from '../profile.ts';

/** The size band of a customer, by what was told of it alone (S63); null: not known. */
export function sizeOf({ profile }: CustomerState): SizeBand | null {
  const sizeBand = profileValue(profile, 'sizeBand');
  return sizeBandOf({ sizeBand, employees: profileValue(profile, 'employees') }).value;
}
