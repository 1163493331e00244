import type { Filter } from '@bellwether/stream';
import { Context } from 'mingo/core';
import * as operators from 'mingo/operators/query';
import { Query } from 'mingo/query';

/**
 * The part of MongoDB's query language that both backends answer alike. What runs scripts or needs expressions
 * (`$where`, `$expr`, `$jsonSchema`) is left out: a filter with it throws.
 */
const { $all, $elemMatch, $eq, $exists, $gt, $gte, $in, $lt, $lte, $mod, $ne, $nin, $regex, $size, $type } =
  operators;
const { $and, $nor, $not, $or } = operators;
const context = Context.init({
  query: { $all, $elemMatch, $eq, $exists, $gt, $gte, $in, $lt, $lte, $mod, $ne, $nin, $regex, $size, $type },
}).addQueryOps({ $and, $nor, $not, $or });

/** A test for a filter; without one everything passes. */
export function matcherOf(filter: Filter | undefined): (state: unknown) => boolean {
  if (filter === undefined || Object.keys(filter).length === 0) return () => true;
  const query = new Query(filter, { context, scriptEnabled: false });
  return (state) => query.test(state as Record<string, unknown>);
}
