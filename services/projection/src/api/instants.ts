import { type Fault, parseDate, parseInstant, shown } from '@bellwether/events';
import Type from 'typebox';
import { startOfLocalDay } from '../read/local-day.ts';
import type { TenantView } from '../read/tenant-view.ts';
import { invalidRequest } from './problem.ts';

/** An instant of a question about the past. */
export const AskedInstant = (description: string) =>
  Type.String({ minLength: 1, maxLength: 64, description });

/** Which instant a date stands for: the first of the day, or the last. */
export type DateMeaning = 'first' | 'last';

interface Asked {
  readonly text: string | undefined;
  readonly means: DateMeaning;
  /** Epoch ms; where nothing is asked. */
  readonly otherwise: number;
}

/**
 * Instants of a request, epoch ms, by the name of the parameter: RFC 3339, or a date in the tenant's time zone. What
 * is left of today has not happened, so the last instant of today is now.
 * @throws ProblemError 400 with every fault: no such instant, or one that is still to come
 */
export function askedInstants<const Name extends string>(
  asked: { readonly [N in Name]: Asked },
  { settings }: TenantView,
  now: number,
): { readonly [N in Name]: number } {
  const faults: Fault[] = [];
  const instants = {} as { [N in Name]: number };
  for (const name of Object.keys(asked) as Name[]) {
    const { text, means, otherwise } = asked[name];
    const instant = text === undefined ? otherwise : instantOf(text, { means, zone: settings.timeZone, now });
    if (typeof instant === 'string') {
      faults.push({ path: `?${name}`, expected: instant, got: shown(text) });
    } else {
      instants[name] = instant;
    }
  }
  if (faults.length > 0) throw invalidRequest(faults);
  return instants;
}

/** The instant, or what was expected. */
function instantOf(
  text: string,
  { means, zone, now }: { readonly means: DateMeaning; readonly zone: string; readonly now: number },
): number | string {
  const day = parseDate(text);
  if (day === undefined) {
    const instant = parseInstant(text);
    if (instant === undefined) return 'an RFC 3339 instant or a date, YYYY-MM-DD';
    return instant > now ? 'an instant that has passed' : instant;
  }
  const first = startOfLocalDay(day, zone);
  if (first > now) return 'a date that has begun';
  return means === 'first' ? first : Math.min(startOfLocalDay(day + 1, zone) - 1, now);
}
