import type { CustomerRow, Tenant } from '../../src/api/schemas.ts';
import { bandOfScore } from '../src/lib/bands.ts';
import { dayNumber, dayText } from '../src/lib/time.ts';
import { type Random, randomFrom } from './random.ts';

/** The present of the live mock tenant; fixed, so that screenshots can be compared. */
export const LIVE_DAY = '2026-11-20';

/** Tenants of the mock: one live and synthetic, two frozen real ones, one without data. */
export const TENANTS: readonly Tenant[] = [
  tenantOf('simulated', { synthetic: true, clock: 'live', asOf: LIVE_DAY, customers: 420 }),
  tenantOf('usaspending', { synthetic: false, clock: 'frozen', asOf: '2018-09-28', customers: 102 }),
  tenantOf('cdnow', { synthetic: false, clock: 'frozen', asOf: '1998-06-30', customers: 2_357 }),
  tenantOf('empty', { synthetic: false, clock: 'live', asOf: null, customers: 0 }),
];

function tenantOf(tenant: string, rest: Pick<Tenant, 'synthetic' | 'clock' | 'asOf' | 'customers'>): Tenant {
  return { tenant, currency: 'USD', timeZone: 'UTC', ...rest };
}

const FIRST = [
  'Aster',
  'Baltic',
  'Cobalt',
  'Dunmore',
  'Eastgate',
  'Fjord',
  'Granite',
  'Halcyon',
  'Ionic',
  'Juniper',
];
const SECOND = [
  'Analytics',
  'Foods',
  'Logistics',
  'Health',
  'Software',
  'Mutual',
  'Instruments',
  'Energy',
  'Retail',
];
const LAST = ['Inc', 'Group', 'Partners', 'LLC', 'and Sons of the Northern Counties Holding'];
const OWNERS = ['Maya Okafor', 'Jonas Lind', 'Priya Raman', 'Tom Beckett', 'Elena Fuchs'];

function sparkTo(random: Random, score: number | null): (number | null)[] {
  if (score === null) return Array.from({ length: 13 }, () => null);
  const spark: (number | null)[] = [];
  let value = Math.min(98, Math.max(5, score + random.between(-22, 22)));
  for (let week = 0; week < 12; week += 1) {
    spark.push(random.chance(0.03) ? null : Math.round(value * 10) / 10);
    value += (score - value) / (12 - week) + random.between(-3, 3);
  }
  return [...spark, score];
}

function trendOf(spark: readonly (number | null)[]): CustomerRow['healthTrend'] {
  const known = spark.filter((value) => value !== null);
  const [before, last] = [known.at(-5), known.at(-1)];
  if (before === undefined || last === undefined) return 'unknown';
  if (Math.abs(last - before) < 2) return 'flat';
  return last > before ? 'up' : 'down';
}

function rowOf(tenant: Tenant, index: number, random: Random): CustomerRow {
  const scorable = tenant.tenant === 'simulated' && random.chance(0.92);
  const score = scorable
    ? Math.round(Math.min(97, Math.max(11, 68 + random.between(-45, 32))) * 10) / 10
    : null;
  const value = Math.round((90_000_000_00 * random.between(0.4, 1)) / (index + 1.6) ** 1.25);
  const spark = sparkTo(random, score);
  const agreements = tenant.tenant === 'cdnow' ? 0 : random.whole(1, 6);
  const active = Math.max(0, agreements - random.whole(0, 2));
  const name = `${random.pick(FIRST)} ${random.pick(SECOND)} ${random.pick(LAST)}`;
  const today = dayNumber(tenant.asOf ?? LIVE_DAY);
  const isMsaOnly = agreements > 0 && random.chance(0.06);
  return {
    customerId: `${tenant.tenant.slice(0, 2)}-${String(10_000 + index * 7)}`,
    name: tenant.tenant === 'cdnow' ? null : name,
    rank: index + 1,
    valueMinor: value,
    contractedMinor: agreements > 0 ? value : 0,
    activeMinor: agreements > 0 ? Math.round(value * random.between(0.2, 0.9)) : 0,
    paidMinor: Math.round(value * random.between(0.1, 0.9)),
    currency: tenant.currency,
    agreements,
    activeAgreements: active,
    healthScore: score,
    healthBand: bandOfScore(score),
    healthUncertain: score !== null && random.chance(0.12),
    healthTrend: trendOf(spark),
    healthSpark: spark,
    atRisk: score !== null && score < 50,
    msaOnly: isMsaOnly,
    complexity: agreements > 0 ? Math.round(random.between(5, 90) * 10) / 10 : null,
    complexityBand: agreements > 0 ? random.pick(['low', 'moderate', 'high']) : null,
    nextNoticeDate: agreements > 0 && random.chance(0.7) ? dayText(today + random.whole(-5, 400)) : null,
    owner: tenant.synthetic && random.chance(0.9) ? random.pick(OWNERS) : null,
    openAlerts: score !== null && score < 50 ? random.whole(1, 3) : random.chance(0.1) ? 1 : 0,
    lastEventAt: `${dayText(today - random.whole(0, 20))}T09:30:00Z`,
    segment: null,
    valueTier: null,
    churnBasisPoints: null,
    churnBand: null,
    rfmHundredths: null,
    rfmSegment: null,
  };
}

const byTenant = new Map<string, CustomerRow[]>();

/** All customers of a tenant, greatest value first. */
export function portfolioOf(tenant: Tenant): CustomerRow[] {
  const known = byTenant.get(tenant.tenant);
  if (known) return known;
  const random = randomFrom(tenant.customers + 11);
  const rows = Array.from({ length: tenant.customers }, (_, index) => rowOf(tenant, index, random))
    .sort((a, b) => b.valueMinor - a.valueMinor)
    .map((row, index) => ({ ...row, rank: index + 1 }));
  byTenant.set(tenant.tenant, rows);
  return rows;
}
