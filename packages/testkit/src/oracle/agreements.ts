import type { CustomerEvent } from '@bellwether/events';
import { distinctEvents, epochDay, groupedBy } from './common.ts';

/** An event of an agreement. */
export type AgreementEvent = Extract<CustomerEvent, { readonly type: `agreement.${string}` }>;
type Data = AgreementEvent['data'];

/** An agreement as all its events together tell it on a day; days are epoch days, money is minor units. */
export interface OracleAgreement {
  readonly agreementId: string;
  readonly agreementType: string | null;
  readonly parentAgreementId: string | null;
  readonly valueMinor: number | null;
  readonly incomplete: boolean;
  readonly signedDay: number | null;
  readonly startDay: number | null;
  /** As told; `lastDay` is null where the agreement is perpetual. */
  readonly endDay: number | null;
  readonly lastDay: number | null;
  readonly paymentTerms: string | null;
  readonly noticeDays: number | null;
  readonly autoRenew: boolean | null;
  readonly status: 'upcoming' | 'active' | 'ended' | 'terminated' | 'void';
}

/** Every agreement of one customer on `today`, by id (S1-S4, D23); computed anew from all its events. */
export function recomputeAgreements(
  events: readonly CustomerEvent[],
  today: number,
): readonly OracleAgreement[] {
  const told = distinctEvents(events).filter((event): event is AgreementEvent =>
    event.type.startsWith('agreement.'),
  );
  const groups = [...groupedBy(told, ({ data }) => data.agreementId)];
  return groups.sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, group]) => agreementOf(id, group, today));
}

/** One agreement on a day, from some of its events. */
export function agreementOf(
  agreementId: string,
  group: readonly AgreementEvent[],
  today: number,
): OracleAgreement {
  const events = [...group].sort(inOrderOfEffect);
  const last = <Field extends keyof Data>(field: Field): Data[Field] | null =>
    events.findLast(({ data }) => data[field] !== undefined)?.data[field] ?? null;
  const dayOf = (date: string | null | undefined) => (date ? epochDay(date) : null);
  const startDay = dayOf(last('startDate'));
  const endDay = dayOf(last('endDate'));
  const lastDay = last('perpetual') === true ? null : endDay;
  const incomplete = last('valueMinor') === null;
  const cut = uncountedTermination(events);
  const isVoid = cut !== null && startDay !== null && cut <= startDay;
  const told = toldValue(events);
  const isProRated =
    cut !== null && !incomplete && startDay !== null && lastDay !== null && lastDay >= startDay;
  return {
    agreementId,
    agreementType: last('agreementType') ?? null,
    parentAgreementId: last('parentAgreementId') ?? null,
    valueMinor: isProRated ? shareOf(told ?? 0, { from: startDay, until: cut, to: lastDay }) : told,
    incomplete,
    signedDay: dayOf(last('signedDate')),
    startDay,
    endDay,
    lastDay,
    paymentTerms: last('paymentTerms') ?? null,
    noticeDays: last('noticeDays') ?? null,
    autoRenew: last('autoRenew') ?? null,
    status: isVoid ? 'void' : statusOf(events, { startDay, lastDay, today }),
  };
}

/** The day an event takes effect. */
export function effectDay(event: AgreementEvent): number {
  return event.data.effectiveDate === undefined ? event.day : epochDay(event.data.effectiveDate);
}

/** The order in which events of one agreement hold. */
export function inOrderOfEffect(a: AgreementEvent, b: AgreementEvent): number {
  const keys = (event: AgreementEvent) => [effectDay(event), event.sequence ?? 0, event.time] as const;
  const [first, second] = [keys(a), keys(b)];
  for (const place of [0, 1, 2] as const) {
    if (first[place] !== second[place]) return first[place] - second[place];
  }
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return a.source < b.source ? -1 : 1;
}

/** Whether an event says what the agreement is worth. */
export const tellsMoney = ({ data }: AgreementEvent) =>
  data.valueMinor !== undefined || data.deltaMinor !== undefined;

/** The last total stated and the changes after it; null while no amount was told. */
function toldValue(events: readonly AgreementEvent[]): number | null {
  if (!events.some(tellsMoney)) return null;
  const base = events.findLastIndex(({ data }) => data.valueMinor !== undefined);
  let value = events[base]?.data.valueMinor ?? 0;
  for (const { data } of events.slice(base + 1)) value += data.deltaMinor ?? 0;
  return value;
}

/** Day of the termination that still holds where the source tells no amount with it or after it; else null. */
function uncountedTermination(events: readonly AgreementEvent[]): number | null {
  const since = events.slice(events.findLastIndex(({ type }) => type === 'agreement.renewed') + 1);
  const at = since.findIndex(({ type }) => type === 'agreement.terminated');
  const termination = since[at];
  if (termination === undefined) return null;
  const settles = (event: AgreementEvent) => tellsMoney(event) && event.type !== 'agreement.created';
  return since.slice(at).some(settles) ? null : effectDay(termination);
}

/** The share of a value for the days before `until` among `from` to `to`, halves up. */
function shareOf(
  value: number,
  days: { readonly from: number; readonly until: number; readonly to: number },
): number {
  if (value <= 0) return value;
  const all = days.to - days.from + 1;
  const used = Math.min(all, Math.max(0, days.until - days.from));
  const exact = BigInt(value) * BigInt(used);
  const whole = exact / BigInt(all);
  return Number((exact - whole * BigInt(all)) * 2n >= BigInt(all) ? whole + 1n : whole);
}

function statusOf(
  events: readonly AgreementEvent[],
  { startDay, lastDay, today }: { startDay: number | null; lastDay: number | null; today: number },
): OracleAgreement['status'] {
  const turns = ['agreement.renewed', 'agreement.expired', 'agreement.terminated'];
  const turn = events.findLast((event) => turns.includes(event.type) && effectDay(event) <= today);
  if (turn?.type === 'agreement.terminated') return 'terminated';
  if (turn?.type === 'agreement.expired') return 'ended';
  if (lastDay !== null && lastDay < today) return 'ended';
  return startDay !== null && startDay > today ? 'upcoming' : 'active';
}
