import { ltvValueOf } from '../../ltv/decide-ltv.ts';
import { decideRelationship } from '../../relationship/decide-relationship.ts';
import { nextRelationshipDay } from '../../relationship/next-relationship-day.ts';
import { relationshipOf } from '../../relationship/relationship-of.ts';
import { relationshipSourcesOf } from './facts-of.ts';
import type { Part } from './part.ts';

/** Depth of the relationship and everything that is read beside it (S10, S31, S33, S59, S60, S77-S81, S106). */
export const relationshipPart: Part<'relationship'> = {
  reads: ['firstEventDay', 'agreements', 'payments', 'signals', 'relationship', 'opportunities', 'profile'],
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
