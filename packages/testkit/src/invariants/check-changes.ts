import {
  type Change,
  type CustomerChange,
  PORTFOLIO_CUSTOMER_ID,
  type ScoreChange,
} from '@bellwether/events';

/**
 * What is wrong with all published changes of a log, as sentences; each list in the order of its customer's partition.
 * Sequences run 1..n without gap or repeat, and signed reasons add up (design section 3, guarantees 2 and 3).
 */
export function changeFaults(changes: readonly CustomerChange[]): string[] {
  return [...changes.flatMap(reasonFaults), ...sequenceFaults(changes), ...atRiskFaults(changes)];
}

/** Scores with a unit of value whose contributions do not sum exactly to the delta, or to a first value (N1). */
export function reasonFaults(record: CustomerChange): string[] {
  return record.changes.filter(isScoreChange).flatMap((change) => {
    const { value, previous, delta, reasons } = change;
    const place = `${record.tenant}|${record.customerId} #${record.sequence} ${change.type}`;
    const faults: string[] = [];
    if (value !== null && previous !== null && delta !== value - previous) {
      faults.push(`${place}: delta ${delta} is not ${value} - ${previous}`);
    }
    if ((value === null || previous === null) && delta !== null)
      faults.push(`${place}: a delta without two values`);
    if (value === null) return faults;
    const expected = delta ?? value;
    const sum = reasons.reduce((total, { contribution }) => total + contribution, 0);
    if (sum !== expected) faults.push(`${place}: reasons sum to ${sum}, not ${expected}`);
    if (!reasons.every(({ contribution }) => Number.isSafeInteger(contribution))) {
      faults.push(`${place}: a contribution is not a whole number`);
    }
    return faults;
  });
}

/** Customers whose changes are not numbered 1..n; those of portfolios have to grow. */
export function sequenceFaults(changes: readonly CustomerChange[]): string[] {
  const last = new Map<string, number>();
  const faults: string[] = [];
  for (const { tenant, customerId, sequence } of changes) {
    const key = `${tenant}|${customerId}`;
    const expected = (last.get(key) ?? 0) + 1;
    const isRight = customerId === PORTFOLIO_CUSTOMER_ID ? sequence >= expected : sequence === expected;
    if (!isRight) faults.push(`${key}: change ${sequence} where ${expected} is next`);
    last.set(key, sequence);
  }
  return faults;
}

/**
 * At-risk situations that were raised for a customer without a health score (N2), cleared where none stood, or told
 * twice with nothing new: one that stands is told again only as the renewal comes nearer (N18).
 */
export function atRiskFaults(changes: readonly CustomerChange[]): string[] {
  const bands = new Map<string, string | null>();
  const atRisk = new Map<string, string>();
  const faults: string[] = [];
  for (const record of changes) {
    const key = `${record.tenant}|${record.customerId}`;
    for (const change of record.changes) {
      if (change.type === 'score.health.changed') bands.set(key, change.band);
      if (change.type !== 'risk.at-risk.raised' && change.type !== 'risk.at-risk.cleared') continue;
      const isRaised = change.type === 'risk.at-risk.raised';
      const band = bands.get(key) ?? 'not-scorable';
      // What stood for a customer that was merged into another ends with it, whatever is known of its health (N23).
      const isTakenBack = !isRaised && change.code === 'withdrawn';
      const hasNoScore = band === 'not-scorable' || band === 'withdrawn';
      const told = `${change.dueDay} ${change.daysBefore}`;
      const isNews = isRaised ? atRisk.get(key) !== told : atRisk.has(key);
      if (hasNoScore && !isTakenBack && !atRisk.has(key))
        faults.push(`${key} #${record.sequence}: ${change.type} without a score`);
      if (!isNews) faults.push(`${key} #${record.sequence}: ${change.type} twice`);
      if (isRaised) atRisk.set(key, told);
      else atRisk.delete(key);
    }
  }
  return faults;
}

/** True for a change that carries a score, not a situation. */
export function isScoreChange(change: Change): change is ScoreChange {
  return change.type.startsWith('score.');
}
