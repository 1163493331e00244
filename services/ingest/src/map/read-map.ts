import { createHash } from 'node:crypto';
import { EVENT_SCHEMAS, type Fault, shown } from '@bellwether/events';
import { readYaml } from '@bellwether/runtime';
import type { z } from 'zod';
import { isRowMap, MapFile, type RowMap, type Rule } from './map-schema.ts';

/** A map that was read, and the version by which an import remembers it: its own, and a hash of its text. */
export interface ReadMap {
  readonly map: MapFile;
  readonly version: string;
}
export type MapResult =
  | ({ readonly ok: true } & ReadMap)
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Reads a map and reports all its faults at once, each with its path (`events[1].data.amountMinor`). */
export function readMap(text: string): MapResult {
  const read = readYaml(text);
  if (!read.ok) return failed(read.faults);
  const { content } = read;
  const parsed = MapFile.safeParse(content);
  if (!parsed.success) return failed(parsed.error.issues.flatMap((issue) => faultsOf(issue, content)));
  const faults = contradictions(parsed.data);
  if (faults.length > 0) return failed(faults);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { ok: true, map: parsed.data, version: `${parsed.data.version}-${hash}` };
}

function failed(faults: readonly Fault[]): MapResult {
  return { ok: false, faults };
}

/** What the shape alone cannot say: fields that an event type has or needs, blocks and columns that exist. */
function contradictions(map: MapFile): Fault[] {
  const faults: Fault[] = [];
  if (!isRowMap(map)) {
    if (map.format.type !== 'jsonl') faults.push(missing('events'));
    for (const name of ['source', 'id', 'customerId', 'time'] as const) {
      if (map[name] === undefined) continue;
      faults.push({ path: name, expected: 'no such field without events', got: shown(map[name]) });
    }
    return faults;
  }
  for (const name of ['source', 'customerId', 'time'] as const) {
    if (map[name] === undefined) faults.push(missing(name));
  }
  for (const [index, entry] of map.events.entries()) {
    if (entry.type !== undefined) checkRule(entry as Rule, `events[${index}]`, { map, faults });
    for (const [at, rule] of (entry.oneOf ?? []).entries()) {
      checkRule(rule, `events[${index}].oneOf[${at}]`, { map, faults });
    }
  }
  return faults;
}

function missing(path: string): Fault {
  return { path, expected: 'to be present', got: 'nothing' };
}

function checkRule(rule: Rule, path: string, { map, faults }: { map: RowMap; faults: Fault[] }): void {
  const schema = EVENT_SCHEMAS[rule.type];
  const known = Object.keys(schema.properties);
  const given = new Map(Object.keys(rule.data).map((name) => [name, `${path}.data.${name}`]));
  for (const [index, block] of rule.include.entries()) {
    const fields = map.shared[block];
    if (!fields) {
      const blocks = Object.keys(map.shared).join(', ') || 'none are there';
      faults.push({
        path: `${path}.include[${index}]`,
        expected: `a block of shared (${blocks})`,
        got: shown(block),
      });
    }
    for (const name of Object.keys(fields ?? {}))
      given.set(name, given.get(name) ?? `shared.${block}.${name}`);
  }
  for (const [name, where] of given) {
    if (known.includes(name)) continue;
    faults.push({ path: where, expected: `a field of ${rule.type} (${known.join(', ')})`, got: shown(name) });
  }
  for (const name of requiredOf(schema)) {
    if (!given.has(name)) faults.push(missing(`${path}.data.${name}`));
  }
}

function requiredOf(schema: object): readonly string[] {
  return 'required' in schema ? (schema.required as readonly string[]) : [];
}

function faultsOf(issue: z.core.$ZodIssue, content: unknown): Fault[] {
  const path = pathOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: path === '/' ? key : `${path}.${key}`,
      expected: 'no such field',
      got: shown(at(content, [...issue.path, key])),
    }));
  }
  return [
    {
      path,
      expected: issue.message.replace(/^Invalid (input|option|string): /, ''),
      got: shown(at(content, issue.path)),
    },
  ];
}

function pathOf(path: readonly PropertyKey[]): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? String(step) : `.${String(step)}`;
  }
  return text === '' ? '/' : text;
}

function at(content: unknown, path: readonly PropertyKey[]): unknown {
  let value = content;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[step];
  }
  return value;
}
