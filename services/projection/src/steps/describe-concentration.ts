import type { Concentration } from '../api/report-schemas/concentration.ts';
import type { CustomerFacts } from './build-row.ts';

type Parts = Readonly<Record<string, number | null>>;
type Band = Concentration['band'];

/** A single customer from this share on, and the five greatest from that, are worth an alarm (D2); basis points. */
const SINGLE_BASIS_POINTS = 1_000;
const TOP5_BASIS_POINTS = 2_500;

/** The band as the API names it. */
export function bandOf(band: string | null): Band {
  return band === 'moderate' || band === 'high' ? band : 'low';
}

const HOLDERS = {
  customer: ['The greatest customer holds', 'The five greatest customers hold'],
  parent: ['The greatest parent holds', 'The five greatest parents hold'],
} as const;

/** Why the portfolio depends on few, in words; empty when it does not (D2). */
export function alarmsOf(parts: Parts, band: Band, by: keyof typeof HOLDERS = 'customer'): string[] {
  const [greatest, fiveGreatest] = HOLDERS[by];
  const alarms: string[] = [];
  const { top1BasisPoints, top5BasisPoints, hhiTenths } = parts;
  if (band !== 'low')
    alarms.push(`The concentration index (HHI) is ${band}: ${((hhiTenths ?? 0) / 10).toFixed(1)}.`);
  if ((top1BasisPoints ?? 0) >= SINGLE_BASIS_POINTS) {
    alarms.push(`${greatest} ${percent(top1BasisPoints)} of the value.`);
  }
  if ((top5BasisPoints ?? 0) >= TOP5_BASIS_POINTS) {
    alarms.push(`${fiveGreatest} ${percent(top5BasisPoints)} of the value.`);
  }
  return alarms;
}

/**
 * The `most` greatest customers with a positive value, greatest first, with their share of the total of all of them,
 * each and so far; in percent.
 */
export function curveOf(
  byValue: readonly CustomerFacts[],
  most = Number.POSITIVE_INFINITY,
): Concentration['curve'] {
  const positive = byValue.filter(({ row }) => row.valueMinor > 0);
  const total = positive.reduce((sum, { row }) => sum + row.valueMinor, 0);
  let soFar = 0;
  return positive.slice(0, most).map(({ row }) => {
    soFar += row.valueMinor;
    return {
      customerId: row.customerId,
      name: row.name,
      valueMinor: row.valueMinor,
      sharePercent: (row.valueMinor / total) * 100,
      cumulativePercent: (soFar / total) * 100,
    };
  });
}

function percent(basisPoints: number | null | undefined): string {
  return `${((basisPoints ?? 0) / 100).toFixed(2)} %`;
}
