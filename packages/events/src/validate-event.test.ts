import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_SCHEMAS, EVENT_TYPES, feedOf } from './event-types.ts';
import { FEEDS } from './feeds.ts';
import { isId, MAX_AMOUNT_MINOR } from './ids.ts';
import { DAY_MS } from './time.ts';
import { type Validation, validateEvent } from './validate-event.ts';

const stamp = {
  tenant: 'acme',
  receivedAt: 1_700_000_000_000,
  historical: false,
  dayOf: (timeMs: number) => Math.floor(timeMs / DAY_MS),
};
const login = {
  specversion: '1.0',
  id: 'e-1',
  source: 'product',
  type: 'activity.login',
  subject: 'customer-1',
  time: '2023-05-06T07:08:09Z',
  data: { userId: 'u-1' },
};
const agreement = {
  ...login,
  source: 'crm',
  type: 'agreement.created',
  data: { agreementId: 'msa-1', agreementType: 'MSA', valueMinor: 500, startDate: '2023-05-06' },
};

function refused(input: unknown): Extract<Validation, { ok: false }> {
  const result = validateEvent(input, stamp);
  if (result.ok) throw new Error('it was accepted');
  return result;
}

describe('a good event', () => {
  it('is stamped with tenant, day and receipt', () => {
    const result = validateEvent({ ...login, sequence: '17' }, stamp);
    expect(result).toMatchObject({
      ok: true,
      event: {
        kind: 'event',
        tenant: 'acme',
        customerId: 'customer-1',
        day: 19_483,
        time: Date.UTC(2023, 4, 6, 7, 8, 9),
        sequence: 17,
        historical: false,
      },
    });
  });

  it('is the same bytes in every format: fields in the order of their schema, no half characters', () => {
    const data = { startDate: '2023-05-06', paymentTerms: 'net\ud83d 30', agreementId: 'msa-1' };
    const result = validateEvent({ ...agreement, data }, stamp);
    if (!result.ok) throw new Error('it was refused');
    expect(JSON.stringify(result.event.data)).toBe(
      '{"agreementId":"msa-1","startDate":"2023-05-06","paymentTerms":"net\ufffd 30"}',
    );
  });

  it('belongs to one of the eleven feeds, unless a person did it or a source speaks of itself', () => {
    expect(FEEDS).toHaveLength(11);
    const without = EVENT_TYPES.filter((type) => feedOf(type) === undefined);
    expect(without).toEqual(['alert.acknowledged', 'source.gap-detected', 'source.resynced']);
  });
});

describe('a bad event gets a precise answer', () => {
  it('names the type that may be meant, and where all of them are', () => {
    expect(refused({ ...login, type: 'activity.logon' }).faults).toEqual([
      {
        path: '/type',
        expected: `one of the ${EVENT_TYPES.length} event types that docs/asyncapi.yaml lists, perhaps activity.login`,
        got: '"activity.logon"',
      },
    ]);
    expect(refused({ ...login, type: 'toString' }).faults[0]?.expected).toMatch(/asyncapi.yaml lists$/);
  });

  it.each([
    [{ ...login, specversion: '0.3' }, 'not-a-cloudevent', '/specversion'],
    [{ ...login, subject: '$where' }, 'not-a-cloudevent', '/subject'],
    [{ ...login, subject: 'a\u0000b' }, 'not-a-cloudevent', '/subject'],
    [{ ...login, subject: '__proto__' }, 'not-a-cloudevent', '/subject'],
    [{ ...login, id: 'line\nbreak' }, 'not-a-cloudevent', '/id'],
    [{ ...login, type: 'activity.logon' }, 'unknown-type', '/type'],
    [{ ...login, type: 'toString' }, 'unknown-type', '/type'],
    [{ ...login, time: '2023-02-30T00:00:00Z' }, 'invalid-time', '/time'],
    [
      { ...agreement, data: { ...agreement.data, startDate: '2023-02-30' } },
      'invalid-data',
      '/data/startDate',
    ],
    [{ ...agreement, data: { ...agreement.data, valueMinor: '500' } }, 'invalid-data', '/data/valueMinor'],
    [{ ...agreement, data: { ...agreement.data, valueMinor: 5.5 } }, 'invalid-data', '/data/valueMinor'],
    [
      { ...agreement, data: { ...agreement.data, valueMinor: Number.NaN } },
      'invalid-data',
      '/data/valueMinor',
    ],
    [
      { ...agreement, data: { ...agreement.data, valueMinor: MAX_AMOUNT_MINOR + 1 } },
      'invalid-data',
      '/data/valueMinor',
    ],
    [{ ...agreement, data: { ...agreement.data, colour: 'red' } }, 'invalid-data', '/data/colour'],
    [{ ...agreement, data: {} }, 'invalid-data', '/data/agreementId'],
  ])('%# %o', (input, reason, path) => {
    const answer = refused(input);
    expect(answer.reason).toBe(reason);
    expect(answer.faults.map((fault) => fault.path)).toContain(path);
    for (const fault of answer.faults) expect(fault.expected).not.toBe('');
  });

  it('names all faults of the data at once', () => {
    const answer = refused({ ...agreement, data: { agreementId: '$', valueMinor: 'x', noticeDays: -1 } });
    expect(answer.faults.map(({ path }) => path).sort()).toEqual([
      '/data/agreementId',
      '/data/noticeDays',
      '/data/valueMinor',
    ]);
  });

  it('says what would be right', () => {
    const answer = refused({
      ...agreement,
      data: { agreementId: '$', agreementType: 'contract', noticeDays: 1.5 },
    });
    expect(Object.fromEntries(answer.faults.map(({ path, expected }) => [path, expected]))).toEqual({
      '/data/agreementId': 'an id: letters, digits and _ : . @ -, 1 to 128',
      '/data/agreementType': 'one of MSA, SOW, service, other',
      '/data/noticeDays': 'to be integer',
    });
    expect(refused({ ...login, specversion: '2' }).faults[0]).toMatchObject({ expected: '1.0', got: '"2"' });
  });

  it('shows no control character and never more than 80 characters of what came', () => {
    const answer = refused({ ...login, subject: `\u001b[31m${'x'.repeat(500)}` });
    const [fault] = answer.faults;
    expect(fault?.got.length).toBeLessThanOrEqual(80);
    expect(fault?.got).not.toContain('\u001b');
  });

  it('never throws, whatever comes', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(refused({ ...login, subject: deep }).reason).toBe('not-a-cloudevent');
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true }),
        fc.constantFrom(...EVENT_TYPES),
        (anything, type) => {
          validateEvent(anything, stamp);
          validateEvent({ ...login, type, data: anything }, stamp);
        },
      ),
    );
  });
});

describe('ids', () => {
  it('may be keys of any record', () => {
    for (const name of Object.getOwnPropertyNames(Object.prototype)) expect(isId(name), name).toBe(false);
    expect(isId('A_b:c.d@e-1')).toBe(true);
    expect(isId('x'.repeat(129))).toBe(false);
  });
});

describe('the schemas', () => {
  it('use only what an Avro schema can be made of', () => {
    const scalars = new Set(['string', 'integer', 'number', 'boolean']);
    for (const type of EVENT_TYPES) {
      for (const [name, schema] of Object.entries(EVENT_SCHEMAS[type].properties)) {
        const field = schema as { type?: string; anyOf?: readonly { const?: unknown }[] };
        const isEnum = field.anyOf?.every((option) => typeof option.const === 'string') ?? false;
        expect(isEnum || scalars.has(field.type ?? ''), `${type} ${name}`).toBe(true);
      }
    }
  });
});
