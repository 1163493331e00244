import { nextStandingDay } from '../agreements/agreement-status.ts';
import { nextTurn } from '../opportunities/next-turn.ts';
import { CONSISTENCY_WEEKS } from './consistency-of.ts';
import { nextDepthDay } from './depth-of.ts';
import { nextChannelDay } from './primary-channel-of.ts';
import {
  nextShareDay,
  type Relationship,
  type RelationshipContext,
  type RelationshipSources,
} from './relationship-of.ts';
import { eachTouch, TOUCH_STAGES, type TouchSources } from './stage-touches.ts';
import { nextStakeholderDay } from './stakeholders-of.ts';
import { nextUsageGrowthDay } from './usage-growth.ts';
import { nextVoiceDay } from './voice-of.ts';
import { weekStartOf } from './weeks.ts';

/**
 * The first day after today on which the relationship may read differently with no new event while the feeds, the value
 * and the breakpoints stay as they are (N3): may be early, never late; null: never.
 *
 * @param now the relationship as it reads today
 */
export function nextRelationshipDay(
  sources: RelationshipSources,
  { today }: Pick<RelationshipContext, 'today'>,
  now: Relationship,
): number | null {
  const { signals, relationship, agreements } = sources;
  const days = [
    nextWeeklyDay(sources, today),
    nextChannelDay(sources, today),
    nextDepthDay(signals, today),
    nextStakeholderDay(signals.contacts, relationship.engagements, today),
    nextVoiceDay(relationship.loops, signals, today),
    nextUsageGrowthDay(signals.activity, today),
    now.paradox?.isParadox === true ? nextShareDay(sources.payments, today) : null,
    ...agreements.map(({ terms }) => nextStandingDay(terms, today)),
  ];
  return nextTurn(days, today);
}

/**
 * Consistency and efficiency move at the turn of the week, as long as something lies in their windows. A touch that is
 * further back than both leaves nothing to move.
 */
function nextWeeklyDay(sources: TouchSources, today: number): number | null {
  const weekStart = weekStartOf(today);
  const fromDay = weekStart - 7 * CONSISTENCY_WEEKS;
  let isAny = false;
  const visit = () => {
    isAny = true;
  };
  for (const stage of TOUCH_STAGES) if (!isAny) eachTouch(stage, sources, { fromDay, visit });
  return isAny ? weekStart + 7 : null;
}
