import { formatDay } from '@bellwether/events';
import { whyMissing } from '../health/reading.ts';
import { nextTurn } from '../opportunities/next-turn.ts';
import { isActive } from '../signals/evolve-contacts.ts';
import type { Contact } from '../signals/state.ts';
import { type Evidence, newestEvidence, type Sign, type SignInput } from './sign.ts';

/** Days for which the loss of a sponsor is a sign (D15). */
export const TURNOVER_DAYS = 90;

type Loss = Evidence & { readonly id: string; readonly code: 'sponsor-left' | 'sponsor-changed' };

/**
 * Executive turnover (S101, D15): a sponsor left, or is no sponsor any more, within 90 days. Another sponsor does not
 * make up for the one who was lost: who is there is read by health. Not known where no sponsor was ever named.
 */
export function findExecutiveTurnover({ signals: { contacts }, feeds, today }: SignInput): Sign {
  const why = whyMissing(feeds.contact, { wasEverSeen: contacts.some(({ wasSponsor }) => wasSponsor) });
  if (why !== undefined) return { state: 'unknown', why };
  const losses = contacts.flatMap((contact): Loss[] => {
    const loss = lossOf(contact);
    return loss !== null && loss.day > today - TURNOVER_DAYS ? [loss] : [];
  });
  const [newest] = newestEvidence(losses);
  if (newest === undefined)
    return { state: 'absent', code: 'turnover-past', text: 'No sponsor was lost for 90 days' };
  const left = losses.some(({ code }) => code === 'sponsor-left');
  return {
    state: 'present',
    factor: {
      detector: 'executive-turnover',
      code: left ? 'sponsor-left' : 'sponsor-changed',
      text: losses.map(textOf).join('; '),
      evidence: newestEvidence(losses),
      before: null,
      after: losses.length,
    },
  };
}

/** How a sponsor was lost: by leaving, or by being named none. What is told after they left is only tidying up. */
function lossOf(contact: Contact): Loss | null {
  const { id, wasSponsor, isSponsor, left } = contact;
  if (!wasSponsor) return null;
  const leftAt = isActive(contact) ? null : left;
  const isTidyingUp = leftAt !== null && isSponsor !== null && isSponsor.timeMs > leftAt.timeMs;
  if (isSponsor?.value === false && !isTidyingUp)
    return { about: 'contact', id, day: isSponsor.day, code: 'sponsor-changed' };
  return leftAt === null ? null : { about: 'contact', id, day: leftAt.day, code: 'sponsor-left' };
}

function textOf({ id, day, code }: Loss): string {
  return code === 'sponsor-left'
    ? `Sponsor ${id} left on ${formatDay(day)}`
    : `${id} is no sponsor any more since ${formatDay(day)}`;
}

/** First day after today on which the loss of a sponsor is 90 days old; null: none will be. */
export function nextTurnoverDay({ signals: { contacts }, today }: SignInput): number | null {
  const turns = contacts.map((contact) => {
    const loss = lossOf(contact);
    return loss === null ? null : loss.day + TURNOVER_DAYS;
  });
  return nextTurn(turns, today);
}
