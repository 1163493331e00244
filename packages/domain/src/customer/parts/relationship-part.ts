import { ltvValueOf } from '../../ltv/decide-ltv.ts';
import { decideRelationship } from '../../relationship/decide-relationship.ts';
import { nextRelationshipDay } from '../../relationship/next-relationship-day.ts';
import { relationshipOf } from '../../relationship/relationship-of.ts';
import { weekStartOf } from '../../relationship/weeks.ts';
import type { CustomerState } from '../customer-state.ts';
import { relationshipSourcesOf } from './facts-of.ts';
import type { Part, Scene } from './part.ts';
import { haveDaysMoved, haveEarlierUsesMoved, isOneMoreDayOfUse } from './signal-moves.ts';

/** Depth of the relationship and everything that is read beside it (S10, S15, S31, S33, S59, S60, S77-S81, S106). */
export const relationshipPart: Part<'relationship'> = {
  reads: ['firstEventDay', 'agreements', 'payments', 'relationship', 'opportunities', 'profile'],
  asks: ['feeds', 'breakpoints'],
  movesWith: (before, scene) =>
    (haveDaysMoved(before.signals, scene.after.signals) && !isUsualUse(before, scene)) ||
    haveEarlierUsesMoved(before.signals, scene.after.signals, weekStartOf(scene.context.day)),
  follows: ['ltv', 'tier'],
  decide: (previous, scene) => {
    const { day: today, feeds, findings } = scene.context;
    const { ltv, tier } = scene.published;
    const sources = relationshipSourcesOf(scene.after);
    const context = {
      today,
      feeds,
      standings: scene.standings(),
      isStrategic: tier?.labels.strategic === 'yes',
      ltvMinor: ltv === null ? null : ltvValueOf(ltv),
      breakpoints: findings?.breakpoints ?? null,
    };
    const now = relationshipOf(sources, context);
    const { change, published } = decideRelationship(previous, now);
    return {
      published,
      changes: change === null ? [] : [change],
      nextDay: nextRelationshipDay(sources, context, now),
    };
  },
  scoreOf: (relationship) => relationship,
};

/**
 * One more day of use in the present week, of a customer whose primary channel is the product already: the most
 * frequent of all events, and nothing that is read here differs by it. Full weeks are looked at when the next one
 * begins, which the next day is not later than.
 */
function isUsualUse(before: CustomerState, scene: Scene): boolean {
  const { published, context, after } = scene;
  const weekStart = weekStartOf(context.day);
  const nextDay = scene.nextDay('relationship');
  return (
    published.relationship?.labels.primaryChannel === 'product' &&
    nextDay !== null &&
    nextDay <= weekStart + 7 &&
    isOneMoreDayOfUse(before.signals, after.signals, weekStart)
  );
}
