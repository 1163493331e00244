import Type from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { CustomerEvent } from './customer-events.ts';
import { EVENT_SCHEMAS, EVENT_TYPES, type EventType, isEventType } from './event-types.ts';
import { ID_PATTERN, Id, MAX_WHOLE_NUMBER } from './ids.ts';
import { nearestTo } from './nearest.ts';
import type { Fault, QuarantineReason } from './quarantine.ts';
import { parseInstant } from './time.ts';

/**
 * A CloudEvents 1.0 envelope as sources send it (structured mode). `subject` names the customer; `tenant` comes from
 * the address it was sent to; `sequence` is the CloudEvents sequence extension, a whole number here.
 */
export const CloudEvent = Type.Object(
  {
    specversion: Type.Literal('1.0'),
    id: Type.String({ minLength: 1, maxLength: 256 }),
    source: Type.String({ minLength: 1, maxLength: 256 }),
    type: Type.String({ minLength: 1, maxLength: 128 }),
    subject: Id,
    time: Type.String({ minLength: 1, maxLength: 64 }),
    sequence: Type.Optional(
      Type.Union([
        Type.Integer({ minimum: 0, maximum: MAX_WHOLE_NUMBER }),
        Type.String({ pattern: '^[0-9]{1,15}$' }),
      ]),
    ),
    datacontenttype: Type.Optional(Type.Literal('application/json')),
    dataschema: Type.Optional(Type.String({ maxLength: 256 })),
    data: Type.Object({}),
  },
  { additionalProperties: true },
);

/** What the edge adds to an event that it accepts. */
export interface EventStamp {
  readonly tenant: string;
  readonly receivedAt: number;
  readonly historical: boolean;
  /** Epoch day of an instant in the tenant's zone. */
  readonly dayOf: (timeMs: number) => number;
}

export type Validation =
  | { readonly ok: true; readonly event: CustomerEvent }
  | { readonly ok: false; readonly reason: QuarantineReason; readonly faults: readonly Fault[] };

const envelope = Compile(CloudEvent);
const validators = Object.fromEntries(EVENT_TYPES.map((type) => [type, Compile(EVENT_SCHEMAS[type])])) as {
  [T in EventType]: Validator;
};
/** Where people read which event types there are. */
const LIST_OF_TYPES = 'docs/asyncapi.yaml';
const printable = /^[\u0020-\u007e\u00a0-\ud7ff\uf900-\ufffd]+$/;

/** Checks one CloudEvent completely (all faults of a level at once) and stamps it. Never throws on any input. */
export function validateEvent(input: unknown, stamp: EventStamp): Validation {
  if (!envelope.Check(input)) return failed('not-a-cloudevent', faultsOf(envelope, input, ''));
  const { id, source, type, subject, data } = input;
  for (const [name, text] of [
    ['/id', id],
    ['/source', source],
  ] as const) {
    if (!printable.test(text)) return failed('not-a-cloudevent', [fault(name, 'printable characters', text)]);
  }
  if (!isEventType(type)) return failed('unknown-type', [fault('/type', expectedType(type), type)]);
  const time = parseInstant(input.time);
  if (time === undefined)
    return failed('invalid-time', [fault('/time', 'an existing RFC 3339 date-time', input.time)]);
  const validator = validators[type];
  if (!validator.Check(data)) return failed('invalid-data', faultsOf(validator, data, '/data'));
  const event = {
    kind: 'event',
    tenant: stamp.tenant,
    customerId: subject,
    id,
    source,
    type,
    time,
    day: stamp.dayOf(time),
    receivedAt: stamp.receivedAt,
    historical: stamp.historical,
    ...(input.sequence === undefined ? {} : { sequence: Number(input.sequence) }),
    data: inSchemaOrder(type, data),
  } as unknown as CustomerEvent; // the validator of this very type has just accepted `data`
  return { ok: true, event };
}

/** The types that may be meant, and where all of them are: the whole list would hide the one. */
function expectedType(type: string): string {
  const nearest = nearestTo(type, EVENT_TYPES).join(' or ');
  const meant = nearest === '' ? '' : `, perhaps ${nearest}`;
  return `one of the ${EVENT_TYPES.length} event types that ${LIST_OF_TYPES} lists${meant}`;
}

const fieldsOf: ReadonlyMap<EventType, readonly string[]> = new Map(
  EVENT_TYPES.map((type) => [type, Object.keys(EVENT_SCHEMAS[type].properties)]),
);

/**
 * The fields in the order of their schema, and no half of a surrogate pair in any text: so every log and store,
 * whatever its format, gives back the same bytes.
 */
function inSchemaOrder(type: EventType, data: object): object {
  const given = data as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const name of fieldsOf.get(type) ?? []) {
    const value = given[name];
    if (value !== undefined) ordered[name] = typeof value === 'string' ? value.toWellFormed() : value;
  }
  return ordered;
}

function failed(reason: QuarantineReason, faults: readonly Fault[]): Validation {
  return { ok: false, reason, faults };
}

function fault(path: string, expected: string, got: unknown): Fault {
  return { path, expected, got: shown(got) };
}

/** A value as it may be shown to people and logs: JSON (so control characters are escaped), cut to 80 characters. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'object' && value !== null ? sketch(value) : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** What kind of thing stands there; its content may be of any depth and size, so it is not written out. */
function sketch(value: object): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const names = Object.keys(value);
  return names.length === 0 ? 'an empty object' : `an object with ${names.slice(0, 5).join(', ')}`;
}

const MOST_FAULTS = 20;

function faultsOf(validator: Validator, value: unknown, prefix: string): Fault[] {
  const faults = new Map<string, Fault>();
  const constants = new Map<string, unknown[]>();
  for (const { keyword, instancePath, message, params } of validator.Errors(value).slice(0, 100)) {
    const details = params as Record<string, unknown>;
    const path = prefix + instancePath;
    if (keyword === 'required') {
      for (const name of details.requiredProperties as string[]) {
        faults.set(`${path}/${name}`, fault(`${path}/${name}`, 'to be present', undefined));
      }
    } else if (keyword === 'additionalProperties') {
      for (const name of details.additionalProperties as string[]) {
        const got = at(value, `${instancePath}/${name}`);
        faults.set(`${path}/${name}`, fault(`${path}/${name}`, 'no such field', got));
      }
    } else if (keyword === 'const') {
      const allowed = [...(constants.get(path) ?? []), details.allowedValue];
      constants.set(path, allowed);
      faults.set(
        path,
        fault(
          path,
          allowed.length > 1 ? `one of ${allowed.join(', ')}` : String(allowed[0]),
          at(value, instancePath),
        ),
      );
    } else if (!faults.has(path)) {
      faults.set(
        path,
        fault(path === '' ? '/' : path, inWords(keyword, message, details), at(value, instancePath)),
      );
    }
  }
  return [...faults.values()].slice(0, MOST_FAULTS);
}

/** What a schema asks for, to be read after "expected". */
function inWords(keyword: string, message: string, params: Record<string, unknown>): string {
  if (keyword === 'format') return `an existing ${String(params.format)}`;
  if (keyword === 'pattern' && params.pattern === ID_PATTERN)
    return 'an id: letters, digits and _ : . @ -, 1 to 128';
  return message.replace(/^must (not )?/, (_, not) => (not ? 'not to ' : 'to '));
}

function at(value: unknown, pointer: string): unknown {
  let current = value;
  for (const step of pointer.split('/').slice(1)) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string, unknown>)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return current;
}
