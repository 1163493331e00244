import { StreamError } from '@bellwether/stream';
import { describe, expect, it } from 'vitest';
import { stateFilter } from './state-filter.ts';

describe('a filter over the fields of a state', () => {
  it('becomes one over stored documents', () => {
    const filter = {
      name: 'Anna',
      'health.value': { $gte: 10, $not: { $in: [20, null] } },
      $or: [{ open: { $eq: true } }, { alerts: { $elemMatch: { rule: 'a', 'at.day': { $gt: 3 } } } }],
    };
    expect(stateFilter(filter)).toEqual({
      'state.name': { $eq: 'Anna' },
      'state.health.value': { $gte: 10, $not: { $in: [20, null] } },
      $or: [
        { 'state.open': { $eq: true } },
        { 'state.alerts': { $elemMatch: { rule: { $eq: 'a' }, 'at.day': { $gt: 3 } } } },
      ],
    });
    expect(stateFilter(undefined)).toEqual({});
    expect(stateFilter({ tags: { $elemMatch: { $gt: 1 } }, name: /^a/ })).toEqual({
      'state.tags': { $elemMatch: { $gt: 1 } },
      'state.name': /^a/,
    });
  });

  it.each([
    ['$where', { $where: 'true' }],
    ['$expr', { $or: [{ $expr: {} }] }],
    ['$comment', { $comment: 'x' }],
    ['$function', { value: { $function: {} } }],
    ['$jsonSchema', { alerts: { $elemMatch: { $jsonSchema: {} } } }],
    ['$ne beside a name', { value: { $ne: 1, name: 2 } }],
    ['toString', { value: { $gt: 1, toString: 2 } }],
    ['a value for a list', { value: { $in: 'text' } }],
    ['a value for a condition', { $and: [1] }],
  ])('refuses %s', (_, filter) => {
    expect(() => stateFilter(filter)).toThrow(StreamError);
  });

  it('compares values as values, whatever their text says', () => {
    expect(stateFilter({ name: { $eq: { $gt: '' } } })).toEqual({ 'state.name': { $eq: { '~$gt': '' } } });
    expect(stateFilter({ name: { $in: ['$ne', { $ne: 1 }] } })).toEqual({
      'state.name': { $in: ['$ne', { '~$ne': 1 }] },
    });
    expect(stateFilter({ name: { first: 'A' } })).toEqual({ 'state.name': { $eq: { first: 'A' } } });
  });

  it('finds names that are stored escaped, and takes none for an operator', () => {
    expect(stateFilter({ 'features.$where': 1, 'a.~b': 2 })).toEqual({
      'state.features.~$where': { $eq: 1 },
      'state.a.~~b': { $eq: 2 },
    });
  });
});
