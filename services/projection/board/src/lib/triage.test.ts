import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/api/schemas.ts';
import { compareAlerts, urgencyOf } from './triage.ts';

const TODAY = '2026-11-20';

function alert(alertId: string, rest: Partial<Alert>): Alert {
  return {
    alertId,
    customerId: 'c',
    customerName: null,
    rule: 'renewal',
    cause: 'a',
    state: 'raised',
    severity: 'medium',
    title: '',
    code: '',
    valueMinor: 0,
    currency: 'USD',
    dueDate: null,
    reasons: [],
    historical: false,
    raisedAt: '2026-11-01T00:00:00Z',
    acknowledgedAt: null,
    acknowledgedBy: null,
    note: null,
    resolvedAt: null,
    ...rest,
  };
}

describe('triage', () => {
  it('asks for severity, then time left, then value', () => {
    const alerts = [
      alert('rich', { valueMinor: 900 }),
      alert('taken', { severity: 'high', state: 'acknowledged' }),
      alert('soon', { dueDate: '2026-11-22', valueMinor: 1 }),
      alert('severe', { severity: 'high' }),
      alert('poor', { valueMinor: 5 }),
    ];
    const order = alerts.sort((a, b) => compareAlerts(a, b, TODAY)).map((one) => one.alertId);
    expect(order).toEqual(['severe', 'soon', 'rich', 'poor', 'taken']);
  });

  it('counts an overdue date as most urgent and no date as least', () => {
    const dates = ['2026-11-19', '2026-11-20', '2026-12-20', '2027-06-01', null];
    expect(dates.map((date) => urgencyOf(date, TODAY))).toEqual([0, 1, 2, 3, 4]);
  });
});
