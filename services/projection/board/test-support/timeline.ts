import type { CustomerRow, Tenant, TimelineEntry } from '../../src/api/schemas.ts';
import { bandOfScore } from '../src/lib/bands.ts';
import { dayNumber, dayText } from '../src/lib/time.ts';
import { LIVE_DAY } from './portfolio.ts';
import { randomFrom, seedOf } from './random.ts';

const EVENTS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['activity.login', { userId: 'u-118', productId: 'core' }],
  ['ticket.escalated', { ticketId: 'T-4410', priority: 'high', reason: 'no answer in 24 h' }],
  ['payment.paid', { invoiceId: 'INV-2201', amountMinor: 1_250_000, currency: 'USD' }],
  [
    'agreement.amended',
    { agreementId: 'S1', deltaMinor: 400_000, currency: 'USD', reason: 'EXERCISE AN OPTION' },
  ],
  ['feedback.nps', { score: 6, comment: 'Support got slower since the summer, otherwise a good product.' }],
  ['engagement.qbr-held', { attendees: 5 }],
];

function changeText(event: string | undefined, delta: number): string {
  const direction = delta < 0 ? 'lower' : 'higher';
  return event === undefined
    ? `${direction} because time passed without a login`
    : `${direction} after ${event}`;
}

/** Events and changes of a customer, newest first. */
export function timelineOf(tenant: Tenant, row: CustomerRow): TimelineEntry[] {
  const random = randomFrom(seedOf(`${row.customerId} timeline`));
  const today = dayNumber(tenant.asOf ?? LIVE_DAY);
  const entries: TimelineEntry[] = [];
  let score = Math.round((row.healthScore ?? 50) * 100);
  for (let index = 0; index < 90; index += 1) {
    const at = `${dayText(today - Math.floor(index / 2))}T${String(18 - (index % 8)).padStart(2, '0')}:20:00Z`;
    const byTime = random.chance(0.15);
    const [type, data] = random.pick(EVENTS);
    const eventId = `${row.customerId}-e${900 - index}`;
    const previous = score + random.whole(-380, 420);
    if (random.chance(0.75)) {
      const band = bandOfScore(score / 100);
      entries.push({
        kind: 'change',
        at,
        knownAt: at,
        sequence: 400 - index,
        cause: byTime ? 'time-decay' : 'new-data',
        causedBy: byTime ? [] : [eventId],
        type: 'score.health.changed',
        unit: 'hundredths',
        value: score,
        previous,
        delta: score - previous,
        band,
        previousBand: bandOfScore(previous / 100),
        text: changeText(byTime ? undefined : type, score - previous),
        reasons: [
          {
            signal: 'usage.login-days',
            contribution: score - previous,
            before: 11,
            after: 4,
            text: 'logins on 4 of the last 30 days',
          },
        ],
      });
      score = previous;
    }
    if (byTime) continue;
    const told = { type, data, conversion: null };
    entries.push({ kind: 'event', at, knownAt: at, eventId, source: 'crm/events', ...told });
  }
  return entries;
}
