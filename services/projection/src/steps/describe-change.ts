import { formatMinor } from '@bellwether/domain';
import type { Change, ScoreChange } from '@bellwether/events';

const NAMES: Readonly<Record<ScoreChange['score'], string>> = {
  ltv: 'Value',
  rfm: 'Purchases',
  health: 'Health',
  complexity: 'Complexity',
  concentration: 'Concentration',
};

/** A change in a few words; a situation has its own. */
export function describeChange(change: Change): string {
  if (!('score' in change)) return change.text;
  const name = NAMES[change.score];
  if (change.score === 'rfm') return `${name}: ${change.parts.transactions ?? 0} transactions`;
  const value = shown(change, change.value);
  const band = change.band === null || change.value === null ? '' : ` (${change.band})`;
  if (change.previous === null) return `${name} ${value}${band}`;
  if (change.previous === change.value) return `${name} stays at ${value}${band}`;
  return `${name} ${shown(change, change.previous)} → ${value}${band}`;
}

function shown({ unit, currency, band, score }: ScoreChange, value: number | null): string {
  if (value === null) return band ?? 'unknown';
  if (unit === 'minor') return formatMinor(value, currency ?? '');
  if (unit === 'hundredths') return (value / 100).toFixed(1);
  return score === 'concentration' ? (value / 10).toFixed(1) : String(value);
}
