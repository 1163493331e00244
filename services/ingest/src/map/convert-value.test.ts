import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { converter } from './convert-value.ts';
import type { Conversion } from './map-schema.ts';
import { toMinorUnits } from './minor-units.ts';

function convert(as: Conversion, text: string, more: { format?: string; timeZone?: string } = {}) {
  const { format, timeZone = 'UTC' } = more;
  return converter({ as, format, timeZone, currency: 'USD', digits: 2 })(text);
}

describe('money', () => {
  it('is exact: the point moves, nothing is rounded', () => {
    expect(toMinorUnits('4537.8500', 2)).toBe(453_785);
    expect(toMinorUnits('29.33', 2)).toBe(2_933);
    expect(toMinorUnits('-62512.0000', 2)).toBe(-6_251_200);
    expect(toMinorUnits('-0.00', 2)).toBe(0);
    expect(toMinorUnits('1234', 0)).toBe(1_234);
    expect(toMinorUnits('1.001', 2)).toBeUndefined();
  });

  it('agrees with whole-number arithmetic on every amount', () => {
    const amount = fc.record({
      whole: fc.bigInt(0n, 10n ** 12n),
      cents: fc.integer({ min: 0, max: 99 }),
      minus: fc.boolean(),
    });
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 4 }), ({ whole, cents, minus }, zeros) => {
        const text = `${minus ? '-' : ''}${whole}.${String(cents).padStart(2, '0')}${'0'.repeat(zeros)}`;
        const expected = (whole * 100n + BigInt(cents)) * (minus ? -1n : 1n);
        expect(BigInt(toMinorUnits(text, 2) ?? Number.NaN)).toBe(expected);
      }),
    );
  });

  it.each([
    '',
    'NaN',
    'Infinity',
    '1e3',
    '1,234.00',
    '$5',
    '0x10',
    '1.',
    '.5',
    '--1',
    '99999999999999999999',
  ])('refuses %j', (text) => expect(toMinorUnits(text, 2)).toBeUndefined());
});

describe('dates', () => {
  it('are read by their format and must exist', () => {
    expect(convert('date', '9/8/2016', { format: 'M/d/yyyy' })).toEqual({ ok: true, value: '2016-09-08' });
    expect(convert('date', '01/08/2018', { format: 'M/d/yyyy' })).toEqual({ ok: true, value: '2018-01-08' });
    expect(convert('date', '2/30/2023', { format: 'M/d/yyyy' }).ok).toBe(false);
    expect(convert('date', '2023-02-30').ok).toBe(false);
    expect(convert('date', '00010101', { format: 'yyyyMMdd' }).ok).toBe(false);
  });

  it('without a time of day are instants at the start of the local day', () => {
    const berlin = convert('instant', '20240701', { format: 'yyyyMMdd', timeZone: 'Europe/Berlin' });
    expect(berlin).toEqual({ ok: true, value: '2024-06-30T22:00:00.000Z' });
    expect(convert('instant', '2024-07-01')).toEqual({ ok: true, value: '2024-07-01T00:00:00.000Z' });
    expect(convert('instant', '2024-07-01T10:00:00+02:00')).toEqual({
      ok: true,
      value: '2024-07-01T08:00:00.000Z',
    });
    expect(convert('instant', 'yesterday').ok).toBe(false);
  });
});

describe('other values', () => {
  it.each([
    ['integer', '12', 12],
    ['integer', '-3', -3],
    ['number', '4.5', 4.5],
    ['boolean', 'Yes', true],
    ['boolean', '0', false],
    ['id', 'A-1:b', 'A-1:b'],
    ['text', ' as it is', ' as it is'],
  ] as const)('%s %j', (as, text, value) => expect(convert(as, text)).toEqual({ ok: true, value }));

  it.each([
    ['integer', '1.5'],
    ['integer', 'NaN'],
    ['number', '1e400'],
    ['boolean', 'maybe'],
    ['id', 'two words'],
    ['id', 'a$b'],
    ['id', 'a\u0000b'],
  ] as const)('%s refuses %j', (as, text) => expect(convert(as, text).ok).toBe(false));
});
