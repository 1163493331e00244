import { type AlertRecord, DAY_MS } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { alertIntervals } from './alert-intervals.ts';

const transition = (
  state: AlertRecord['state'],
  day: number,
  options: Partial<AlertRecord> = {},
): AlertRecord => ({
  kind: 'alert',
  tenant: 'acme',
  customerId: 'c1',
  alertId: 'at-risk:c1:health:1',
  rule: 'at-risk',
  cause: 'health',
  revision: 1,
  state,
  severity: 'high',
  title: 'Health fell below 50',
  code: 'health-below-50',
  valueMinor: 1_000,
  currency: 'USD',
  dueDay: null,
  reasons: [],
  historical: false,
  raisedAt: day * DAY_MS,
  acknowledgedAt: null,
  acknowledgedBy: null,
  note: null,
  resolvedAt: null,
  changedAt: day * DAY_MS + DAY_MS / 2,
  knownAt: day * DAY_MS,
  raisedBySequence: 1,
  ...options,
});
const interval = (raisedDay: number, resolvedDay: number | null) => ({
  customerId: 'c1',
  rule: 'at-risk',
  raisedDay,
  resolvedDay,
});

describe('the time that an alert stood open', () => {
  it('lasts from the day it was raised to the day it was resolved, whatever came between', () => {
    const transitions = [
      transition('raised', 10),
      transition('raised', 11, { severity: 'medium' }),
      transition('acknowledged', 12),
      transition('resolved', 15),
    ];
    expect(alertIntervals(transitions)).toEqual([interval(10, 15)]);
  });

  it('has no end while nobody resolved it', () => {
    expect(alertIntervals([transition('raised', 10), transition('acknowledged', 12)])).toEqual([
      interval(10, null),
    ]);
  });

  it('is a second one when the alert is re-opened', () => {
    const transitions = [transition('raised', 10), transition('resolved', 15), transition('raised', 20)];
    expect(alertIntervals(transitions)).toEqual([interval(10, 15), interval(20, null)]);
  });

  it('is told apart by alert', () => {
    const other = { alertId: 'renewal:c2:A:1', customerId: 'c2', rule: 'renewal', cause: 'A' } as const;
    const transitions = [
      transition('raised', 10),
      transition('raised', 11, other),
      transition('resolved', 12, other),
    ];
    expect(alertIntervals(transitions)).toEqual([
      { customerId: 'c2', rule: 'renewal', raisedDay: 11, resolvedDay: 12 },
      interval(10, null),
    ]);
  });

  it('does not begin with a resolution', () => {
    expect(alertIntervals([transition('resolved', 10)])).toEqual([]);
  });
});
