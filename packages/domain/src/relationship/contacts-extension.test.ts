import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { blankDetails, type ContactEvent, withDetails } from './contacts-extension.ts';
import { roleGroupOf } from './role-groups.ts';
import { TODAY } from './test-support/customer.ts';

const said = (on: number, data: object) =>
  given('contact.changed', on, { data: { contactId: 'ann', ...data } });
const after = (events: readonly ContactEvent[]) =>
  events.reduce(withDetails, blankDetails(events[0]?.day ?? TODAY));

describe('what is known of a contact', () => {
  it('is the latest word, attribute by attribute', () => {
    const details = after([
      said(TODAY - 1, { role: 'director' }),
      said(TODAY - 9, { role: 'manager', hasEmail: true, isPrimary: false }),
    ]);
    expect([details.firstDay, details.role?.[0], details.hasEmail?.[0]]).toEqual([
      TODAY - 9,
      'director',
      true,
    ]);
  });

  it('stays the same when it is told again, or not at all', () => {
    const first = said(TODAY, { role: 'director', isPrimary: true });
    const details = after([first]);
    expect(withDetails(details, first)).toBe(details);
    expect(withDetails(details, given('contact.left', TODAY, { data: { contactId: 'ann' } }))).toBe(details);
  });

  it('does not depend on the order of arrival', () => {
    const anySaid = fc
      .tuple(
        fc.integer({ min: TODAY - 20, max: TODAY }),
        fc.record({ role: fc.constantFrom('a', 'b'), hasEmail: fc.boolean() }, { requiredKeys: [] }),
      )
      .map(([day, data]) => said(day, data));
    fc.assert(
      fc.property(fc.array(anySaid, { minLength: 1 }), (events) => {
        expect(JSON.stringify(after(events.toReversed()))).toBe(JSON.stringify(after(events)));
      }),
    );
  });
});

it.each([
  ['Chief Information Officer', 'executive'],
  ['VP Sales', 'executive'],
  ['procurement manager', 'commercial'],
  ['user lead', 'management'],
  ['IT analyst', 'technical'],
  ['power user', 'user'],
  ['astronaut', 'other'],
] as const)('the role %s is of the group %s (S33)', (role, group) => {
  expect(roleGroupOf(role)).toBe(group);
});
