import { DAYS_PER_YEAR } from '../parameters.ts';
import type { Scene } from '../scene.ts';

const HOUR_MS = 3_600_000;
const NPS_EVERY_DAYS = 182;
const RESPONSE_SHARE = 0.5;
const COMMENTS_PER_YEAR = 0.7;
const CLOSED_LOOP_SHARE = 0.4;
const ANSWERED_AFTER_HOURS = 50;
const ROLES = ['administrator', 'user', 'manager', 'executive'] as const;
const COMMENTS = {
  good: ['Works well for us.', 'The new reports save us an hour a week.', 'Support was quick, thank you.'],
  bad: ['We expected more by now.', 'Third time this month.', 'Hard to say what we get for the money.'],
} as const;

/** How content the customer is today, 0..1, as one person of it happens to feel. */
function mood(scene: Scene, spread: number): number {
  const { customer, effects, random } = scene;
  return Math.max(0, Math.min(1, customer.traits.sentiment + effects.sentiment + random.normal(0, spread)));
}

/** The half-yearly NPS round and unasked comments. */
export function answerSurveys(scene: Scene): void {
  const { customer, day, random } = scene;
  if (!customer.traits.answersSurveys) return;
  if (day >= customer.nextNpsDay) {
    customer.nextNpsDay += NPS_EVERY_DAYS;
    if (random.chance(RESPONSE_SHARE)) answerNps(scene, scene.workTime());
    if (random.chance(RESPONSE_SHARE)) answerNps(scene, scene.workTime() + 30 * HOUR_MS);
  }
  if (random.chance(COMMENTS_PER_YEAR / DAYS_PER_YEAR)) leaveComment(scene, scene.workTime());
}

/** NPS, 0..10. */
export function answerNps(scene: Scene, atMs: number): void {
  const { random } = scene;
  const score = Math.round(10 * mood(scene, 0.14));
  const closedLoop = score <= 6 && random.chance(CLOSED_LOOP_SHARE);
  const data = {
    score,
    scaleMin: 0,
    scaleMax: 10,
    highIsGood: true,
    respondentRole: random.pick(ROLES),
    ...(closedLoop ? { closedLoopAt: new Date(Math.round(atMs)).toISOString() } : {}),
  };
  scene.emit('feedback.nps', data, { atMs });
}

/** CSAT, 1..5, with the slowness of the ticket it is about (1 is usual). */
export function answerCsat(scene: Scene, atMs: number, slowness: number): void {
  const content = mood(scene, 0.16) - 0.08 * Math.log2(Math.max(0.25, slowness));
  const score = Math.max(1, Math.min(5, Math.round(1 + 4.4 * content)));
  scene.emit(
    'feedback.csat',
    { score, scaleMin: 1, scaleMax: 5, highIsGood: true, respondentRole: 'user' },
    { atMs },
  );
}

/** A remark in the customer's words, without a score. */
export function leaveComment(scene: Scene, atMs: number): void {
  const { random, customer } = scene;
  const comment = random.pick(mood(scene, 0.2) > 0.5 ? COMMENTS.good : COMMENTS.bad);
  const feedbackId = scene.emit(
    'feedback.comment',
    { comment, channel: 'community', respondentRole: random.pick(ROLES) },
    { atMs },
  );
  // Every second customer has a manager who answers.
  if (customer.index % 2 === 0)
    scene.emit('feedback.answered', { feedbackId }, { atMs: atMs + ANSWERED_AFTER_HOURS * HOUR_MS });
}

/** After a ticket some people answer: satisfaction, or effort on a scale of 1..7 where a low score is good (D18). */
export function answerAboutTicket(scene: Scene, resolvedMs: number, slowness: number): void {
  const { customer, random } = scene;
  if (!customer.traits.answersSurveys) return;
  if (random.chance(0.4)) answerCsat(scene, resolvedMs + random.between(0.5, 30) * HOUR_MS, slowness);
  if (!random.chance(0.15)) return;
  const ease = mood(scene, 0.18) - 0.06 * Math.log2(Math.max(0.25, slowness));
  const score = Math.max(1, Math.min(7, Math.round(7 - 6.2 * ease)));
  const atMs = resolvedMs + random.between(0.5, 40) * HOUR_MS;
  scene.emit(
    'feedback.ces',
    { score, scaleMin: 1, scaleMax: 7, highIsGood: false, respondentRole: 'user' },
    { atMs },
  );
}
