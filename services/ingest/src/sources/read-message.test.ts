import {
  acceptEvent,
  type CustomerEvent,
  DAY_MS,
  MAX_EVENT_BYTES,
  NO_RATES,
  type SourceMessage,
} from '@bellwether/events';
import type { InputRecord } from '@bellwether/stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../tenants/calendar.ts';
import { NOW_MS } from '../testing/ingest.fixture.ts';
import { ACME, bodyMessage, jsonMessage, LOGIN } from '../testing/sources.fixture.ts';
import { type Judgement, judgeMessage } from './judge-message.ts';

const calendar = createCalendar();
const tenants: Record<string, typeof ACME> = {
  acme: ACME,
  globex: ACME,
  loading: { ...ACME, settings: { ...ACME.settings, clock: 'importing' } },
  over: { settings: { ...ACME.settings, clock: 'frozen' }, day: Math.floor(NOW_MS / DAY_MS) - 30 },
};

function judge(message: SourceMessage, key = 'acme|c1'): Judgement {
  const record: InputRecord<SourceMessage> = {
    topic: 'source-crm',
    partition: 0,
    offset: 7,
    key,
    timestampMs: NOW_MS,
    value: message,
  };
  return judgeMessage(record, { tenantOf: (tenant) => tenants[tenant], calendar, rates: NO_RATES });
}

function accepted(message: SourceMessage, key?: string): CustomerEvent {
  const judgement = judge(message, key);
  if (judgement.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(judgement)}`);
  return judgement.event;
}

function refused(message: SourceMessage, key?: string) {
  const judgement = judge(message, key);
  if (judgement.kind !== 'refused') throw new Error(`not refused: ${JSON.stringify(judgement)}`);
  return judgement.refusal;
}

/** What the HTTP edge makes of the same event at the same moment. */
function overHttp(input: unknown): CustomerEvent {
  const { settings } = ACME;
  const context = {
    tenant: 'acme',
    settings,
    calendar,
    receivedAt: NOW_MS,
    historical: false,
    frozenDay: null,
    rates: null,
  };
  const validation = acceptEvent(input, context);
  if (!validation.ok) throw new Error(JSON.stringify(validation));
  return validation.event;
}

const PAYMENT = {
  ...LOGIN,
  id: 'p1',
  source: '/billing',
  type: 'payment.paid',
  sequence: '17',
  data: { amountMinor: 4_200, currency: 'USD' },
};
const ce = ({ data: _data, ...attributes }: typeof PAYMENT) =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value]));
const avro = (value: unknown) =>
  ({ kind: 'avro', schemaId: 3, schemaName: 'bellwether.SourceEvent', value, base64: 'AAAAAAM=' }) as const;

describe('an event on a source topic is the one that it would be over HTTP, whatever its form:', () => {
  it.each([
    [
      'structured JSON',
      jsonMessage(PAYMENT, { 'content-type': 'application/cloudevents+json; charset=UTF-8' }),
    ],
    ['JSON without any header', jsonMessage(PAYMENT)],
    ['application/json that is a whole event', jsonMessage(PAYMENT, { 'content-type': 'application/json' })],
    [
      'binary mode with JSON',
      jsonMessage(PAYMENT.data, { 'content-type': 'application/json', ...ce(PAYMENT) }),
    ],
    [
      'structured Avro, its numbers numbers',
      bodyMessage(avro({ ...PAYMENT, sequence: 17, datacontenttype: 'application/avro' }), {
        'content-type': 'application/cloudevents+avro',
      }),
    ],
    [
      'structured Avro with a time of its own type',
      bodyMessage(avro({ ...PAYMENT, time: NOW_MS }), { 'content-type': 'application/avro' }),
    ],
    [
      'binary mode with Avro',
      bodyMessage(avro(PAYMENT.data), { 'content-type': 'application/avro', ...ce(PAYMENT) }),
    ],
  ])('%s', (_form, message) => {
    expect(JSON.stringify(accepted(message))).toBe(JSON.stringify(overHttp(PAYMENT)));
  });

  it('is received when its record came, and judged as of then', () => {
    const late = { ...LOGIN, time: new Date(NOW_MS + 300_001).toISOString() };
    expect(refused(jsonMessage(late))).toMatchObject({
      reason: 'future-time',
      tenant: 'acme',
      customerId: 'c1',
    });
    expect(accepted(jsonMessage(LOGIN)).receivedAt).toBe(NOW_MS);
  });
});

describe('the tenant of a message', () => {
  it.each([
    ['the extension', jsonMessage({ ...LOGIN, tenant: 'globex' }), 'acme|c1'],
    [
      'the extension in a header',
      jsonMessage({}, { ...ce({ ...PAYMENT, type: 'activity.login' }), ce_tenant: 'globex' }),
      '',
    ],
    ['else the first part of the key', jsonMessage(LOGIN), 'globex|c1'],
  ])('is %s', (_where, message, key) => {
    expect(accepted(message, key)).toMatchObject({ tenant: 'globex', customerId: 'c1' });
  });

  it.each([
    ['nowhere', jsonMessage(LOGIN), 'c1', undefined],
    ['a reserved name', jsonMessage(LOGIN), '@board|c1', undefined],
    ['no name at all', jsonMessage({ ...LOGIN, tenant: '$where' }), 'acme|c1', undefined],
    ['one that does not exist', jsonMessage(LOGIN), 'initech|c1', 'initech'],
  ])('that is %s makes a message unknown-tenant', (...[, message, key, tenant]) => {
    const refusal = refused(message, key);
    expect(refusal).toMatchObject({ reason: 'unknown-tenant', faults: [{ path: '/tenant' }] });
    expect(refusal.tenant).toBe(tenant);
  });

  it('that is being loaded, or ends before the event, refuses it', () => {
    expect(refused(jsonMessage(LOGIN), 'loading|c1')).toMatchObject({
      reason: 'tenant-importing',
      tenant: 'loading',
    });
    expect(refused(jsonMessage(LOGIN), 'over|c1')).toMatchObject({ reason: 'tenant-frozen', tenant: 'over' });
  });
});

describe('a body that cannot be read', () => {
  it.each([
    ['not-utf8', 'not-utf8'],
    ['bad-magic', 'not-avro'],
    ['not-this-schema', 'not-avro'],
    ['unknown-schema', 'unknown-schema'],
    ['too-large', 'too-large'],
  ] as const)('as %s is garbage: %s', (reason, expected) => {
    const body = { kind: 'unreadable', reason, detail: 'told by the reader', base64: 'AA==' } as const;
    const refusal = refused(bodyMessage(body));
    expect(refusal).toMatchObject({
      reason: expected,
      tenant: 'acme',
      faults: [{ got: 'told by the reader' }],
    });
    expect(refusal.sign).toBeUndefined();
  });

  it('because a known producer broke its schema is told apart (T17)', () => {
    const body = { kind: 'unreadable', reason: 'schema-break', detail: 'schema 9', base64: 'AA==' } as const;
    expect(refused(bodyMessage(body))).toMatchObject({ reason: 'schema-break', sign: 'schema-break' });
  });

  it.each([
    ['no JSON', 'hello', 'not-json'],
    ['NaN', '{"a":NaN}', 'not-json'],
    ['no object', '[1,2]', 'not-a-cloudevent'],
    ['a text', '"hello"', 'not-a-cloudevent'],
    ['another event', JSON.stringify({ ...LOGIN, type: 'AccountChangeEvent' }), 'unknown-type'],
    ['a batch', JSON.stringify([LOGIN]), 'not-a-cloudevent'],
  ])('as %s', (_what, text, reason) => {
    expect(refused(jsonMessage(text))).toMatchObject({ reason });
  });
});

describe('abuse', () => {
  it('of depth is refused before anything recurses into it (T16)', () => {
    const deep = `{"data":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    expect(refused(jsonMessage(deep))).toMatchObject({
      reason: 'not-json',
      faults: [{ got: '10001 levels' }],
    });
  });

  it('of size is refused, and an event just small enough is not', () => {
    const filler = 'x'.repeat(MAX_EVENT_BYTES);
    expect(refused(jsonMessage({ ...LOGIN, filler }))).toMatchObject({ reason: 'too-large' });
    const manyBytes = 'é'.repeat(MAX_EVENT_BYTES / 2);
    expect(refused(jsonMessage({ ...LOGIN, manyBytes }))).toMatchObject({ reason: 'too-large' });
    const rest = MAX_EVENT_BYTES - JSON.stringify({ ...LOGIN, filler: '' }).length;
    expect(accepted(jsonMessage({ ...LOGIN, filler: 'x'.repeat(rest) })).id).toBe('e1');
    const base64 = 'A'.repeat((MAX_EVENT_BYTES / 3) * 4 + 8);
    expect(refused(bodyMessage({ ...avro(LOGIN), base64 }))).toMatchObject({ reason: 'too-large' });
  });

  it('of names that mean something to JavaScript leaves no trace', () => {
    const text = JSON.stringify({ ...PAYMENT, data: { amountMinor: 1, constructor: { name: 'x' } } }).replace(
      '"amountMinor"',
      '"__proto__":{"admin":true},"prototype":1,"amountMinor"',
    );
    expect(accepted(jsonMessage(text)).data).toEqual({ amountMinor: 1 });
    const headers = JSON.parse('{"ce___proto__":"x","ce_constructor":"y","__proto__":"z"}');
    expect(accepted(jsonMessage(PAYMENT.data, { ...ce(PAYMENT), ...headers })).id).toBe('p1');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
    expect(refused(jsonMessage(LOGIN), '__proto__|constructor').tenant).toBeUndefined();
  });

  it.each(['$where', 'a b', '', 'x'.repeat(129), '@portfolio', 'constructor'])(
    'of the customer id %j is refused',
    (subject) => {
      expect(refused(jsonMessage({ ...LOGIN, subject })).faults[0]?.path).toBe('/subject');
    },
  );

  it('of any kind never throws', () => {
    const body = fc.oneof(
      fc.string({ maxLength: 300 }).map((text) => ({ kind: 'json' as const, text })),
      fc.json({ maxDepth: 8 }).map((text) => ({ kind: 'json' as const, text })),
      fc.anything().map((value) => avro(value)),
      fc.jsonValue().map((data) => avro({ ...LOGIN, data })),
    );
    const headers = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('ce_id', 'ce_tenant', 'content-type')),
      fc.string(),
    );
    fc.assert(
      fc.property(body, headers, fc.string(), (one, given, key) => {
        expect(judge(bodyMessage(one, given), key).kind).not.toBe('failed');
      }),
      { numRuns: 500 },
    );
  });
});
