import { type Fault, shown } from '@bellwether/events';
import { type ConvertOptions, converter } from './convert-value.ts';
import type { Condition, Field } from './map-schema.ts';

/** The cells of one row, in the order of the file's columns. */
export type Cells = readonly string[];
export type Value = string | number | boolean;
/** Reads a value from a row; undefined where there is none. What is wrong goes to `faults`. */
export type ReadField = (cells: Cells, faults: Fault[]) => Value | undefined;

export interface CompileContext extends Omit<ConvertOptions, 'as' | 'format'> {
  /** Index of a column in the cells; columns that the file lacks were refused before. */
  readonly indexOf: (column: string) => number;
}

const PLACEHOLDER = /\{([^{}]+)\}/g;

/** Makes the reader of one field of an event. */
export function compileField(field: Field, context: CompileContext): ReadField {
  const alternatives = field.firstOf;
  if (!alternatives) return compileOne(field, context);
  const readers = alternatives.map((one) => ({
    applies: compileConditions(one.when ?? [], context),
    read: compileOne(one, context),
  }));
  const applies = compileConditions(field.when ?? [], context);
  return (cells, faults) => {
    if (!applies(cells)) return undefined;
    for (const reader of readers) {
      if (!reader.applies(cells)) continue;
      const before = faults.length;
      const value = reader.read(cells, faults);
      if (value !== undefined || faults.length > before) return value;
    }
    if (!field.optional)
      faults.push({ path: columnsOf(field).join(', '), expected: 'a value', got: 'nothing' });
    return undefined;
  };
}

function compileOne(field: Omit<Field, 'firstOf'>, context: CompileContext): ReadField {
  const { currency, digits, timeZone } = context;
  const convert = converter({ as: field.as, format: field.format, currency, digits, timeZone });
  const path = columnsOf(field).join(', ') || 'value';
  const textOf = compileText(field, context);
  const applies = compileConditions(field.when ?? [], context);
  const pattern = field.pattern === undefined ? undefined : new RegExp(field.pattern, 'u');
  const named = field.map && new Map(Object.entries(field.map));
  return (cells, faults) => {
    if (!applies(cells)) return undefined;
    const source = textOf(cells);
    const wrong = (expected: string) => void faults.push({ path, expected, got: shown(source) });
    if (source === '') return field.optional ? undefined : wrong('a value');
    let text = source;
    if (pattern) {
      const match = pattern.exec(text);
      if (!match) return wrong(`a text like ${field.pattern}`);
      text = match[1] ?? match[0];
    }
    if (named) {
      const translated = named.get(text);
      if (translated === undefined) return wrong(`one of ${[...named.keys()].join(', ')}`);
      text = translated;
    }
    const converted = convert(text);
    return converted.ok ? converted.value : wrong(converted.expected);
  };
}

function compileText(field: Omit<Field, 'firstOf'>, context: CompileContext): (cells: Cells) => string {
  const { column, template, value } = field;
  if (column !== undefined) {
    const index = context.indexOf(column);
    return (cells) => cells[index] ?? '';
  }
  if (template === undefined) return () => value ?? '';
  return (cells) => {
    let complete = true;
    const text = template.replace(PLACEHOLDER, (_, name: string) => {
      const cell = cells[context.indexOf(name)] ?? '';
      if (cell === '') complete = false;
      return cell;
    });
    return complete ? text : '';
  };
}

/** Makes one test of several conditions; all must hold. */
export function compileConditions(
  conditions: readonly Condition[],
  context: Pick<CompileContext, 'indexOf'>,
): (cells: Cells) => boolean {
  const tests = conditions.map((condition) => compileCondition(condition, context));
  return (cells) => tests.every((test) => test(cells));
}

function compileCondition(condition: Condition, { indexOf }: Pick<CompileContext, 'indexOf'>) {
  const index = indexOf(condition.column);
  const { equals, notEquals, startsWith, notStartsWith, empty, sameAs, differsFrom } = condition;
  const oneOf = condition.in && new Set(condition.in);
  const other = sameAs ?? differsFrom;
  const otherIndex = other === undefined ? -1 : indexOf(other);
  return (cells: Cells): boolean => {
    const text = cells[index] ?? '';
    if (equals !== undefined) return text === equals;
    if (notEquals !== undefined) return text !== notEquals;
    if (oneOf) return oneOf.has(text);
    if (startsWith !== undefined) return text.startsWith(startsWith);
    if (notStartsWith !== undefined) return !text.startsWith(notStartsWith);
    if (empty !== undefined) return (text === '') === empty;
    return (text === (cells[otherIndex] ?? '')) === (sameAs !== undefined);
  };
}

/** Columns that a field reads, conditions left out. */
export function columnsOf(field: Omit<Field, 'firstOf'> & Pick<Field, 'firstOf'>): string[] {
  if (field.firstOf) return [...new Set(field.firstOf.flatMap((one) => columnsOf(one)))];
  if (field.column !== undefined) return [field.column];
  return Array.from((field.template ?? '').matchAll(PLACEHOLDER), (match) => match[1] ?? '');
}
