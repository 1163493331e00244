import {
  type Fault,
  MAX_EVENT_BYTES,
  type QuarantineReason,
  type SourceBody,
  type SourceMessage,
  shown,
} from '@bellwether/events';
import { parseJsonText } from '../acceptance/parse-json-text.ts';
import { type ChangeMarker, changeMarkerOf } from './change-marker.ts';
import { cloudEventOf } from './cloud-event-of.ts';
import { type JsonRecord, nameOf, namesOfKey, type Refusal, whoseOf } from './message-parts.ts';

/** What a message is, as far as it can be told without knowing the state of its tenant. */
export type ReadMessage =
  | { readonly kind: 'event'; readonly tenant: string; readonly input: JsonRecord }
  | {
      readonly kind: 'marker';
      readonly tenant: string;
      readonly input: JsonRecord;
      /** The customer that the message itself names, by its subject or key. */
      readonly customerId: string | undefined;
      readonly marker: ChangeMarker;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** A message and the key of its record. */
export interface KeyedMessage {
  readonly key: string;
  readonly message: SourceMessage;
}

/**
 * Reads a message of another system: JSON or Avro, CloudEvents in structured or binary mode, or a change event that
 * only says that something is missing. The tenant is the extension `tenant`, else the first part of the key. Never
 * throws on anything that a system may send.
 */
export function readMessage({ key, message }: KeyedMessage): ReadMessage {
  const { headers, body } = message;
  const whose = whoseOf(key, headers);
  const read = readBody(body);
  if (!read.ok) return { kind: 'refused', refusal: { ...whose, ...read.why } };
  const input = cloudEventOf(headers, read.value, body.kind);
  if (input === undefined) {
    const faults = [fault('/', 'a CloudEvent', read.value)];
    return { kind: 'refused', refusal: { ...whose, reason: 'not-a-cloudevent', faults } };
  }
  const named = namesOfKey(key);
  const tenant = tenantOf(input, named.tenant);
  const customerId = nameOf(input.subject) ?? named.customerId;
  if (typeof tenant !== 'string') {
    const refusal = { tenant: undefined, customerId: customerId ?? null, ...tenant };
    return { kind: 'refused', refusal };
  }
  const marker = changeMarkerOf(read.value);
  if (marker) return { kind: 'marker', tenant, input, customerId, marker };
  return { kind: 'event', tenant, input };
}

type Why = Pick<Refusal, 'reason' | 'faults' | 'sign'>;

function readBody(body: SourceBody): { ok: true; value: unknown } | { ok: false; why: Why } {
  if (body.kind === 'unreadable') return { ok: false, why: whyUnreadable(body) };
  const bytes = body.kind === 'json' ? utf8BytesOf(body.text) : Math.floor((body.base64.length * 3) / 4);
  if (bytes > MAX_EVENT_BYTES) {
    const faults = [fault('/', `at most ${MAX_EVENT_BYTES} bytes`, bytes)];
    return { ok: false, why: { reason: 'too-large', faults } };
  }
  if (body.kind === 'avro') return { ok: true, value: body.value };
  const parsed = parseJsonText(body.text);
  return parsed.ok ? parsed : { ok: false, why: { reason: parsed.reason, faults: [parsed.fault] } };
}

const UNREADABLE: {
  readonly [R in Extract<SourceBody, { kind: 'unreadable' }>['reason']]: readonly [QuarantineReason, string];
} = {
  'not-utf8': ['not-utf8', 'UTF-8 text'],
  'bad-magic': ['not-avro', 'Avro with the id of its schema'],
  'not-this-schema': ['not-avro', 'Avro of the schema that it names'],
  'unknown-schema': ['unknown-schema', 'a schema that is registered'],
  'schema-break': ['schema-break', 'a schema that can be read as an event'],
  'too-large': ['too-large', `at most ${MAX_EVENT_BYTES} bytes`],
};

function whyUnreadable({ reason, detail }: Extract<SourceBody, { kind: 'unreadable' }>): Why {
  const [quarantineReason, expected] = UNREADABLE[reason];
  const faults = [{ path: '/', expected, got: detail.slice(0, 200) }];
  return { reason: quarantineReason, faults, ...(reason === 'schema-break' ? { sign: 'schema-break' } : {}) };
}

function tenantOf(input: JsonRecord, ofKey: string | undefined): string | Why {
  if (input.tenant === undefined && ofKey !== undefined) return ofKey;
  const tenant = nameOf(input.tenant);
  if (tenant !== undefined) return tenant;
  const expected =
    input.tenant === undefined
      ? 'the extension tenant, or a key such as tenant|customerId'
      : 'a tenant: letters, digits and _ : . @ -, 1 to 128, not starting with @';
  return { reason: 'unknown-tenant', faults: [fault('/tenant', expected, input.tenant)] };
}

/** Bytes of a text in UTF-8; counted only where its length leaves it open whether there are too many. */
function utf8BytesOf(text: string): number {
  if (text.length > MAX_EVENT_BYTES || text.length * 3 <= MAX_EVENT_BYTES) return text.length;
  return new TextEncoder().encode(text).length;
}

function fault(path: string, expected: string, got: unknown): Fault {
  return { path, expected, got: shown(got) };
}
