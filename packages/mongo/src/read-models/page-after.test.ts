import { describe, expect, it } from 'vitest';
import { afterPosition, sortOf } from './page-after.ts';

describe('the rows after a position', () => {
  it('are sorted by the fields, then by id in the direction of the last', () => {
    expect(sortOf([])).toEqual({ _id: 1 });
    expect(
      Object.entries(
        sortOf([
          ['value', 1],
          ['health.band', -1],
        ]),
      ),
    ).toEqual([
      ['state.value', 1],
      ['state.health.band', -1],
      ['_id', -1],
    ]);
  });

  it('have a later id where there is no sort', () => {
    expect(afterPosition([], { values: [], id: 'b' })).toEqual({ $or: [{ $and: [{ _id: { $gt: 'b' } }] }] });
  });

  it('are of every type that comes later', () => {
    expect(afterPosition([['value', 1]], { values: [5], id: 'b' })).toEqual({
      $or: [
        { $and: [{ 'state.value': { $gt: 5 } }] },
        { $and: [{ 'state.value': { $type: ['string', 'object', 'bool'] } }] },
        { $and: [{ 'state.value': { $eq: 5 } }, { _id: { $gt: 'b' } }] },
      ],
    });
    expect(afterPosition([['value', -1]], { values: ['x'], id: 'b' })).toEqual({
      $or: [
        { $and: [{ 'state.value': { $lt: 'x' } }] },
        { $and: [{ 'state.value': { $type: ['number'] } }] },
        { $and: [{ 'state.value': { $eq: null } }] },
        { $and: [{ 'state.value': { $eq: 'x' } }, { _id: { $lt: 'b' } }] },
      ],
    });
  });

  it('are equal in the fields before the one in which they are later', () => {
    const sort = [
      ['a', -1],
      ['b', 1],
    ] as const;
    expect(afterPosition(sort, { values: [null, true], id: 'x' })).toEqual({
      $or: [
        { $and: [{ 'state.a': { $eq: null } }, { 'state.b': { $gt: true } }] },
        { $and: [{ 'state.a': { $eq: null } }, { 'state.b': { $eq: true } }, { _id: { $gt: 'x' } }] },
      ],
    });
  });

  it('cannot be told for a position that is no plain value', () => {
    expect(() => afterPosition([['a', 1]], { values: [{ $gt: 1 }], id: 'x' })).toThrow(
      'cannot be paged by state.a',
    );
  });
});
