import type { CustomerEvent } from '@bellwether/events';
import {
  type AgreementEvent,
  agreementOf,
  effectDay,
  inOrderOfEffect,
  type OracleAgreement,
} from './agreements.ts';
import { acceptedEvents, epochDay, groupedBy } from './common.ts';

/** An agreement with what scores besides value read of it. */
export interface OracleTerms extends OracleAgreement {
  readonly isPerpetual: boolean;
  readonly serviceLine: string | null;
  readonly renewalTermMonths: number | null;
  /** Signed, else begun, else first heard of. */
  readonly madeDay: number;
  /** Days on which a renewal takes effect. */
  readonly renewalDays: readonly number[];
  /** First day after the day in question on which it is told to end early; null: none is told. */
  readonly closingDay: number | null;
  /** Such a day is told, and no renewal after it. */
  readonly isEndTold: boolean;
}

/** The events of each agreement in the order in which they hold. */
export function agreementFacts(
  events: readonly CustomerEvent[],
): readonly (readonly [agreementId: string, facts: readonly AgreementEvent[]])[] {
  const told = acceptedEvents(events).filter((event): event is AgreementEvent =>
    event.type.startsWith('agreement.'),
  );
  return [...groupedBy(told, ({ data }) => data.agreementId)].map(
    ([id, facts]) => [id, [...facts].sort(inOrderOfEffect)] as const,
  );
}

/** The agreements as everything told of them says, on a day. */
export function agreementsToday(events: readonly CustomerEvent[], today: number): readonly OracleTerms[] {
  return agreementFacts(events).map(([id, facts]) => termsOf(id, facts, today));
}

/** The agreements as they were on a day, by what had taken effect by then and is known now (S15, D11). */
export function agreementsOn(events: readonly CustomerEvent[], day: number): readonly OracleTerms[] {
  return agreementFacts(events).flatMap(([id, facts]) => {
    const inEffect = factsInEffect(facts, day);
    return inEffect.length === 0 ? [] : [termsOf(id, inEffect, day)];
  });
}

/** What had taken effect by a day; the first event counts from an earlier signature or start that it tells. */
export function factsInEffect(facts: readonly AgreementEvent[], day: number): readonly AgreementEvent[] {
  const [first] = facts;
  if (first === undefined) return [];
  const { signedDate, startDate } = first.data;
  const told = [signedDate, startDate].flatMap((date) => (date === undefined ? [] : [epochDay(date)]));
  if (Math.min(effectDay(first), ...told) > day) return [];
  return facts.filter((fact, index) => index === 0 || effectDay(fact) <= day);
}

function termsOf(id: string, facts: readonly AgreementEvent[], day: number): OracleTerms {
  const agreement = agreementOf(id, facts, day);
  const [first] = facts;
  const isTurn = ({ type }: AgreementEvent) =>
    ['agreement.renewed', 'agreement.expired', 'agreement.terminated'].includes(type);
  const turns = facts.filter(isTurn);
  return {
    ...agreement,
    isPerpetual: facts.findLast(({ data }) => data.perpetual !== undefined)?.data.perpetual === true,
    serviceLine: facts.findLast(({ data }) => data.serviceLine !== undefined)?.data.serviceLine ?? null,
    renewalTermMonths:
      facts.findLast(({ data }) => data.renewalTermMonths !== undefined)?.data.renewalTermMonths ?? null,
    madeDay: agreement.signedDay ?? agreement.startDay ?? (first === undefined ? 0 : effectDay(first)),
    renewalDays: facts.filter(({ type }) => type === 'agreement.renewed').map(effectDay),
    closingDay: closingDayOf(turns, day),
    isEndTold: turns.length > 0 && turns.at(-1)?.type !== 'agreement.renewed',
  };
}

/** An end that is told again, or a renewal of what is open, is no turn. */
function closingDayOf(turns: readonly AgreementEvent[], day: number): number | null {
  let open = true;
  let closing: number | null = null;
  for (const turn of turns) {
    const opens = turn.type === 'agreement.renewed';
    if (opens !== open && !opens && closing === null && effectDay(turn) > day) closing = effectDay(turn);
    open = opens;
  }
  return closing;
}
