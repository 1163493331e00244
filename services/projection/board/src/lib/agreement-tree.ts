import type { AgreementNode } from '../../../src/api/schemas.ts';
import { dayNumber } from './time.ts';

/** An agreement in its place below its parent; depth 0 has none. */
export interface AgreementLine {
  readonly agreement: AgreementNode;
  readonly depth: number;
}

/** Days that an axis runs over, first and last included. */
export interface DayRange {
  readonly first: number;
  readonly last: number;
}

function firstDay(agreement: AgreementNode): string {
  return agreement.startDate ?? agreement.signedDate ?? agreement.endDate ?? '9999';
}

/** Parents above their children (S1), each level by start date. Agreements in a parent cycle are shown at the top. */
export function treeLines(agreements: readonly AgreementNode[]): AgreementLine[] {
  const ids = new Set(agreements.map((agreement) => agreement.agreementId));
  const children = new Map<string | null, AgreementNode[]>();
  for (const agreement of agreements) {
    const parent = agreement.parentAgreementId;
    const key = parent !== null && ids.has(parent) ? parent : null;
    children.set(key, [...(children.get(key) ?? []), agreement]);
  }
  const lines: AgreementLine[] = [];
  const placed = new Set<string>();
  const place = (agreement: AgreementNode, depth: number): void => {
    if (placed.has(agreement.agreementId)) return;
    placed.add(agreement.agreementId);
    lines.push({ agreement, depth });
    for (const child of inOrder(children.get(agreement.agreementId) ?? [])) place(child, depth + 1);
  };
  for (const root of inOrder(children.get(null) ?? [])) place(root, 0);
  for (const left of inOrder(agreements)) place(left, 0);
  return lines;
}

function inOrder(agreements: readonly AgreementNode[]): AgreementNode[] {
  return [...agreements].sort(
    (a, b) => firstDay(a).localeCompare(firstDay(b)) || a.agreementId.localeCompare(b.agreementId),
  );
}

/** The days from the first start to the last end, today within, with a little air on both sides. */
export function axisRange(agreements: readonly AgreementNode[], today: number): DayRange {
  const days = agreements
    .flatMap((agreement) => [
      agreement.signedDate,
      agreement.startDate,
      agreement.endDate,
      agreement.noticeDate,
      ...agreement.amendments.map((amendment) => amendment.effectiveDate),
    ])
    .filter((day) => day !== null)
    .map(dayNumber);
  const first = Math.min(today - 90, ...days);
  const last = Math.max(today + 90, ...days);
  const air = Math.max(7, Math.round((last - first) * 0.02));
  return { first: first - air, last: last + air };
}

/** Where a day lies in a range, percent from its left edge. */
export function placeOf(day: string | number, range: DayRange): number {
  const number = typeof day === 'number' ? day : dayNumber(day);
  return ((number - range.first) / (range.last - range.first)) * 100;
}

/** Starts of years (or of quarters in short ranges) within a range, thinned to at most `most`. */
export function axisTicks(range: DayRange, most: number): { day: number; label: string }[] {
  const firstYear = new Date(range.first * 86_400_000).getUTCFullYear();
  const lastYear = new Date(range.last * 86_400_000).getUTCFullYear();
  const quarterly = range.last - range.first < 800;
  const ticks: { day: number; label: string }[] = [];
  for (let year = firstYear; year <= lastYear + 1; year += 1) {
    for (const month of quarterly ? [0, 3, 6, 9] : [0]) {
      const day = Math.floor(Date.UTC(year, month, 1) / 86_400_000);
      if (day < range.first || day > range.last) continue;
      ticks.push({ day, label: month === 0 ? String(year) : `Q${month / 3 + 1}` });
    }
  }
  const every = Math.ceil(ticks.length / most);
  return ticks.filter((_, index) => index % every === 0);
}
