import { isActive } from '../signals/evolve-contacts.ts';
import { heardUntilDay, noFacts, type Reading, type ReadingInput, toOneDecimal } from './reading.ts';

/**
 * Goals met, in percent of those decided: met, or past their due date (S93). That a goal was missed is known from
 * silence, so it holds only for due dates up to which the feed was heard; a met goal stays met.
 */
export function readGoalsMet({ signals, today, feed }: ReadingInput): Reading {
  const heardDay = heardUntilDay(feed, today);
  let metCount = 0;
  let missedCount = 0;
  let isAnyUnheard = false;
  let evidenceDay = Number.NEGATIVE_INFINITY;
  for (const { met, dueDay } of signals.goals) {
    if (met !== null) {
      metCount += 1;
      evidenceDay = Math.max(evidenceDay, met[1]);
    } else if (dueDay !== null && dueDay.value < heardDay) {
      missedCount += 1;
      evidenceDay = Math.max(evidenceDay, dueDay.value);
    } else if (dueDay !== null && dueDay.value < today) {
      isAnyUnheard = true;
    }
  }
  const decided = metCount + missedCount;
  if (decided > 0) return { raw: toOneDecimal((100 * metCount) / decided), evidenceDay };
  return isAnyUnheard && feed !== undefined ? { missing: 'feed-stale' } : noFacts(feed);
}

/** Value realised in percent of its target, 0..100 a goal, mean of the goals reported on in the window (S93, S112). */
export function readValueRealised({ signals, fromDay, feed }: ReadingInput): Reading {
  let count = 0;
  let tenthsSum = 0;
  let evidenceDay = Number.NEGATIVE_INFINITY;
  for (const { target, actual } of signals.goals) {
    if (actual === null || actual.day < fromDay || target === null || target.value === 0) continue;
    count += 1;
    tenthsSum += Math.round(1000 * Math.min(1, Math.max(0, actual.value / target.value)));
    evidenceDay = Math.max(evidenceDay, actual.day);
  }
  if (count === 0) return noFacts(feed);
  return { raw: toOneDecimal(tenthsSum / count / 10), evidenceDay };
}

/** Executive sponsors who are there (S93, S101). Not known where no sponsor was ever named. */
export function readExecutiveSponsor({ signals, feed }: ReadingInput): Reading {
  let active = 0;
  let evidenceDay = Number.NEGATIVE_INFINITY;
  for (const contact of signals.contacts) {
    if (!contact.wasSponsor) continue;
    evidenceDay = Math.max(evidenceDay, contact.day);
    if (contact.isSponsor?.value === true && isActive(contact)) active += 1;
  }
  return evidenceDay === Number.NEGATIVE_INFINITY ? noFacts(feed) : { raw: active, evidenceDay };
}
