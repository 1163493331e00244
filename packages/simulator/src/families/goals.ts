import { formatDay } from '@bellwether/events';
import type { Goal } from '../customer.ts';
import type { Scene } from '../scene.ts';

const TITLES = [
  'hours saved a month',
  'orders handled a day',
  'fewer errors, percent',
  'reports automated',
] as const;
const MET_SHARE = 0.75;
const REVIEWED_SHARE = 0.6;
const ONBOARDING_GOAL_DAYS = 25;

/** The customer and its account manager agree on a goal. */
export function setGoal(scene: Scene, atMs: number): void {
  const { customer, day, random } = scene;
  const dueDay = day + random.integer(60, 240);
  const goal: Goal = {
    id: scene.newId('g'),
    target: random.integer(2, 40) * 5,
    reviewDay: Math.round((day + dueDay) / 2),
    dueDay,
  };
  customer.goals.push(goal);
  const data = {
    goalId: goal.id,
    title: random.pick(TITLES),
    target: goal.target,
    dueDate: formatDay(dueDay),
  };
  scene.emit('goal.set', data, { atMs });
}

/** Goals are reviewed half-way and met or missed when due; a missed one sends nothing, as in life. */
export function pursueGoals(scene: Scene): void {
  const { customer, day, random, effects } = scene;
  const { traits } = customer;
  if (traits.newcomer && traits.hasGoals && day === traits.joinedDay + ONBOARDING_GOAL_DAYS) firstUse(scene);
  const stillWilling = 1 + effects.goals;
  for (const goal of customer.goals) {
    if (day === goal.reviewDay && random.chance(REVIEWED_SHARE)) {
      const actual = Math.round(goal.target * random.between(0.5, 1.1) * stillWilling);
      scene.emit(
        'goal.value-realised',
        { goalId: goal.id, target: goal.target, actual },
        { atMs: scene.workTime() },
      );
    }
    if (day === goal.dueDay && random.chance(MET_SHARE * stillWilling)) {
      const actual = Math.round(goal.target * random.between(1, 1.3));
      scene.emit('goal.met', { goalId: goal.id, actual }, { atMs: scene.workTime() });
    }
  }
  if (customer.goals.some((goal) => goal.dueDay <= day)) {
    customer.goals = customer.goals.filter((goal) => goal.dueDay > day);
    customer.nextGoalDay = day + random.integer(10, 90);
  }
  if (traits.hasGoals && day === customer.nextGoalDay) setGoal(scene, scene.workTime());
}

function firstUse(scene: Scene): void {
  const goal = scene.customer.goals[0];
  if (goal === undefined) return;
  const data = { goalId: goal.id, firstMeaningfulUse: true };
  scene.emit('goal.value-realised', data, { atMs: scene.workTime() });
}
