import { describe, expect, it } from 'vitest';
import { rowsInView } from './window-rows.ts';

describe('rows near the screen', () => {
  const screen = { height: 800, rowHeight: 40 };

  it('are all that is drawn of fifty thousand', () => {
    const { start, end } = rowsInView({ top: -1_000_000, count: 50_000, ...screen });
    expect(start).toBeLessThan(25_000);
    expect(end).toBeGreaterThan(25_020);
    expect(end - start).toBeLessThan(60);
  });

  it('begin with the first above the list and end with the last below it', () => {
    expect(rowsInView({ top: 300, count: 50_000, ...screen }).start).toBe(0);
    expect(rowsInView({ top: -1_999_500, count: 50_000, ...screen }).end).toBe(50_000);
  });
});
