import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolveProfile, type Profile, profileValue } from './profile.ts';
import { given } from './test-support.ts';

describe('the profile of a customer', () => {
  it('keeps for each attribute what was told last, whenever it arrives', () => {
    const later = given('customer.profile', '2024-03-01', { data: { name: 'Acme Ltd', owner: 'Kim' } });
    const earlier = given('customer.profile', '2024-01-01', { data: { name: 'Acme', industry: 'Retail' } });
    const profile = evolveProfile(evolveProfile({}, later), earlier);
    expect(profileValue(profile, 'name')).toBe('Acme Ltd');
    expect(profileValue(profile, 'industry')).toBe('Retail');
    expect(profileValue(profile, 'tier')).toBeNull();
    expect(evolveProfile(profile, earlier)).toBe(profile);
  });

  it('ends the same whatever the order of arrival, ties included', () => {
    const told = fc.record({
      time: fc.constantFrom(1, 2),
      id: fc.constantFrom('a', 'b'),
      source: fc.constantFrom('crm', 'erp'),
      data: fc.record(
        { name: fc.constantFrom('X', 'Y'), employees: fc.constantFrom(9, 10) },
        { requiredKeys: [] },
      ),
    });
    const orders = fc
      .array(told, { maxLength: 8 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    const after = (list: readonly (typeof told extends fc.Arbitrary<infer T> ? T : never)[]) =>
      list.reduce<Profile>(
        (profile, stamp) => evolveProfile(profile, given('customer.profile', 0, stamp)),
        {},
      );
    fc.assert(
      fc.property(orders, ([list, other]) => {
        expect(JSON.stringify(after(other))).toBe(JSON.stringify(after(list)));
      }),
    );
  });
});
