import { columnsOf } from './compile-field.ts';
import type { Condition, Field, RowMap, Rule } from './map-schema.ts';

/** Every column that a map reads, in no particular order: what a file must have. */
export function columnsUsed(map: RowMap): string[] {
  const conditions: (Condition | undefined)[] = [];
  const fields: Field[] = [map.customerId];
  for (const block of Object.values(map.shared)) fields.push(...Object.values(block));
  for (const rule of rulesOf(map).flat()) {
    fields.push(...Object.values(rule.data), ...(rule.sequence ? [rule.sequence] : []));
    conditions.push(...(rule.when ?? []));
  }
  const columns = [...(map.id ?? []), map.time.column, ...fields.flatMap((field) => columnsOf(field))];
  for (const field of fields)
    conditions.push(...(field.when ?? []), ...(field.firstOf ?? []).flatMap((one) => one.when ?? []));
  for (const condition of conditions) {
    if (condition)
      columns.push(condition.column, condition.sameAs ?? condition.differsFrom ?? condition.column);
  }
  return [...new Set(columns)];
}

/** The rules of each entry of a map; of the rules of one entry the first that applies counts. */
export function rulesOf(map: RowMap): Rule[][] {
  return map.events.map((entry) => entry.oneOf ?? [entry as Rule]);
}

/** Fields of a rule's data: included blocks first, its own on top. */
export function fieldsOf(map: RowMap, rule: Rule): Record<string, Field> {
  const blocks = rule.include.map((name) => map.shared[name] ?? {});
  return Object.assign({}, ...blocks, rule.data) as Record<string, Field>;
}

/** Columns behind each field of each event type, for faults. */
export function dataColumns(map: RowMap): Map<string, readonly string[]> {
  const columns = new Map<string, readonly string[]>();
  for (const rule of rulesOf(map).flat()) {
    for (const [name, field] of Object.entries(fieldsOf(map, rule))) {
      columns.set(`${rule.type} ${name}`, columnsOf(field));
    }
  }
  return columns;
}
