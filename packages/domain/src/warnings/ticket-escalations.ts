import { whyMissing } from '../health/reading.ts';
import { nextTurn } from '../opportunities/next-turn.ts';
import { type Held, newestEvidence, type Sign, type SignInput } from './sign.ts';

/** Days looked back, and how many tickets have to be escalated in them for a sign to begin (D15). */
export const ESCALATION_DAYS = 30;
const ENTER_COUNT = 2;

/**
 * Multiple escalations (S101, D15): two tickets escalated within 30 days, each by its last escalation. It ends when
 * none was for 30 days, so that the first of two growing old does not end it and a third begin it again.
 */
export function findTicketEscalations({ signals, feeds, today }: SignInput, held: Held): Sign {
  const why = whyMissing(feeds.ticket, { wasEverSeen: signals.firstTicketDay !== null });
  if (why !== undefined) return { state: 'unknown', why };
  const evidence = signals.tickets.flatMap(({ id, escalated }) =>
    escalated !== null && escalated[1] > today - ESCALATION_DAYS
      ? [{ about: 'ticket', id, day: escalated[1] }]
      : [],
  );
  if (evidence.length < (held.isRaised ? 1 : ENTER_COUNT))
    return { state: 'absent', code: 'no-escalations', text: 'No ticket was escalated for 30 days' };
  const newest = newestEvidence(evidence);
  const count = evidence.length === 1 ? 'A ticket was' : `${evidence.length} tickets were`;
  return {
    state: 'present',
    factor: {
      detector: 'ticket-escalations',
      code: 'ticket-escalations',
      text: `${count} escalated within 30 days: ${newest.map(({ id }) => id).join(', ')}`,
      evidence: newest,
      before: null,
      after: evidence.length,
    },
  };
}

/** First day after today on which an escalation is 30 days old; null: none will be. */
export function nextEscalationDay({ signals, today }: SignInput): number | null {
  const turns = signals.tickets.map(({ escalated }) =>
    escalated === null ? null : escalated[1] + ESCALATION_DAYS,
  );
  return nextTurn(turns, today);
}
