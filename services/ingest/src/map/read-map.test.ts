import { describe, expect, it } from 'vitest';
import { readMap } from './read-map.ts';

const GOOD = `
version: 1
tenant: { currency: USD, timeZone: UTC }
format: { type: csv }
source: /shop
customerId: { column: customer }
time: { column: at }
events:
  - type: payment.paid
    data:
      amountMinor: { column: amount, as: money }
`;

function faultsOf(text: string) {
  const result = readMap(text);
  return result.ok ? [] : result.faults;
}

describe('a map', () => {
  it('is read, and its version holds a hash of its text, so that a changed map is another one', () => {
    const one = readMap(GOOD);
    const other = readMap(`${GOOD}# a remark\n`);
    expect(one.ok && one.version).toMatch(/^1-[0-9a-f]{12}$/);
    expect(one.ok && one.version).not.toBe(other.ok && other.version);
  });

  it('names an unknown field with its path', () => {
    expect(faultsOf(GOOD.replace('as: money', 'as: money, rounding: up'))).toEqual([
      { path: 'events[0].data.amountMinor.rounding', expected: 'no such field', got: '"up"' },
    ]);
    expect(faultsOf(`${GOOD}encoding: latin1\n`)).toEqual([
      { path: 'encoding', expected: 'no such field', got: '"latin1"' },
    ]);
  });

  it('tells all faults at once', () => {
    const text = GOOD.replace('USD', 'dollars')
      .replace('timeZone: UTC', 'timeZone: Mars/Olympus')
      .replace('payment.paid', 'payment.payed')
      .replace('as: money', 'as: cents')
      .replace('{ column: customer }', '{ column: customer, template: "{customer}" }');
    expect(faultsOf(text).map(({ path }) => path)).toEqual([
      'tenant.currency',
      'tenant.timeZone',
      'customerId',
      'events[0].type',
      'events[0].data.amountMinor.as',
    ]);
  });

  it('knows which fields an event type has and needs', () => {
    const faults = faultsOf(GOOD.replace('amountMinor:', 'amount:'));
    expect(faults).toHaveLength(2);
    expect(faults[0]).toMatchObject({ path: 'events[0].data.amount', got: '"amount"' });
    expect(faults[0]?.expected).toContain('a field of payment.paid');
    expect(faults[1]).toEqual({
      path: 'events[0].data.amountMinor',
      expected: 'to be present',
      got: 'nothing',
    });
  });

  it('finds blocks that are included and not there', () => {
    const faults = faultsOf(GOOD.replace('    data:', '    include: [money]\n    data:'));
    expect(faults).toEqual([
      { path: 'events[0].include[0]', expected: 'a block of shared (none are there)', got: '"money"' },
    ]);
  });

  it.each([
    ['version: [1', 'YAML'],
    ['version: 1\nversion: 2', 'YAML'],
    ['just text', 'expected object'],
    ['', 'expected object'],
  ])('answers %j precisely', (text, expected) => {
    expect(faultsOf(text)[0]?.expected).toContain(expected);
  });

  it('says where YAML breaks', () => {
    expect(faultsOf('version: 1\ntenant: {').map(({ path }) => path)).toContain('line 2');
  });

  it('does not unfold aliases without end', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe'].map((pair) => [...pair]))
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(',')}]`);
    expect(faultsOf(bomb.join('\n'))).toEqual([{ path: '/', expected: 'at most 100 aliases', got: 'more' }]);
  });

  it('needs no rules for JSON lines of CloudEvents, and then takes none of their parts', () => {
    const lines = 'version: 1\ntenant: { currency: USD, timeZone: UTC }\nformat: { type: jsonl }\n';
    expect(readMap(lines).ok).toBe(true);
    expect(faultsOf(`${lines}source: /shop\n`)).toMatchObject([{ path: 'source' }]);
    expect(faultsOf(lines.replace('jsonl', 'csv'))).toMatchObject([
      { path: 'events', expected: 'to be present' },
    ]);
  });
});
