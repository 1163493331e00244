import { describe, expect, it } from 'vitest';
import { changeOf } from '../test-support/records.ts';
import { observeCommitted } from './metrics.ts';

describe('the metrics of projection', () => {
  it('count records by topology and time the live changes only', () => {
    const seconds: number[] = [];
    const counted: unknown[] = [];
    const metrics = {
      bellwether_event_to_change_seconds: { observe: (value: number) => void seconds.push(value) },
      bellwether_projection_records_total: {
        inc: (labels: object, by: number) => void counted.push({ ...labels, by }),
      },
    };
    const records = [
      changeOf(1, [], { knownAt: 10_000 }),
      changeOf(2, [], { knownAt: 1, historical: true }),
      changeOf(3, [], { knownAt: 99_000 }),
    ].map((value, offset) => ({
      topic: 'customer-changes',
      partition: 0,
      offset,
      key: 'k',
      timestampMs: 0,
      value,
    }));
    observeCommitted(metrics, { topology: 'projection-changes', records }, 10_250);
    expect(counted).toEqual([{ topology: 'projection-changes', by: 3 }]);
    expect(seconds).toEqual([0.25, 0]);
  });
});
