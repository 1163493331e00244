import { formatDay } from '@bellwether/events';
import { ARCHETYPES, DAYS_PER_YEAR, MISFORTUNES, SEGMENTS } from '../parameters.ts';
import { isWorkday } from '../rhythm.ts';
import type { Scene } from '../scene.ts';

const OUTREACH_PER_YEAR = 6;
const SCHEDULED_DAYS_AHEAD = 14;
const WORKDAYS_PER_YEAR = 260;
const CHANNELS = ['video', 'phone', 'on site'] as const;
const ACTIONS = [
  'send roadmap',
  'plan training',
  'review licences',
  'share best practices',
  'fix open tickets',
] as const;

/** Meetings, outreach and quarterly reviews of a day. */
export function engage(scene: Scene): void {
  const { customer, day, random, effects } = scene;
  const { traits } = customer;
  if (traits.holdsQbrs) review(scene);
  if (!isWorkday(day)) return;
  const meetings = SEGMENTS[traits.segment].meetingsPerYear * ARCHETYPES[traits.archetype].meetings;
  if (random.chance((meetings / WORKDAYS_PER_YEAR) * (1 + effects.meetings)))
    holdMeeting(scene, scene.workTime());
  if (random.chance(OUTREACH_PER_YEAR / WORKDAYS_PER_YEAR)) sendOutreach(scene, scene.workTime());
}

/** A meeting that was held, with who took part. */
export function holdMeeting(scene: Scene, atMs: number): void {
  const { random } = scene;
  const data = {
    engagementId: scene.newId('e'),
    level: levelOf(scene),
    attendees: random.integer(2, 8),
    channel: random.pick(CHANNELS),
  };
  scene.emit('engagement.meeting-held', data, { atMs });
}

/** A message sent to the customer. */
export function sendOutreach(scene: Scene, atMs: number): void {
  const channel = scene.random.pick(['mail', 'phone', 'chat']);
  scene.emit('engagement.outreach-sent', { engagementId: scene.newId('e'), channel }, { atMs });
}

function levelOf(scene: Scene): 'C' | 'VP' | 'other' {
  const weights =
    scene.customer.traits.segment === 'enterprise' ? { C: 2, VP: 4, other: 4 } : { C: 1, VP: 2, other: 7 };
  return scene.random.weighted(weights);
}

/** A review is put into the calendar two weeks ahead, and then held or missed. */
function review(scene: Scene): void {
  const { customer, day, random, effects } = scene;
  if (customer.qbrId === null && day >= customer.nextQbrDay - SCHEDULED_DAYS_AHEAD) {
    customer.nextQbrDay = day + SCHEDULED_DAYS_AHEAD;
    customer.qbrId = scene.newId('q');
    const scheduledAt = `${formatDay(customer.nextQbrDay)}T14:00:00Z`;
    const data = { engagementId: customer.qbrId, level: levelOf(scene), scheduledAt };
    scene.emit('engagement.qbr-scheduled', data, { atMs: scene.workTime() });
  }
  if (customer.qbrId === null || day < customer.nextQbrDay) return;
  const engagementId = customer.qbrId;
  if (random.chance(MISFORTUNES.missedQbrShare + effects.missedQbr)) {
    scene.emit('engagement.qbr-missed', { engagementId }, { atMs: scene.hour(18) });
  } else {
    const data = {
      engagementId,
      level: levelOf(scene),
      attendees: random.integer(3, 10),
      channel: random.pick(CHANNELS),
    };
    scene.emit('engagement.qbr-held', data, { atMs: scene.hour(15) });
    recordActions(scene, engagementId);
  }
  customer.qbrId = null;
  const every = SEGMENTS[customer.traits.segment].qbrEveryDays;
  customer.nextQbrDay = day + Math.min(every + random.integer(-7, 10), DAYS_PER_YEAR);
}

function recordActions(scene: Scene, engagementId: string): void {
  const { customer, day, random } = scene;
  const count = random.integer(0, 3);
  for (let item = 0; item < count; item += 1) {
    const data = {
      engagementId,
      actionItemId: scene.newId('i'),
      title: random.pick(ACTIONS),
      owner: customer.traits.owner,
      dueDate: formatDay(day + random.integer(7, 45)),
    };
    scene.emit('engagement.action-item-recorded', data, { atMs: scene.hour(16 + item * 0.1) });
  }
}
