import { describe, expect, it } from 'vitest';
import type { Drained } from './measure-drain.ts';
import { figuresOf, lineOf, median } from './report.ts';

const drained = (eventsPerS: number, changes: Partial<Drained> = {}): Drained => ({
  eventsPerS,
  seconds: 10,
  cpuUs: { service: 20, broker: 10, store: 30 },
  outputs: 7,
  digest: 'abc',
  exact: true,
  ...changes,
});
const peer = { name: 'kafka-streams', runs: [drained(20_000), drained(10_000), drained(16_000)] };

describe('the figures of a comparison', () => {
  it('are the medians of the runs and their ratio', () => {
    const own = { name: 'bellwether', runs: [drained(8_000), drained(30_000), drained(20_000)] };
    expect(figuresOf(own, peer)).toEqual({
      ratio: 1.25,
      eventsPerS: 20_000,
      kafkaStreamsEventsPerS: 16_000,
      cpuUsPerEvent: 60,
      kafkaStreamsCpuUsPerEvent: 60,
      exact: true,
    });
  });

  it('are exact only when every run of both was', () => {
    const faulty = { name: 'bellwether', runs: [drained(1), drained(1, { exact: false })] };
    expect(figuresOf(faulty, peer).exact).toBe(false);
    expect(figuresOf(peer, faulty).exact).toBe(false);
  });
});

it('the median of an even number of runs lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

describe('the line of a run', () => {
  it('names what an event costs in each part', () => {
    expect(lineOf('bellwether', drained(12_345.6))).toBe(
      'bellwether     12,346 events/s, 10.0 s, µs of processor an event: service 20.0, broker 10.0, store 30.0; exact',
    );
  });

  it('says what cannot be seen, leaves out a store that is not used, and shows a wrong output', () => {
    const run = drained(100, { exact: false, cpuUs: { service: 5, broker: undefined, store: 0 } });
    expect(lineOf('other', run)).toContain('service 5.0, broker unknown; NOT EXACT (7 outputs, digest abc)');
  });
});
