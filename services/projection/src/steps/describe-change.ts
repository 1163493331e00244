import { formatMinor } from '@bellwether/domain';
import type { Change, ScoreChange } from '@bellwether/events';
import type { EarlierParts } from './make-change-entries.ts';

const NAMES: Readonly<Record<ScoreChange['score'], string>> = {
  ltv: 'Value',
  revenue: 'Predicted revenue',
  rfm: 'Purchases',
  health: 'Health',
  churn: 'Churn probability',
  lifecycle: 'Lifecycle',
  relationship: 'Relationship depth',
  tier: 'Tier',
  complexity: 'Complexity',
  concentration: 'Concentration',
};

/** A change in a few words; a situation has its own. `earlier` says of parts that moved what they were. */
export function describeChange(change: Change, earlier: EarlierParts = {}): string {
  if (!('score' in change)) return change.text;
  if (change.score === 'rfm') return describePurchases(change.parts, earlier.rfm ?? {});
  const name = NAMES[change.score];
  const value = shown(change, change.value);
  const band = change.band === null || change.value === null ? '' : ` (${change.band})`;
  if (change.previous === null) return `${name} ${value}${band}`;
  if (change.previous !== change.value) return `${name} ${shown(change, change.previous)} → ${value}${band}`;
  const parts = change.score === 'ltv' ? describeValueParts(change, earlier.ltv ?? {}) : '';
  return `${name} stays at ${value}${band}${parts}`;
}

type Parts = ScoreChange['parts'];

/** A day that only moves the year's window says so; a second payment of a day is no transaction of its own. */
function describePurchases(parts: Parts, earlier: Parts): string {
  const { transactions, frequency365, paidMinor } = earlier;
  const now = (name: string) => parts[name] ?? 0;
  const count = `${now('transactions')} ${now('transactions') === 1 ? 'transaction' : 'transactions'}`;
  if (transactions != null) return `Purchases: ${count}, was ${transactions}`;
  if (paidMinor != null) return `Purchases: ${count}, and another payment on the day of one of them`;
  if (frequency365 != null) return `12-month purchases ${now('frequency365')}, was ${frequency365}`;
  return `Purchases: ${count}`;
}

const VALUE_PARTS = [
  ['activeMinor', 'active value'],
  ['contractedMinor', 'contracted value'],
  ['paidMinor', 'paid'],
  ['activeAgreements', 'active agreements'],
  ['agreements', 'agreements'],
] as const;

/** What moved in a value that stayed the same: money first; counts of agreements only where no money moved. */
function describeValueParts({ parts, currency = '' }: ScoreChange, earlier: Parts): string {
  const moved = VALUE_PARTS.flatMap(([part, name]) => {
    const [now, was] = [parts[part] ?? 0, earlier[part] ?? null];
    if (was === null) return [];
    const text = (value: number) => (part.endsWith('Minor') ? formatMinor(value, currency) : String(value));
    return [{ isMoney: part.endsWith('Minor'), text: `${name} ${text(now)}, was ${text(was)}` }];
  });
  const money = moved.filter(({ isMoney }) => isMoney);
  const told = (money.length > 0 ? money : moved).map(({ text }) => `; ${text}`);
  return told.join('');
}

function shown({ unit, currency, band, score }: ScoreChange, value: number | null): string {
  if (value === null) return band ?? 'unknown';
  if (unit === 'minor') return formatMinor(value, currency ?? '');
  if (unit === 'hundredths') return (value / 100).toFixed(1);
  return score === 'concentration' ? (value / 10).toFixed(1) : String(value);
}
