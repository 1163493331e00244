import type { CustomerEvent } from '@bellwether/events';
import { acceptedEvents, earliest, groupedBy, inOrderOfWriting, latest, ofTypes, sumOf } from './common.ts';

/** A sales opportunity as all its events tell it; days are epoch days. */
export interface OracleOpportunity {
  readonly kind: 'new' | 'upsell' | 'cross-sell' | 'renewal' | null;
  readonly amountMinor: number;
  readonly isAmountTold: boolean;
  /** The last day on which something was told of it that still holds. */
  readonly saidDay: number | null;
  readonly createdDay: number | null;
  /** The day on which its present stage was told. */
  readonly stageDay: number | null;
  /** As told last; a change of stage does not open it again. */
  readonly outcome: 'won' | 'lost' | null;
  /** The first day on which that outcome was told. */
  readonly decidedDay: number | null;
}

/** All opportunities of a customer (S54, S67, S78). */
export function recomputeOpportunities(events: readonly CustomerEvent[]): readonly OracleOpportunity[] {
  const told = ofTypes(
    acceptedEvents(events),
    'opportunity.created',
    'opportunity.stage-changed',
    'opportunity.won',
    'opportunity.lost',
  );
  return [...groupedBy(told, ({ data }) => data.opportunityId).values()].map((facts) => {
    const inOrder = inOrderOfWriting(facts);
    const decided = ofTypes(inOrder, 'opportunity.won', 'opportunity.lost');
    const last = decided.at(-1)?.type;
    const daysOf = (type: string) => facts.filter((fact) => fact.type === type).map(({ day }) => day);
    const lastOf = (isTold: (fact: (typeof facts)[number]) => boolean) => inOrder.findLast(isTold)?.day ?? [];
    const saidDays = [
      lastOf(({ data }) => data.opportunityKind !== undefined),
      lastOf(({ data }) => data.stage !== undefined),
      lastOf(({ data }) => data.amountMinor !== undefined),
      decided.at(-1)?.day ?? [],
      earliest(daysOf('opportunity.created')) ?? [],
    ];
    return {
      saidDay: latest(saidDays.flat()),
      kind: inOrder.findLast(({ data }) => data.opportunityKind !== undefined)?.data.opportunityKind ?? null,
      isAmountTold: inOrder.some(({ data }) => data.amountMinor !== undefined),
      amountMinor: inOrder.findLast(({ data }) => data.amountMinor !== undefined)?.data.amountMinor ?? 0,
      createdDay: earliest(daysOf('opportunity.created')),
      stageDay: inOrder.findLast(({ data }) => data.stage !== undefined)?.day ?? null,
      outcome: last === undefined ? null : last === 'opportunity.won' ? 'won' : 'lost',
      decidedDay: last === undefined ? null : earliest(daysOf(last)),
    };
  });
}

/** What was won on the days from one to another, both included. */
export function wonBetween(opportunities: readonly OracleOpportunity[], from: number, to: number): number {
  const won = opportunities.filter(
    ({ outcome, decidedDay }) =>
      outcome === 'won' && decidedDay !== null && decidedDay >= from && decidedDay <= to,
  );
  return sumOf(won.map(({ amountMinor }) => amountMinor));
}
