import { describe, expect, it } from 'vitest';
import { FailureGauge, MAX_FAILURES_IN_A_ROW, type RecordSign } from './failure-gauge.ts';

const after = (...signs: readonly RecordSign[]): FailureGauge =>
  signs.reduce((gauge, sign, n) => gauge.after(sign, `source-crm/0 offset ${n}`), FailureGauge.EMPTY);
const times = (count: number, ...signs: readonly RecordSign[]): RecordSign[] =>
  Array.from({ length: count }, () => signs).flat();

describe('when a partition stops', () => {
  it('a run of internal failures does it, and the sentence names the record', () => {
    expect(() => after(...times(MAX_FAILURES_IN_A_ROW, 'internal-failure'))).not.toThrow();
    expect(() => after(...times(MAX_FAILURES_IN_A_ROW + 1, 'internal-failure'))).toThrow(
      /21 records in a row failed, the last one at source-crm\/0 offset 20/,
    );
  });

  it('single failures do not, however many they are', () => {
    expect(() =>
      after(...times(500, 'internal-failure', 'good', 'internal-failure', 'internal-failure', 'good')),
    ).not.toThrow();
  });

  it('a broken schema does it at more than half of the window', () => {
    expect(() => after(...times(501, 'schema-break'))).toThrow(
      expect.objectContaining({ code: 'schema-break' }),
    );
    expect(() => after(...times(2_000, 'schema-break', 'good'))).not.toThrow();
    expect(() => after(...times(2_000, 'schema-break', 'schema-break', 'good'))).toThrow(/schema broke/);
  });

  it('garbage never does, nor does it hide a broken schema', () => {
    expect(() => after(...times(50_000, 'garbage'))).not.toThrow();
    expect(() => after(...times(600, 'garbage', 'schema-break'))).toThrow(/schema broke/);
    expect(() => after(...times(30, 'garbage', 'internal-failure'))).toThrow(/in a row/);
  });
});
