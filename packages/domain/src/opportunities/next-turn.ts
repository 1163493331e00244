/** The first of these days that lies after today; null: none does. */
export function nextTurn(days: readonly (number | null)[], today: number): number | null {
  let next: number | null = null;
  for (const day of days) if (day !== null && day > today && (next === null || day < next)) next = day;
  return next;
}
