import { ARCHETYPES, DAYS_PER_YEAR, MISFORTUNES, SEGMENTS } from '../parameters.ts';
import { isWorkday } from '../rhythm.ts';
import type { Scene } from '../scene.ts';
import { answerAboutTicket } from './feedback.ts';

const HOUR_MS = 3_600_000;
const SUBJECTS = [
  'cannot sign in',
  'wrong totals',
  'slow page',
  'export fails',
  'question on set-up',
  'sync stopped',
] as const;
/** By severity 1..4: share, median hours to the first answer, median hours to the end, chance of escalation. */
const SEVERITIES = {
  '1': { share: 0.05, respondHours: 0.5, resolveHours: 10, escalation: 0.2 },
  '2': { share: 0.16, respondHours: 2, resolveHours: 28, escalation: 0.1 },
  '3': { share: 0.45, respondHours: 6, resolveHours: 60, escalation: 0.03 },
  '4': { share: 0.34, respondHours: 12, resolveHours: 90, escalation: 0.01 },
} as const;
const SIGMA = 0.8;
const NEVER_RESOLVED_SHARE = 0.02;

/** Tickets of a day: Poisson, more in a storm or when support is what drives the customer away. */
export function raiseTickets(scene: Scene): void {
  const { customer, day, random, effects } = scene;
  const { traits } = customer;
  const usual =
    SEGMENTS[traits.segment].ticketsPerYear * ARCHETYPES[traits.archetype].tickets * traits.ticketRate;
  const storm = day < customer.ticketStormUntilDay ? MISFORTUNES.ticketStormFactor : 1;
  const perDay = (usual * storm + effects.ticketsPerYear) / DAYS_PER_YEAR;
  const count = random.poisson(perDay * (isWorkday(day) ? 1.3 : 0.25));
  for (let ticket = 0; ticket < count; ticket += 1) openTicket(scene, scene.workTime());
}

/** One ticket with its whole course: opened, answered, perhaps escalated, resolved, perhaps a survey. */
export function openTicket(scene: Scene, openedMs: number): void {
  const { random, effects } = scene;
  const trouble = effects.ticketTrouble;
  const name = random.weighted({
    '1': SEVERITIES['1'].share + trouble * 0.3,
    '2': SEVERITIES['2'].share + trouble * 0.6,
    '3': SEVERITIES['3'].share,
    '4': SEVERITIES['4'].share,
  });
  const severity = SEVERITIES[name];
  const ticketId = scene.newId('t');
  const channel = random.pick(['mail', 'portal', 'phone']);
  scene.emit(
    'ticket.opened',
    { ticketId, severity: Number(name), subject: random.pick(SUBJECTS), channel },
    { atMs: openedMs },
  );
  const slowness = 1 + 4 * trouble;
  const respondedMs = openedMs + random.logNormal(severity.respondHours, SIGMA) * HOUR_MS * slowness;
  scene.emit('ticket.responded', { ticketId }, { atMs: respondedMs });
  const workHours = random.logNormal(severity.resolveHours, SIGMA) * slowness;
  if (random.chance(severity.escalation + trouble)) {
    const escalated = Math.max(1, Number(name) - 1);
    const atMs = respondedMs + workHours * HOUR_MS * random.between(0.2, 0.8);
    scene.emit('ticket.escalated', { ticketId, severity: escalated }, { atMs });
  }
  if (random.chance(NEVER_RESOLVED_SHARE)) return;
  const resolvedMs = respondedMs + workHours * HOUR_MS;
  scene.emit('ticket.resolved', { ticketId }, { atMs: resolvedMs });
  answerAboutTicket(scene, resolvedMs, workHours / severity.resolveHours);
}
