import type {
  AgreementNode,
  Alert,
  CustomerDetail,
  CustomerRow,
  History,
  Reason,
  Tenant,
} from '../../src/api/schemas.ts';
import { bandOfScore, bandWord } from '../src/lib/bands.ts';
import { dayNumber, dayText } from '../src/lib/time.ts';
import { alertsOf } from './alerts.ts';
import { LIVE_DAY } from './portfolio.ts';
import { type Random, randomFrom, seedOf } from './random.ts';

const SIGNALS: readonly (readonly [string, string])[] = [
  ['usage.login-days', 'logins on 4 of the last 30 days, 11 before'],
  ['usage.active-users', '18 of 40 seats active'],
  ['usage.feature-breadth', '6 of 9 features used in 90 days'],
  ['support.escalations', '2 escalations in 30 days'],
  ['support.response-time', 'median first answer after 7 h'],
  ['support.csat', 'CSAT 3.9 of 5 from 12 answers'],
  ['business.goals-met', '2 of 4 goals met'],
  ['business.payments-on-time', 'last 3 invoices paid on time'],
];

/** Shares of a score in hundredths that sum exactly to it. */
function splitScore(hundredths: number, seed: number): Record<string, number> {
  const random = randomFrom(seed);
  const weights = SIGNALS.map(() => random.between(0.4, 1.6));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = weights.map((weight) => Math.floor((hundredths * weight) / total));
  const rest = hundredths - parts.reduce((sum, part) => sum + part, 0);
  return Object.fromEntries(
    SIGNALS.map(([signal], index) => [signal, (parts[index] ?? 0) + (index === 0 ? rest : 0)]),
  );
}

/** A year of published health values that ends at the row's score. */
export function historyOf(tenant: Tenant, row: CustomerRow): History {
  const random = randomFrom(seedOf(row.customerId));
  const today = dayNumber(tenant.asOf ?? LIVE_DAY);
  const points: History['points'] = [];
  if (row.healthScore === null) return { score: 'health', unit: 'hundredths', points };
  let value = 7_400;
  const target = row.healthScore * 100;
  let parts = splitScore(value, 5);
  for (let step = 0; step < 60; step += 1) {
    const last = step === 59;
    value = last
      ? Math.round(target)
      : Math.round(
          Math.min(9_600, Math.max(900, value + (target - value) / (62 - step) + random.between(-420, 420))),
        );
    if (step < 4 || last || random.chance(0.3))
      parts = splitScore(value, seedOf(row.customerId) + Math.floor(step / 9));
    else parts = shifted(parts, value, random);
    const unknown = step > 20 && step < 24 && random.chance(0.8);
    const at = `${dayText(today - Math.round((59 - step) * 6.1))}T0${step % 9}:15:00Z`;
    points.push({
      at,
      knownAt: at,
      sequence: step + 1,
      value: unknown ? null : value,
      band: unknown ? 'not-scorable' : bandOfScore(value / 100),
      cause: random.pick(['new-data', 'new-data', 'time-decay']),
      causedBy: [],
      contributions: unknown ? {} : parts,
    });
  }
  return { score: 'health', unit: 'hundredths', points };
}

function shifted(parts: Record<string, number>, value: number, random: Random): Record<string, number> {
  const sum = Object.values(parts).reduce((total, part) => total + part, 0);
  const [one] = random.pick(SIGNALS);
  return { ...parts, [one]: (parts[one] ?? 0) + value - sum };
}

function reasonsOf(row: CustomerRow, history: History): Reason[] {
  const last = history.points.at(-1);
  if (!last || row.healthScore === null) return [];
  return SIGNALS.map(([signal, text]) => ({
    signal,
    contribution: last.contributions[signal] ?? 0,
    before: null,
    after: null,
    text,
  }));
}

function agreementOf(id: string, today: number, random: Random): AgreementNode {
  const start = today - random.whole(60, 900);
  const end = start + random.pick([365, 730, 1_095]);
  const status = end < today ? 'ended' : start > today ? 'upcoming' : 'active';
  return {
    agreementId: id,
    agreementType: 'SOW',
    status,
    parentAgreementId: null,
    valueMinor: random.whole(20_000_00, 4_000_000_00),
    incomplete: random.chance(0.15),
    currency: 'USD',
    signedDate: dayText(start - 12),
    startDate: dayText(start),
    endDate: dayText(end),
    noticeDate: random.chance(0.7) ? dayText(end - 60) : null,
    autoRenew: random.pick([true, false, null]),
    paymentTerms: random.pick(['net 30', 'net 60', null]),
    amendments: Array.from({ length: random.whole(0, 3) }, (_, index) => ({
      eventId: `${id}-m${index}`,
      type: 'agreement.amended',
      effectiveDate: dayText(start + random.whole(20, 300)),
      deltaMinor: random.whole(-5_000_00, 90_000_00),
      valueMinor: null,
      reason: 'EXERCISE AN OPTION',
    })),
  };
}

function treeOf(row: CustomerRow, today: number): AgreementNode[] {
  const random = randomFrom(seedOf(`${row.customerId} tree`));
  if (row.agreements === 0) return [];
  const msa = {
    ...agreementOf(`${row.customerId}-M1`, today, random),
    agreementType: 'MSA',
    valueMinor: null,
  };
  const longer = {
    ...msa,
    status: 'active',
    endDate: dayText(today + 500),
    noticeDate: dayText(today + 410),
  };
  const children = Array.from({ length: row.agreements }, (_, index) => ({
    ...agreementOf(`${row.customerId}-S${index + 1}`, today, random),
    parentAgreementId: index < 3 ? longer.agreementId : null,
  }));
  const placeholder: AgreementNode = {
    ...agreementOf('GS35F-0119Y', today, random),
    agreementType: null,
    status: 'placeholder',
    valueMinor: null,
    incomplete: false,
    signedDate: null,
    startDate: null,
    endDate: null,
    noticeDate: null,
    amendments: [],
  };
  const under = {
    ...agreementOf(`${row.customerId}-X9`, today, random),
    parentAgreementId: 'GS35F-0119Y',
    agreementType: 'service',
  };
  return row.rank % 2 === 1 ? [longer, ...children, placeholder, under] : [longer, ...children];
}

function summaryOf(row: CustomerRow): string {
  if (row.healthScore === null)
    return 'Health is unknown: only agreements are known, and no source says how the product is used.';
  const due = row.nextNoticeDate ? `, and the next decision is due ${row.nextNoticeDate}` : '';
  return (
    `${bandWord(row.healthBand)} at ${row.healthScore.toFixed(1)}: logins fell to 4 of the last 30 days and ` +
    `two tickets were escalated; payments are on time${due}.`
  );
}

/** Everything about one customer. */
export function detailOf(tenant: Tenant, row: CustomerRow): CustomerDetail {
  const today = dayNumber(tenant.asOf ?? LIVE_DAY);
  const history = historyOf(tenant, row);
  const scored = row.healthScore !== null;
  const alerts: Alert[] = alertsOf(tenant).filter((alert) => alert.customerId === row.customerId);
  return {
    ...row,
    summary: summaryOf(row),
    industry: scored ? 'Manufacturing' : null,
    parentCustomerId: null,
    profile: {},
    sequence: history.points.length,
    asOf: `${dayText(today)}T10:00:00Z`,
    health: {
      score: row.healthScore,
      band: bandOfScore(row.healthScore),
      uncertain: row.healthUncertain,
      low: scored ? Math.max(0, (row.healthScore ?? 0) - 6.4) : null,
      high: scored ? Math.min(100, (row.healthScore ?? 0) + 9.1) : null,
      coverage: scored ? 0.82 : 0.2,
      confidence: scored ? 0.76 : 0.2,
      missing: scored
        ? [
            { signal: 'support.nps', why: 'no-data' },
            { signal: 'business.value-realised', why: 'feed-absent' },
          ]
        : SIGNALS.map(([signal]) => ({ signal, why: 'feed-absent' })),
      reasons: reasonsOf(row, history),
      model: { id: 'cs-framework', version: '2.0.0' },
    },
    rfm: {
      transactions: 14,
      frequency: 13,
      recencyDays: 402,
      ageDays: 431,
      daysSinceLast: 29,
      firstPurchaseDate: dayText(today - 431),
      lastPurchaseDate: dayText(today - 29),
      frequency365: 11,
      monetary365Minor: 812_400_00,
      mean365Minor: 73_854_55,
      greatest365Minor: 120_000_00,
      gini365BasisPoints: 1_800,
      paidMinor: row.paidMinor,
    },
    complexityParts: { types: 40, renewalDates: 61.5, paymentTerms: 20 },
    scores: {},
    situations: [],
    agreementTree: treeOf(row, today),
    actionItems: [],
    alerts,
  };
}
