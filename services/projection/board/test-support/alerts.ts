import type { Alert, CustomerRow, Tenant } from '../../src/api/schemas.ts';
import { dayNumber, dayText } from '../src/lib/time.ts';
import { LIVE_DAY, portfolioOf } from './portfolio.ts';
import { randomFrom } from './random.ts';

const byTenant = new Map<string, Alert[]>();

function base(tenant: Tenant, row: CustomerRow, rule: string): Alert {
  const today = dayNumber(tenant.asOf ?? LIVE_DAY);
  return {
    alertId: `${rule}:${row.customerId}:main:1`,
    customerId: row.customerId,
    customerName: row.name,
    rule,
    cause: 'main',
    state: 'raised',
    severity: 'medium',
    title: '',
    code: '',
    valueMinor: row.activeMinor,
    currency: 'USD',
    dueDate: null,
    reasons: [],
    historical: tenant.clock === 'frozen',
    raisedAt: `${dayText(today - (row.rank % 9))}T08:12:00Z`,
    acknowledgedAt: null,
    acknowledgedBy: null,
    note: null,
    resolvedAt: null,
  };
}

function atRisk(tenant: Tenant, row: CustomerRow): Alert {
  const reason = (signal: string, contribution: number, text: string) => ({
    signal,
    contribution,
    before: null,
    after: null,
    text,
  });
  return {
    ...base(tenant, row, 'at-risk'),
    severity: row.rank < 60 ? 'high' : 'medium',
    title: `health fell to ${row.healthScore?.toFixed(1)}`,
    code: 'health-below-50',
    valueMinor: row.valueMinor,
    reasons: [
      reason('usage.login-days', -812, 'logins on 4 of the last 30 days, 11 before'),
      reason('support.escalations', -340, '2 escalations in 30 days'),
      reason('business.goals-met', -125, '2 of 4 goals met, 3 before'),
      reason('support.csat', 61, 'CSAT 3.9 of 5, 3.7 before'),
    ],
  };
}

function renewal(tenant: Tenant, row: CustomerRow): Alert {
  const days = dayNumber(row.nextNoticeDate ?? LIVE_DAY) - dayNumber(tenant.asOf ?? LIVE_DAY);
  return {
    ...base(tenant, row, 'renewal'),
    severity: days <= 14 ? 'high' : days <= 45 ? 'medium' : 'low',
    title: `notice deadline of ${row.customerId}-S1`,
    code: 'notice-due',
    dueDate: row.nextNoticeDate,
    reasons: [
      {
        signal: 'renewal',
        contribution: 0,
        before: null,
        after: null,
        text: 'renews by itself unless notice is given',
      },
    ],
  };
}

function crossSell(tenant: Tenant, row: CustomerRow): Alert {
  return {
    ...base(tenant, row, 'cross-sell'),
    severity: 'low',
    title: 'holds a master agreement with nothing sold under it',
    code: 'never-sold',
    valueMinor: null,
    reasons: [
      {
        signal: 'agreements',
        contribution: 0,
        before: null,
        after: null,
        text: 'master agreement signed 14 months ago, no order yet',
      },
    ],
  };
}

/** All alerts of a tenant; the list is changed when one is acknowledged. */
export function alertsOf(tenant: Tenant): Alert[] {
  const known = byTenant.get(tenant.tenant);
  if (known) return known;
  const random = randomFrom(99);
  const today = dayNumber(tenant.asOf ?? LIVE_DAY);
  const alerts = portfolioOf(tenant).flatMap((row) => {
    const found: Alert[] = [];
    if (row.atRisk) found.push(atRisk(tenant, row));
    if (row.nextNoticeDate && dayNumber(row.nextNoticeDate) - today < 60) found.push(renewal(tenant, row));
    if (row.msaOnly) found.push(crossSell(tenant, row));
    return found;
  });
  const settled = alerts.map((alert): Alert => {
    if (random.chance(0.12)) {
      return {
        ...alert,
        state: 'acknowledged',
        acknowledgedAt: `${dayText(today - 1)}T14:00:00Z`,
        acknowledgedBy: 'Maya Okafor',
      };
    }
    return random.chance(0.1)
      ? { ...alert, state: 'resolved', resolvedAt: `${dayText(today - 2)}T14:00:00Z` }
      : alert;
  });
  byTenant.set(tenant.tenant, settled);
  return settled;
}
