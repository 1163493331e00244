import type {
  Accounting,
  Concentration,
  CustomerRow,
  Overview,
  Quarantined,
  Tenant,
} from '../../src/api/schemas.ts';
import { BANDS } from '../src/lib/bands.ts';
import { hhiBand, withoutTop } from '../src/lib/concentration.ts';
import { dayNumber, dayText } from '../src/lib/time.ts';
import { alertsOf } from './alerts.ts';
import { LIVE_DAY, portfolioOf } from './portfolio.ts';

function sum(rows: readonly CustomerRow[]): number {
  return rows.reduce((total, row) => total + row.valueMinor, 0);
}

function renewalsOf(rows: readonly CustomerRow[], today: number): Overview['renewals'] {
  return [0, 30, 60].map((offset) => {
    const due = rows.filter((row) => {
      const days = row.nextNoticeDate === null ? -1 : dayNumber(row.nextNoticeDate) - today;
      return days >= offset && days < offset + 30;
    });
    return { month: dayText(today + offset).slice(0, 7), count: due.length, valueMinor: sum(due) };
  });
}

function dataOf(tenant: Tenant, today: number): Overview['data'] {
  const feeds = tenant.synthetic
    ? [
        'agreement',
        'activity',
        'ticket',
        'feedback',
        'engagement',
        'contact',
        'opportunity',
        'payment',
        'marketing',
        'goal',
        'customer',
      ]
    : [tenant.tenant === 'cdnow' ? 'payment' : 'agreement'];
  return {
    feeds: feeds.map((feed) => ({
      feed,
      status: feed === 'ticket' ? 'stale' : 'fresh',
      lastDate: dayText(today - (feed === 'ticket' ? 19 : 0)),
    })),
    quarantined: tenant.synthetic ? 6 : 0,
    inFlight: tenant.synthetic ? 3 : 0,
    medianCoverage: tenant.synthetic ? 0.82 : null,
  };
}

/** The overview of a tenant since an instant. */
export function overviewOf(tenant: Tenant, since: string): Overview {
  const rows = portfolioOf(tenant);
  const today = dayNumber(tenant.asOf ?? LIVE_DAY);
  const inBand = (band: string) => rows.filter((row) => row.healthBand === band);
  const bands = Object.fromEntries(
    BANDS.map((band) => [band, { count: inBand(band).length, valueMinor: sum(inBand(band)) }]),
  ) as Overview['bands'];
  const open = (severity: string) =>
    alertsOf(tenant).filter((alert) => alert.state === 'raised' && alert.severity === severity).length;
  const distribution = Array.from(
    { length: 10 },
    (_, index) =>
      rows.filter(
        (row) => row.healthScore !== null && Math.min(9, Math.floor(row.healthScore / 10)) === index,
      ).length,
  );
  return {
    asOf: tenant.asOf,
    currency: tenant.currency,
    customers: rows.length,
    totalMinor: sum(rows),
    bands,
    distribution,
    uncertain: rows.filter((row) => row.healthUncertain).length,
    valueAtRiskMinor: sum(rows.filter((row) => row.atRisk)),
    renewals: renewalsOf(rows, today),
    openAlerts: { high: open('high'), medium: open('medium'), low: open('low') },
    since: {
      from: since,
      alertsRaised: tenant.synthetic ? 14 : 0,
      alertsResolved: tenant.synthetic ? 5 : 0,
      bandMoves: tenant.synthetic
        ? [
            { from: 'needs-attention', to: 'at-risk', count: 4, valueMinor: 1_840_000_00 },
            { from: 'needs-attention', to: 'healthy', count: 7, valueMinor: 3_120_000_00 },
            { from: 'healthy', to: 'needs-attention', count: 3, valueMinor: 940_000_00 },
          ]
        : [],
    },
    data: dataOf(tenant, today),
  };
}

/** The concentration report of a tenant. */
export function concentrationOf(tenant: Tenant): Concentration {
  const rows = portfolioOf(tenant);
  const total = sum(rows);
  let running = 0;
  const curve = rows.map((row) => {
    running += row.valueMinor;
    return {
      customerId: row.customerId,
      name: row.name,
      valueMinor: row.valueMinor,
      sharePercent: (row.valueMinor / total) * 100,
      cumulativePercent: (running / total) * 100,
    };
  });
  const whole = { curve, totalMinor: total, hhi: 0, customersWithPositiveValue: rows.length };
  const { hhi, topShares } = withoutTop(whole, 0);
  const today = dayNumber(tenant.asOf ?? LIVE_DAY);
  const history = Array.from({ length: rows.length === 0 ? 0 : 40 }, (_, index) => {
    const value = Math.round(hhi * (0.55 + (index / 39) * 0.45 + Math.sin(index / 3) * 0.04) * 10) / 10;
    return {
      at: `${dayText(today - (39 - index) * 9)}T00:00:00Z`,
      hhi: value,
      band: hhiBand(value),
      top5: topShares['5'],
    };
  });
  return {
    customers: rows.length,
    customersWithPositiveValue: rows.length,
    totalMinor: total,
    currency: tenant.currency,
    topShares,
    hhi: Math.round(hhi * 10) / 10,
    band: hhiBand(hhi),
    alarms: hhi > 1_000 ? ['The five greatest customers carry more than half of the value.'] : [],
    curve,
    history,
  };
}

/** accepted = scored + duplicate + quarantined + in flight. */
export function accountingOf(tenant: Tenant): Accounting {
  if (tenant.customers === 0) return { accepted: 0, scored: 0, duplicate: 0, quarantined: 0, inFlight: 0 };
  const quarantined = quarantineOf(tenant).length;
  const scored = tenant.customers * 61;
  return { accepted: scored + 212 + quarantined + 3, scored, duplicate: 212, quarantined, inFlight: 3 };
}

/** Inputs that were not understood. */
export function quarantineOf(tenant: Tenant): Quarantined[] {
  if (!tenant.synthetic) return [];
  const at = `${LIVE_DAY}T07:40:00Z`;
  const base = { customerId: null, stage: 'ingest', encoding: 'utf8', receivedAt: at };
  return [
    {
      ...base,
      quarantineId: 'q1',
      reason: 'invalid-data',
      faults: [{ path: '/data/endDate', expected: 'a date that exists, YYYY-MM-DD', got: '2023-02-30' }],
      position: { topic: 'source-http', partition: 0, offset: 48_211 },
      original:
        '{"specversion":"1.0","id":"c0ffee-1","source":"crm","type":"agreement.amended","subject":"si-10007",' +
        '"time":"2026-11-19T10:00:00Z","data":{"agreementId":"A-118","endDate":"2023-02-30","deltaMinor":120000,' +
        '"currency":"USD","reason":"<script>alert(1)</script>"}}',
    },
    {
      ...base,
      quarantineId: 'q2',
      customerId: 'si-10021',
      stage: 'scoring',
      reason: 'currency-not-convertible',
      faults: [{ path: '/data/currency', expected: 'USD, the currency of the tenant', got: 'NOK' }],
      position: { topic: 'customer-events', partition: 0, offset: 92_004 },
      original: '{"type":"payment.paid","data":{"invoiceId":"INV-1","amountMinor":5000,"currency":"NOK"}}',
    },
    {
      ...base,
      quarantineId: 'q3',
      reason: 'row-invalid',
      faults: [
        { path: 'dollarsobligated', expected: 'an amount with two decimals', got: 'n/a' },
        { path: 'signeddate', expected: 'a date, MM/DD/YYYY', got: '' },
      ],
      position: { file: 'awards-2018.csv', row: 1_204 },
      original: 'D,GS35F0119Y,0004,n/a,,EXERCISE AN OPTION,807652341',
    },
  ];
}
