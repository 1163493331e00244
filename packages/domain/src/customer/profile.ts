import type { CustomerEventOf, EventData } from '@bellwether/events';

type ProfileData = EventData<'customer.profile'>;
export type ProfileField = keyof ProfileData;

/** A value with the place of the event that told it: the greatest (time, sequence, id) wins. */
export interface Told<Value> {
  readonly value: Value;
  readonly time: number;
  readonly sequence: number;
  readonly id: string;
}

/** Who the customer is, attribute by attribute (S52, S63, S81, S104); the keys are always in alphabetical order. */
export type Profile = { readonly [Field in ProfileField]?: Told<NonNullable<ProfileData[Field]>> };

/** Takes what an event tells about the customer; the same reference when all of it was told later already. */
export function evolveProfile(profile: Profile, event: CustomerEventOf<'customer.profile'>): Profile {
  const next: { [field: string]: Told<string | number> } = { ...profile };
  let isChanged = false;
  for (const [field, value] of Object.entries(event.data)) {
    const told = { value, time: event.time, sequence: event.sequence ?? 0, id: event.id };
    const known = next[field];
    if (known !== undefined && !isToldLater(told, known)) continue;
    next[field] = told;
    isChanged = true;
  }
  if (!isChanged) return profile;
  return inOrder(next);
}

/** What two customers are told to be, as one: of each attribute what was told last (N23). */
export function mergeProfiles(a: Profile, b: Profile): Profile {
  const merged: { [field: string]: Told<string | number> } = { ...a };
  for (const [field, told] of Object.entries(b)) {
    const known = merged[field];
    if (known === undefined || isToldLater(told, known)) merged[field] = told;
  }
  return inOrder(merged);
}

function inOrder(fields: { readonly [field: string]: Told<string | number> }): Profile {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))) as Profile;
}

/** The value of an attribute, or null when it was never told. */
export function profileValue<Field extends ProfileField>(
  profile: Profile,
  field: Field,
): NonNullable<ProfileData[Field]> | null {
  return profile[field]?.value ?? null;
}

/** Where two sources use one id at one instant the greater text wins, so that the order of arrival does not count. */
export function isToldLater(a: Told<string | number>, b: Told<string | number>): boolean {
  if (a.time !== b.time) return a.time > b.time;
  if (a.sequence !== b.sequence) return a.sequence > b.sequence;
  if (a.id !== b.id) return a.id > b.id;
  return String(a.value) > String(b.value);
}
