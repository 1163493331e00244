import { describe, expect, it } from 'vitest';
import { WorkHealth } from './work-health.ts';

describe('the health of the work', () => {
  function health() {
    let now = 0;
    return { work: new WorkHealth(() => now), pass: (ms: number) => (now += ms) };
  }

  it('names a partition that stopped, until it works again', () => {
    const { work } = health();
    work.stopped('scoring', 3, new Error('21 records in a row failed.'));
    expect(work.reasons()).toEqual(['scoring/3 stopped: 21 records in a row failed.']);
    work.recovered('scoring', 2);
    expect(work.reasons()).toHaveLength(1);
    work.recovered('scoring', 3);
    expect(work.reasons()).toEqual([]);
  });

  it('lets passing faults pass, and tells of those that last', () => {
    const { work, pass } = health();
    work.retrying('alerting', 0, new Error('The store does not answer.'));
    expect(work.reasons()).toEqual([]);
    pass(6_000);
    work.retrying('alerting', 0, new Error('The store still does not answer.'));
    expect(work.reasons()).toEqual(['alerting/0 cannot go on: The store still does not answer.']);
    work.recovered('alerting', 0);
    expect(work.reasons()).toEqual([]);
  });

  it('does not take one partition that works for all of them', () => {
    const { work, pass } = health();
    work.retrying('alerting', 0, new Error('The store does not answer.'));
    work.retrying('alerting', 1, new Error('The store does not answer.'));
    pass(6_000);
    work.recovered('alerting', 1);
    expect(work.reasons()).toEqual(['alerting/0 cannot go on: The store does not answer.']);
  });
});
