import { describe, expect, it } from 'vitest';
import { formatMinor } from './format-minor.ts';

describe('formatMinor', () => {
  it('writes minor units as people read them', () => {
    expect(formatMinor(14_006_479_11, 'USD')).toBe('14,006,479.11 USD');
    expect(formatMinor(-5, 'EUR')).toBe('-0.05 EUR');
    expect(formatMinor(0, 'USD')).toBe('0.00 USD');
    expect(formatMinor(999_99, 'USD')).toBe('999.99 USD');
  });

  it('knows currencies with another minor unit', () => {
    expect(formatMinor(1_234, 'JPY')).toBe('1,234 JPY');
    expect(formatMinor(1_234_567, 'KWD')).toBe('1,234.567 KWD');
  });
});
