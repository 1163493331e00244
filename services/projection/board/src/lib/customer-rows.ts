import type { CustomerChange, ScoreChange } from '@bellwether/events';
import type { CustomerRow } from '../../../src/api/schemas.ts';

/** The loaded part of the customers list. Rows keep their places until the reader asks for a new order. */
export interface RowsState {
  readonly rows: readonly CustomerRow[];
  readonly next: string | null;
  /** Customers whose place in the list may have changed since it was loaded, and new ones. */
  readonly newer: ReadonlySet<string>;
}

export const NO_ROWS: RowsState = { rows: [], next: null, newer: new Set() };

/** Adds the next page; a row that moved between two pages is not shown twice. */
export function appendPage(
  state: RowsState,
  page: { readonly items: readonly CustomerRow[]; readonly next: string | null },
): RowsState {
  const known = new Set(state.rows.map((row) => row.customerId));
  return {
    ...state,
    rows: [...state.rows, ...page.items.filter((row) => !known.has(row.customerId))],
    next: page.next,
  };
}

/** Newer values for rows that are loaded; none moves, none is added. */
export function refreshRows(state: RowsState, fresh: readonly CustomerRow[]): RowsState {
  const byId = new Map(fresh.map((row) => [row.customerId, row]));
  return { ...state, rows: state.rows.map((row) => byId.get(row.customerId) ?? row) };
}

function scoreOf(change: CustomerChange, score: ScoreChange['score']): ScoreChange | undefined {
  return change.changes.find((part): part is ScoreChange => 'score' in part && part.score === score);
}

function trendOf(change: ScoreChange, row: CustomerRow): CustomerRow['healthTrend'] {
  if (change.delta === null) return row.healthTrend;
  if (Math.abs(change.delta) < 100) return row.healthTrend;
  return change.delta > 0 ? 'up' : 'down';
}

function changedRow(row: CustomerRow, change: CustomerChange): CustomerRow {
  const ltv = scoreOf(change, 'ltv');
  const health = scoreOf(change, 'health');
  const complexity = scoreOf(change, 'complexity');
  const atRisk = change.changes.findLast((part) => part.type.startsWith('risk.at-risk.'));
  const score = health ? (health.value === null ? null : health.value / 100) : row.healthScore;
  return {
    ...row,
    ...(ltv && {
      valueMinor: ltv.value ?? row.valueMinor,
      activeMinor: ltv.parts.activeMinor ?? row.activeMinor,
      paidMinor: ltv.parts.paidMinor ?? row.paidMinor,
    }),
    ...(health && {
      healthScore: score,
      healthBand: health.band ?? row.healthBand,
      healthUncertain: health.uncertain ?? row.healthUncertain,
      healthTrend: trendOf(health, row),
      healthSpark: [...row.healthSpark.slice(0, -1), score],
    }),
    ...(complexity && {
      complexity: complexity.value === null ? null : complexity.value / 100,
      complexityBand: complexity.band,
    }),
    atRisk: atRisk ? atRisk.type === 'risk.at-risk.raised' : row.atRisk,
    lastEventAt: new Date(change.knownAt).toISOString(),
  };
}

function movesWithin(sort: string, change: CustomerChange): boolean {
  const bySort: Record<string, string> = {
    value: 'score.ltv.changed',
    health: 'score.health.changed',
    complexity: 'score.complexity.changed',
    notice: 'score.ltv.changed',
  };
  const type = bySort[sort];
  return type !== undefined && change.changes.some((part) => part.type === type);
}

/**
 * A live change: the customer's cells take their new values, the row stays where it is. `newer` remembers it when the
 * sorted column changed. A customer that is not loaded counts only when it is new (its first change).
 */
export function applyChange(state: RowsState, change: CustomerChange, sort: string): RowsState {
  const index = state.rows.findIndex((row) => row.customerId === change.customerId);
  const row = state.rows[index];
  if (!row) {
    const isNew = change.sequence === 1 && !change.customerId.startsWith('@');
    return isNew ? { ...state, newer: new Set([...state.newer, change.customerId]) } : state;
  }
  const newer = movesWithin(sort, change) ? new Set([...state.newer, row.customerId]) : state.newer;
  return { ...state, rows: state.rows.with(index, changedRow(row, change)), newer };
}
