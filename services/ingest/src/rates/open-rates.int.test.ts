import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OperatorError } from '@bellwether/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRates } from './open-rates.ts';

const DAY = Date.UTC(2026, 0, 5) / 86_400_000;

describe('a file of exchange rates that is used (D23)', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bellwether-rates-'));
    file = join(folder, 'rates.csv');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is read again when it is replaced; one that is wrong is told, and changes nothing', async () => {
    writeFileSync(file, 'Date,USD\n2026-01-05,1.1\n');
    const refusals: OperatorError[] = [];
    const onRefusal = (refusal: OperatorError) => void refusals.push(refusal);
    const rates = openRates(file, { onRefusal, lookEveryMs: 20 });
    const dollars = () => rates.current()?.on(DAY, { from: 'EUR', to: 'USD' })?.text;
    try {
      expect(dollars()).toBe('1.1');
      writeFileSync(file, 'Date,USD\n2026-01-05,1.25\n');
      await vi.waitFor(() => expect(dollars()).toBe('1.25'), 10_000);
      writeFileSync(file, 'Date,USD\n2026-01-05,much\n');
      await vi.waitFor(() => expect(refusals).toHaveLength(1), 10_000);
      expect(refusals[0]?.message).toContain('row 2, USD: expected a decimal number above 0, or N/A');
      expect(dollars()).toBe('1.25');
    } finally {
      rates.close();
    }
  });

  it('that is not there, or is wrong all over, is told in one sentence', () => {
    const open = () => openRates(file, { onRefusal: () => undefined });
    expect(open).toThrow(/^The exchange rates cannot be read: ENOENT/);
    writeFileSync(file, `Date,USD\n${'2026-01-05,x\n'.repeat(9)}`);
    expect(open).toThrow(/rates\.csv cannot be used: row 2, USD: .*; and 12 more\.$/);
  });
});
