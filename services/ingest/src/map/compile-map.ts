import { type Fault, minorDigits } from '@bellwether/events';
import {
  type Cells,
  type CompileContext,
  compileConditions,
  compileField,
  type ReadField,
  type Value,
} from './compile-field.ts';
import { dataColumns, fieldsOf, rulesOf } from './map-columns.ts';
import type { Field, RowMap, Rule } from './map-schema.ts';

/** A CloudEvent as a map makes it; validated like any other. */
export interface MappedEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: Value;
  readonly time: Value;
  readonly sequence?: Value;
  readonly data: Readonly<Record<string, Value>>;
}
export type MappedRow =
  | { readonly ok: true; readonly events: readonly MappedEvent[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export interface CompiledMap {
  /** @param defaultId identity of the row where the map names no id columns: content hash and row number */
  apply(cells: Cells, defaultId: string): MappedRow;
  /** The columns behind a field of an event's data, for faults. */
  columnsOf(type: string, field: string): readonly string[];
}

type NamedField = readonly [name: string, read: ReadField];

interface CompiledRule {
  readonly type: string;
  readonly applies: (cells: Cells) => boolean;
  /** The fields of a row, with amounts in the currency that the row itself names, if it does. */
  readonly fieldsOf: (cells: Cells) => readonly NamedField[];
  readonly sequence: ReadField | undefined;
}

/** Compiles a map against the columns of a file, so that a row costs no look-up by name. */
export function compileMap(map: RowMap, header: readonly string[]): CompiledMap {
  const indexes = new Map(header.map((name, index) => [name, index]));
  const { currency, timeZone } = map.tenant;
  const indexOf = (column: string) => indexes.get(column) ?? -1;
  const context = { currency, timeZone, digits: minorDigits(currency), indexOf };
  const entries = rulesOf(map).map((rules) => rules.map((rule) => compileRule(map, rule, context)));
  const readHead = compileHead(map, context);
  const sources = dataColumns(map);

  function apply(cells: Cells, defaultId: string): MappedRow {
    const faults: Fault[] = [];
    const head = readHead(cells, faults, defaultId);
    const events: MappedEvent[] = [];
    for (const [index, rules] of entries.entries()) {
      const rule = rules.find((one) => one.applies(cells));
      if (!rule) continue;
      const data = Object.fromEntries(valuesOf(rule, cells, faults));
      const sequence = rule.sequence?.(cells, faults);
      if (!head) continue;
      const id = entries.length === 1 ? head.id : `${head.id}:${index + 1}`;
      const ordered = sequence === undefined ? {} : { sequence };
      events.push({ specversion: '1.0', ...head, id, source: map.source, type: rule.type, ...ordered, data });
    }
    if (faults.length > 0) return { ok: false, faults: withoutRepeats(faults) };
    if (events.length > 0) return { ok: true, events };
    const fault = { path: 'events', expected: 'a rule that applies to this row', got: 'none' };
    return { ok: false, faults: [fault] };
  }

  return { apply, columnsOf: (type, field) => sources.get(`${type} ${field}`) ?? [] };
}

function compileRule(map: RowMap, rule: Rule, context: CompileContext): CompiledRule {
  return {
    type: rule.type,
    applies: compileConditions(rule.when ?? [], context),
    fieldsOf: compileFields(fieldsOf(map, rule), context),
    sequence: rule.sequence && compileField({ ...rule.sequence, as: 'integer' }, context),
  };
}

const CURRENCY = /^[A-Z]{3}$/;

function compileFields(
  fields: Readonly<Record<string, Field>>,
  context: CompileContext,
): CompiledRule['fieldsOf'] {
  const compile = (currency: string): readonly NamedField[] => {
    const own = { ...context, currency, digits: minorDigits(currency) };
    return Object.entries(fields).map(([name, field]) => [name, compileField(field, own)]);
  };
  const inOwn = compile(context.currency);
  const { currency: field } = fields;
  if (field === undefined) return () => inOwn;
  const readCurrency = compileField(field, context);
  const byCurrency = new Map([[context.currency, inOwn]]);
  return (cells) => {
    // What is wrong with it is told when the row is read.
    const currency = readCurrency(cells, []);
    if (typeof currency !== 'string' || !CURRENCY.test(currency)) return inOwn;
    const known = byCurrency.get(currency);
    if (known !== undefined) return known;
    const compiled = compile(currency);
    byCurrency.set(currency, compiled);
    return compiled;
  };
}

type Head = Pick<MappedEvent, 'id' | 'subject' | 'time'>;

/** What all events of a row share; undefined where a part of it is wrong. */
function compileHead(map: RowMap, context: CompileContext) {
  const compile = (field: Partial<Field>) => compileField({ as: 'text', optional: false, ...field }, context);
  const idOf = map.id && compile({ template: map.id.map((column) => `{${column}}`).join(':') });
  const subjectOf = compile({ ...map.customerId, as: 'id' });
  const timeOf = compile({ as: 'instant', column: map.time.column, format: map.time.format });
  return (cells: Cells, faults: Fault[], defaultId: string): Head | undefined => {
    const id = idOf ? idOf(cells, faults) : defaultId;
    const subject = subjectOf(cells, faults);
    const time = timeOf(cells, faults);
    if (id === undefined || subject === undefined || time === undefined) return undefined;
    return { id: String(id), subject, time };
  };
}

function* valuesOf(rule: CompiledRule, cells: Cells, faults: Fault[]): Generator<[string, Value]> {
  for (const [name, read] of rule.fieldsOf(cells)) {
    const value = read(cells, faults);
    if (value !== undefined) yield [name, value];
  }
}

function withoutRepeats(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [`${fault.path}\n${fault.expected}`, fault])).values()];
}
