import { describe, expect, it } from 'vitest';
import { compileMap } from './compile-map.ts';
import { columnsUsed } from './map-columns.ts';
import { isRowMap, type RowMap } from './map-schema.ts';
import { readMap } from './read-map.ts';

function mapOf(rest: string): RowMap {
  const text = `
version: 1
tenant: { currency: EUR, timeZone: UTC }
format: { type: csv }
source: /crm
customerId: { column: customer, pattern: '^0*([0-9]+)$' }
time: { column: day }
${rest}`;
  const result = readMap(text);
  if (!result.ok || !isRowMap(result.map)) throw new Error(JSON.stringify(result));
  return result.map;
}

const PAYMENT = `
events:
  - type: payment.paid
    data: { amountMinor: { column: amount, as: money } }
`;

describe('a row', () => {
  it('becomes an event whose default id is the row itself', () => {
    const map = compileMap(mapOf(PAYMENT), ['customer', 'day', 'amount']);
    expect(map.apply(['0042', '2024-05-01', '12.5'], 'hash:7')).toEqual({
      ok: true,
      events: [
        {
          specversion: '1.0',
          id: 'hash:7',
          source: '/crm',
          type: 'payment.paid',
          subject: '42',
          time: '2024-05-01T00:00:00.000Z',
          data: { amountMinor: 1_250 },
        },
      ],
    });
  });

  it('tells every fault with its column, what was expected and what stood there', () => {
    const map = compileMap(mapOf(PAYMENT), ['customer', 'day', 'amount']);
    expect(map.apply(['x1', '2023-02-30', 'NaN'], 'hash:7')).toEqual({
      ok: false,
      faults: [
        { path: 'customer', expected: 'a text like ^0*([0-9]+)$', got: '"x1"' },
        { path: 'day', expected: 'an existing date and time, RFC 3339', got: '"2023-02-30"' },
        {
          path: 'amount',
          expected: 'an amount in EUR of at most 15 digits, 2 of them decimals, such as 1234.5',
          got: '"NaN"',
        },
      ],
    });
  });

  it('gives several events, each with an id of its own, and the first rule of oneOf that applies', () => {
    const map = mapOf(`
id: [customer, contract]
shared:
  base: { agreementId: { column: contract, as: id }, reason: { value: imported } }
events:
  - type: customer.profile
    data: { name: { column: name, optional: true } }
  - oneOf:
      - type: agreement.terminated
        when: [{ column: state, in: [ended, lost] }]
        include: [base]
      - type: agreement.created
        include: [base]
        sequence: { column: version }
`);
    const compiled = compileMap(map, ['customer', 'contract', 'name', 'state', 'day', 'version']);
    const row = (state: string) => compiled.apply(['1', 'C1', '', state, '2024-05-01', '3'], 'unused');
    const types = (state: string) => {
      const result = row(state);
      return result.ok && result.events.map(({ id, type, sequence, data }) => [id, type, sequence, data]);
    };
    expect(types('ended')).toEqual([
      ['1:C1:1', 'customer.profile', undefined, {}],
      ['1:C1:2', 'agreement.terminated', undefined, { agreementId: 'C1', reason: 'imported' }],
    ]);
    const [, created] = types('open') || [];
    expect(created?.slice(0, 3)).toEqual(['1:C1:2', 'agreement.created', 3]);
    expect([...columnsUsed(map)].sort()).toEqual(['contract', 'customer', 'day', 'name', 'state', 'version']);
  });

  it('that no rule applies to is a fault, not a loss', () => {
    const map = mapOf(PAYMENT.replace('    data', '    when: [{ column: kind, equals: 1 }]\n    data'));
    const compiled = compileMap(map, ['customer', 'day', 'amount', 'kind']);
    expect(compiled.apply(['1', '2024-05-01', '1', '1'], 'x').ok).toBe(true);
    expect(compiled.apply(['1', '2024-05-01', '1', '2'], 'x')).toMatchObject({
      faults: [{ expected: 'a rule that applies to this row' }],
    });
  });

  it.each([
    ['equals: a', [true, false, false]],
    ['notEquals: a', [false, true, true]],
    ['in: [a, b]', [true, true, false]],
    ['startsWith: b', [false, true, false]],
    ['notStartsWith: b', [true, false, true]],
    ['empty: true', [false, false, true]],
    ['empty: false', [true, true, false]],
    ['sameAs: other', [true, false, false]],
    ['differsFrom: other', [false, true, true]],
  ])('is chosen by a condition: %s', (test, expected) => {
    const when = `    when: [{ column: kind, ${test} }]\n    data`;
    const compiled = compileMap(mapOf(PAYMENT.replace('    data', when)), [
      'customer',
      'day',
      'amount',
      'kind',
      'other',
    ]);
    const applies = ['a', 'b', ''].map((kind) => compiled.apply(['1', '2024-05-01', '1', kind, 'a'], 'x').ok);
    expect(applies).toEqual(expected);
  });

  it('reads the first alternative that applies and has a value; translations are complete or a fault', () => {
    const map = mapOf(`
events:
  - type: agreement.created
    data:
      agreementId:
        firstOf:
          - { template: '{frame}:{number}', as: id }
          - { column: number, as: id }
      agreementType: { column: kind, map: { M: MSA, S: SOW } }
`);
    const broken = compileMap(map, ['customer', 'day', 'frame', 'number', 'kind']);
    const row = (frame: string, kind: string) => broken.apply(['1', '2024-05-01', frame, 'N1', kind], 'x');
    expect(row('F1', 'M')).toMatchObject({
      events: [{ data: { agreementId: 'F1:N1', agreementType: 'MSA' } }],
    });
    expect(row('F1', 'X')).toMatchObject({ faults: [{ path: 'kind', expected: 'one of M, S', got: '"X"' }] });
    expect(row('', 'S')).toMatchObject({ faults: [{ path: 'frame, number', expected: 'a value' }] });
  });

  it('that names its currency has amounts in the minor unit of that currency (D23)', () => {
    const rules = `
events:
  - type: payment.paid
    data: { amountMinor: { column: amount, as: money }, currency: { column: currency } }
`;
    const map = compileMap(mapOf(rules), ['customer', 'day', 'amount', 'currency']);
    const amountOf = (amount: string, currency: string) => {
      const row = map.apply(['1', '2024-05-01', amount, currency], 'x');
      return row.ok ? row.events[0]?.data.amountMinor : row.faults[0]?.expected;
    };
    expect(amountOf('12.5', 'EUR')).toBe(1_250);
    expect(amountOf('1250', 'JPY')).toBe(1_250);
    expect(amountOf('1.25', 'KWD')).toBe(1_250);
    expect(amountOf('12.5', 'JPY')).toMatch(/^an amount in JPY of at most 15 digits, 0 of them decimals/);
  });
});
