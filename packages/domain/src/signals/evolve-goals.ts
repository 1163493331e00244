import { type CustomerEvent, parseDate } from '@bellwether/events';
import { entityAt, placeOf, withEntity } from './entities.ts';
import { type Goal, MAX_GOALS, type Moment } from './state.ts';
import { laterOf, type Written, writtenBy } from './written.ts';

export type GoalEvent = Extract<CustomerEvent, { readonly type: `goal.${string}` }>;

/**
 * Adds one fact to a goal (S93, S112).
 *
 * @returns the same reference when nothing changed; undefined when it would be one goal too many
 */
export function evolveGoals(goals: readonly Goal[], event: GoalEvent): readonly Goal[] | undefined {
  const id = event.data.goalId;
  const place = placeOf(goals, id);
  const known = entityAt(goals, place, id);
  if (known === undefined && goals.length >= MAX_GOALS) return undefined;
  const next = withFact(known ?? { id, dueDay: null, target: null, actual: null, met: null }, event);
  return next === known ? goals : withEntity(goals, place, next);
}

function withFact(goal: Goal, event: GoalEvent): Goal {
  switch (event.type) {
    case 'goal.set': {
      const { target, dueDate } = event.data;
      const dueDay = dueDate === undefined ? undefined : parseDate(dueDate);
      return withAttributes(goal, { dueDay: written(event, dueDay), target: written(event, target) });
    }
    case 'goal.value-realised': {
      const { target, actual } = event.data;
      return withAttributes(goal, { target: written(event, target), actual: written(event, actual) });
    }
    case 'goal.met': {
      const met: Moment = [event.time, event.day];
      return goal.met === null || met[0] < goal.met[0] ? { ...goal, met } : goal;
    }
  }
}

function written(event: GoalEvent, value: number | undefined): Written<number> | undefined {
  return value === undefined ? undefined : writtenBy(event, value);
}

interface Attributes {
  readonly dueDay?: Written<number> | undefined;
  readonly target?: Written<number> | undefined;
  readonly actual?: Written<number> | undefined;
}

function withAttributes(goal: Goal, attributes: Attributes): Goal {
  const dueDay = laterOf(goal.dueDay, attributes.dueDay);
  const target = laterOf(goal.target, attributes.target);
  const actual = laterOf(goal.actual, attributes.actual);
  if (dueDay === goal.dueDay && target === goal.target && actual === goal.actual) return goal;
  return { ...goal, dueDay, target, actual };
}
