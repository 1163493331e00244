import type { CustomerEvent } from '@bellwether/events';
import { agreementsToday } from './agreement-terms.ts';
import { dueDay } from './churn.ts';
import { isActive } from './churn-readings.ts';
import { latest } from './common.ts';
import type { OracleContext } from './context.ts';
import { recomputeOpportunities } from './opportunities.ts';

/** The decision that comes first, with the value of its agreement; epoch days. */
export interface OracleDecision {
  readonly agreementId: string;
  readonly dueDay: number;
}

/** The call before a renewal that nobody made (N18). */
export interface OracleCallDue extends OracleDecision {
  readonly checkpoint: number;
}

/** Of the active agreements the one decided first; of equal days the greatest value, then the first by id. */
export function firstDecision(events: readonly CustomerEvent[], today: number): OracleDecision | null {
  const decided = agreementsToday(events, today)
    .filter(isActive)
    .flatMap((terms) => {
      const day = dueDay(terms, today);
      return day === null
        ? []
        : [{ agreementId: terms.agreementId, dueDay: day, worth: terms.valueMinor ?? 0 }];
    });
  const [first] = decided.sort(
    (a, b) => a.dueDay - b.dueDay || b.worth - a.worth || (a.agreementId < b.agreementId ? -1 : 1),
  );
  return first === undefined ? null : { agreementId: first.agreementId, dueDay: first.dueDay };
}

/** The decision that makes every risk of the customer graver, from 90 and from 30 days before it (N18). */
export function recomputeNearRenewal(
  events: readonly CustomerEvent[],
  { today }: OracleContext,
): { readonly dueDay: number; readonly daysBefore: number } | null {
  const first = firstDecision(events, today);
  if (first === null || first.dueDay > today + 90) return null;
  return { dueDay: first.dueDay, daysBefore: first.dueDay > today + 30 ? 90 : 30 };
}

/** What has to be said 180 and 90 days before the decision, and was not said since (N18). */
export function recomputeCallDue(
  events: readonly CustomerEvent[],
  { today, feeds }: OracleContext,
  was: OracleCallDue | null,
): OracleCallDue | null {
  if (feeds.opportunity?.status !== 'fresh') return was;
  const first = firstDecision(events, today);
  const checkpoint = first === null ? undefined : [90, 180].find((days) => first.dueDay - today <= days);
  if (first === null || checkpoint === undefined || first.dueDay < today) return null;
  const saidDays = recomputeOpportunities(events)
    .filter(({ kind }) => kind === 'renewal')
    .flatMap(({ saidDay }) => saidDay ?? []);
  const isMade = (latest(saidDays) ?? Number.NEGATIVE_INFINITY) >= first.dueDay - checkpoint;
  return isMade ? null : { ...first, checkpoint };
}
