import type { CurrentSituation } from '@bellwether/events';

/** The days that a standing situation was told with, for those who read it later (N12). */
export function daysOf(
  told: { readonly dueDay: number; readonly daysBefore?: number } | null | undefined,
): Pick<CurrentSituation, 'dueDay' | 'daysBefore'> {
  return { dueDay: told?.dueDay ?? null, daysBefore: told?.daysBefore ?? null };
}
