import { EVENT_TYPES, isEventType } from '@bellwether/events';
import { z } from 'zod';
import { isTimeZone } from '../tenants/calendar.ts';

/** How a column's text becomes a value of an event. */
export const CONVERSIONS = [
  'text',
  'id',
  'integer',
  'number',
  'money',
  'date',
  'instant',
  'boolean',
] as const;
export type Conversion = (typeof CONVERSIONS)[number];

/** YAML reads `0` and `true` as number and boolean; a map compares texts. */
const Text = z.preprocess(
  (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  z.string({ error: 'expected a text' }),
);
const Column = z.string({ error: 'expected the name of a column' }).min(1);
const Columns = z.array(Column).min(1);
const TESTS = [
  'equals',
  'notEquals',
  'in',
  'startsWith',
  'notStartsWith',
  'empty',
  'sameAs',
  'differsFrom',
] as const;

export const Condition = z
  .strictObject({
    column: Column,
    equals: Text.optional(),
    notEquals: Text.optional(),
    in: z.array(Text).min(1).optional(),
    startsWith: Text.optional(),
    notStartsWith: Text.optional(),
    empty: z.boolean().optional(),
    sameAs: Column.optional(),
    differsFrom: Column.optional(),
  })
  .refine((condition) => countPresent(condition, TESTS) === 1, {
    error: `expected exactly one of ${TESTS.join(', ')}`,
  });
export type Condition = z.infer<typeof Condition>;

const Pattern = z.string().superRefine((text, context) => {
  const problem = patternProblem(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

const readsOne = {
  column: Column.optional(),
  /** Text with columns in braces: `{vehicle}:{order}`; empty when one of them is. */
  template: z.string().min(1).optional(),
  /** The same for every row. */
  value: Text.optional(),
  /** Regular expression; its first group (or the whole match) is taken. */
  pattern: Pattern.optional(),
  /** Text in the file to text in the event; anything else is a fault. */
  map: z.record(z.string(), Text).optional(),
  as: z.enum(CONVERSIONS).default('text'),
  /** Of a date or an instant, as luxon writes it: `M/d/yyyy`. */
  format: z.string().min(1).optional(),
  optional: z.boolean().default(false),
  when: z.array(Condition).optional(),
};
const SOURCES = ['column', 'template', 'value'] as const;
const Alternative = z.strictObject(readsOne).refine((field) => countPresent(field, SOURCES) === 1, {
  error: `expected exactly one of ${SOURCES.join(', ')}`,
});
export const Field = z
  .strictObject({ ...readsOne, firstOf: z.array(Alternative).min(1).optional() })
  .refine((field) => countPresent(field, [...SOURCES, 'firstOf']) === 1, {
    error: `expected exactly one of ${SOURCES.join(', ')}, firstOf`,
  });
export type Field = z.infer<typeof Field>;

const Fields = z.record(z.string(), Field);
const Type = z.string().refine(isEventType, { error: `expected one of ${EVENT_TYPES.join(', ')}` });
const rule = {
  when: z.array(Condition).optional(),
  include: z.array(z.string()).default([]),
  data: Fields.default({}),
  /** The source's own order of the facts about one entity: a whole number. */
  sequence: Field.optional(),
};
export const Rule = z.strictObject({ type: Type, ...rule });
export type Rule = z.infer<typeof Rule>;
/** Either one rule, or rules of which the first that applies counts. */
const Entry = z
  .strictObject({ type: Type.optional(), ...rule, oneOf: z.array(Rule).min(1).optional() })
  .refine((entry) => countPresent(entry, ['type', 'oneOf']) === 1, { error: 'expected either type or oneOf' })
  .refine(
    (entry) =>
      entry.oneOf === undefined || (!entry.when && Object.keys(entry.data).length === 0 && !entry.sequence),
    {
      error: 'when, include, data and sequence stand in the rules of oneOf',
    },
  );

const Format = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('csv'),
    delimiter: z
      .string()
      .regex(/^[\t\x20-\x7e]$/, 'expected one ASCII character')
      .default(','),
    /** Names of the columns where the file has no header row. */
    columns: Columns.optional(),
  }),
  z.strictObject({ type: z.literal('whitespace'), columns: Columns }),
  z.strictObject({ type: z.literal('jsonl') }),
]);
export type Format = z.infer<typeof Format>;

const Time = z.strictObject({ column: Column, format: z.string().min(1).optional() });

/** The mapping language (docs/importing.md). Every object is strict: an unknown field is a fault with its path. */
export const MapFile = z.strictObject({
  version: Text,
  tenant: z.strictObject({
    currency: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as USD'),
    timeZone: z.string().refine(isTimeZone, { error: 'expected an IANA time zone such as Europe/Berlin' }),
  }),
  format: Format,
  source: z.string().min(1).max(256).optional(),
  id: Columns.optional(),
  customerId: Field.optional(),
  time: Time.optional(),
  shared: z.record(z.string(), Fields).default({}),
  events: z.array(Entry).min(1).optional(),
});
export type MapFile = z.infer<typeof MapFile>;

/** A map whose rows are not CloudEvents yet. */
export interface RowMap extends MapFile {
  readonly source: string;
  readonly customerId: Field;
  readonly time: z.infer<typeof Time>;
  readonly events: NonNullable<MapFile['events']>;
}

/** False for JSONL files of CloudEvents as they are. */
export function isRowMap(map: MapFile): map is RowMap {
  return map.events !== undefined;
}

function countPresent(object: object, names: readonly string[]): number {
  return names.filter((name) => (object as Readonly<Record<string, unknown>>)[name] !== undefined).length;
}

function patternProblem(text: string): string | undefined {
  try {
    new RegExp(text, 'u');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
