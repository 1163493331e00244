import { type Filter, StreamError } from '@bellwether/stream';
import type { Document } from 'mongodb';
import { escapeValue } from '../values/escape-value.ts';
import { plainBytes } from '../values/plain-value.ts';
import { statePath, storedPath } from './state-path.ts';

type PathRule = (path: string) => string;

/** What an operator's argument is; an operator that is not here runs code or is not known to every backend. */
const OPERATORS: Readonly<Record<string, (argument: unknown) => unknown>> = {
  $eq: literal,
  $ne: literal,
  $gt: literal,
  $gte: literal,
  $lt: literal,
  $lte: literal,
  $in: literals,
  $nin: literals,
  $all: literals,
  $exists: unchanged,
  $size: unchanged,
  $type: unchanged,
  $mod: unchanged,
  $regex: unchanged,
  $options: unchanged,
  $not: (argument) => (argument instanceof RegExp ? argument : operators(objectOf(argument))),
  $elemMatch: (argument) => {
    const condition = objectOf(argument);
    return isCondition(condition) ? operators(condition) : filterOf(condition, storedPath);
  },
};
const COMBINATIONS = new Set(['$and', '$or', '$nor']);

/**
 * A filter over the fields of a state, as one over stored documents. Whatever is not an operator by its place in the
 * filter is compared as a value, so that no text of a user becomes one.
 * @throws StreamError `refused` for operators that not every backend answers alike (`$where`, `$expr` …)
 */
export function stateFilter(filter: Filter | undefined): Document {
  return filter === undefined ? {} : filterOf(filter, statePath);
}

function filterOf(filter: Filter, path: PathRule): Document {
  const conditions = Object.entries(filter).map(([name, condition]) => {
    if (COMBINATIONS.has(name))
      return [name, listOf(condition).map((each) => filterOf(objectOf(each), path))];
    if (name.startsWith('$')) throw notAllowed(name);
    return [path(name), conditionOf(condition)];
  });
  return Object.fromEntries(conditions);
}

function conditionOf(condition: unknown): unknown {
  if (condition instanceof RegExp) return condition;
  if (isCondition(condition)) return operators(condition);
  return { $eq: literal(condition) };
}

/** As in MongoDB, an object is a condition as soon as one of its names is an operator's. */
function isCondition(value: unknown): value is Filter {
  return isObject(value) && Object.keys(value).some((name) => name.startsWith('$'));
}

function operators(condition: Filter): Document {
  const entries = Object.entries(condition).map(([name, argument]) => {
    const convert = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (convert === undefined) throw notAllowed(name);
    return [name, convert(argument)];
  });
  return Object.fromEntries(entries);
}

/** A value as it is stored. */
function literal(value: unknown): unknown {
  if (value instanceof RegExp || value === undefined) return value;
  return plainBytes(value) === undefined ? escapeValue(value) : value;
}

function literals(values: unknown): unknown[] {
  return listOf(values).map(literal);
}

function unchanged(argument: unknown): unknown {
  return argument;
}

function isObject(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
}

function objectOf(value: unknown): Filter {
  if (isObject(value)) return value;
  throw new StreamError('refused', 'A filter has a value where it needs a condition.');
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new StreamError('refused', 'A filter has a value where it needs a list.');
}

function notAllowed(name: string): StreamError {
  return new StreamError('refused', `A filter may not use ${name}.`);
}
