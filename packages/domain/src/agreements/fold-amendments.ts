import type { AgreementTerms, Amendment, Turn } from './agreement-state.ts';

interface MoneyFold {
  readonly valueMinor: number | null;
  readonly hasBase: boolean;
  /** First day of the termination that still holds, and whether the source told an amount with or after it. */
  readonly terminatedDay: number | null;
  readonly isSettledBySource: boolean;
}

/** What a sorted list of amendments says of its agreement (D23). */
export function foldAmendments(amendments: readonly Amendment[]): AgreementTerms {
  const money = foldMoney(amendments);
  const startDay = last(amendments, 'startDay');
  const endDay = last(amendments, 'endDay');
  const perpetual = last(amendments, 'perpetual') ?? false;
  const isCut = money.terminatedDay !== null && !money.isSettledBySource;
  const proRated =
    isCut && money.hasBase && !perpetual && startDay !== null && endDay !== null && endDay >= startDay
      ? proRate(money.valueMinor ?? 0, { startDay, endDay, terminatedDay: money.terminatedDay ?? endDay })
      : money.valueMinor;
  return {
    agreementType: last(amendments, 'agreementType'),
    parentAgreementId: last(amendments, 'parentAgreementId'),
    valueMinor: proRated,
    incomplete: !money.hasBase,
    signedDay: last(amendments, 'signedDay'),
    startDay,
    endDay,
    perpetual,
    paymentTerms: last(amendments, 'paymentTerms'),
    autoRenew: last(amendments, 'autoRenew'),
    renewalTermMonths: last(amendments, 'renewalTermMonths'),
    noticeDays: last(amendments, 'noticeDays'),
    serviceLine: last(amendments, 'serviceLine'),
    turns: turnsOf(amendments),
    isVoid: isCut && startDay !== null && (money.terminatedDay ?? 0) <= startDay,
  };
}

function last<Field extends keyof Amendment>(
  amendments: readonly Amendment[],
  field: Field,
): NonNullable<Amendment[Field]> | null {
  for (let index = amendments.length - 1; index >= 0; index--) {
    const stated = amendments[index]?.[field];
    if (stated !== undefined && stated !== null) return stated;
  }
  return null;
}

function foldMoney(amendments: readonly Amendment[]): MoneyFold {
  let valueMinor: number | null = null;
  let hasBase = false;
  let terminatedDay: number | null = null;
  let isSettledBySource = false;
  for (const amendment of amendments) {
    if (amendment.kind === 'renewed') terminatedDay = null;
    if (amendment.kind === 'terminated' && terminatedDay === null) {
      terminatedDay = amendment.day;
      isSettledBySource = false;
    }
    if (amendment.valueMinor !== undefined) {
      valueMinor = amendment.valueMinor;
      hasBase = true;
    } else if (amendment.deltaMinor !== undefined) {
      valueMinor = (valueMinor ?? 0) + amendment.deltaMinor;
    } else {
      continue;
    }
    // What it was worth when it was made, even if made to take effect later, does not tell what was left of it.
    if (amendment.kind !== 'created') isSettledBySource = true;
  }
  return { valueMinor, hasBase, terminatedDay, isSettledBySource };
}

/** Only a renewal opens a closed agreement again; a close-out amendment of a terminated one leaves it terminated. */
function turnsOf(amendments: readonly Amendment[]): readonly Turn[] {
  const turns: Turn[] = [];
  let state: Turn['to'] = 'open';
  for (const { kind, day } of amendments) {
    let to: Turn['to'] = state;
    if (kind === 'terminated') to = 'terminated';
    else if (kind === 'expired') to = 'ended';
    else if (kind === 'renewed') to = 'open';
    if (to === state) continue;
    turns.push({ day, to });
    state = to;
  }
  return turns;
}

/**
 * What is left of a value when an agreement stops early and the source tells no amount (D23): the share of the days
 * before `terminatedDay` among all days from start to end, both included. Exact, halves up.
 */
function proRate(
  valueMinor: number,
  days: { readonly startDay: number; readonly endDay: number; readonly terminatedDay: number },
): number {
  if (valueMinor <= 0) return valueMinor;
  const all = days.endDay - days.startDay + 1;
  const used = Math.min(Math.max(days.terminatedDay - days.startDay, 0), all);
  return Number((2n * BigInt(valueMinor) * BigInt(used) + BigInt(all)) / (2n * BigInt(all)));
}
