import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from './event-types.ts';
import { nearestTo } from './nearest.ts';

describe('the names that a misspelt one is nearest to', () => {
  it.each([
    ['activity.logon', ['activity.login']],
    ['payment.payed', ['payment.paid']],
    ['Agreement_Created', ['agreement.created']],
    ['engagement.qbr held', ['engagement.qbr-held']],
    ['goal.mets', ['goal.met']],
    ['goal.zet', ['goal.met', 'goal.set']],
    ['toString', []],
    ['', []],
    ['x'.repeat(128), []],
    ['AccountChangeEvent', []],
  ])('of %s are %j', (misspelt, names) => {
    expect([...nearestTo(misspelt, EVENT_TYPES)].sort()).toEqual(names);
  });

  it('say nothing where more than two are equally near', () => {
    expect(nearestTo('cot', ['cat', 'cut', 'cit'])).toEqual([]);
  });

  it('has whatever is spelt with one slip', () => {
    const slip = fc.record({
      name: fc.constantFrom(...EVENT_TYPES),
      at: fc.nat(30),
      letter: fc.constantFrom('q', 'z', ''),
    });
    fc.assert(
      fc.property(slip, ({ name, at, letter }) => {
        const place = at % name.length;
        const misspelt = name.slice(0, place) + letter + name.slice(place + 1);
        const found = nearestTo(misspelt, EVENT_TYPES);
        // Two names may differ by so little that a slip is nearer to the other.
        expect(found.length).toBeGreaterThan(0);
        expect(found.length).toBeLessThanOrEqual(2);
      }),
    );
  });
});
