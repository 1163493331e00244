import type { CustomerChange } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { portfolioOf, TENANTS } from '../../test-support/portfolio.ts';
import { appendPage, applyChange, NO_ROWS } from './customer-rows.ts';

const tenant = TENANTS.find((known) => known.tenant === 'simulated');
const rows = tenant ? portfolioOf(tenant).slice(0, 4) : [];
const state = appendPage(NO_ROWS, { items: rows, next: null });

function healthChange(customerId: string, value: number, sequence = 7): CustomerChange {
  return {
    kind: 'change',
    tenant: 'simulated',
    customerId,
    sequence,
    asOf: 0,
    knownAt: 0,
    historical: false,
    cause: 'new-data',
    causedBy: [],
    engineVersion: '1',
    changes: [
      {
        type: 'score.health.changed',
        score: 'health',
        sequence: 1,
        unit: 'hundredths',
        value,
        previous: 9_000,
        delta: value - 9_000,
        band: 'at-risk',
        previousBand: 'healthy',
        parts: {},
        reasons: [],
      },
    ],
  };
}

describe('a live change in the customers list', () => {
  const target = rows[2]?.customerId ?? '';

  it('changes the cells and never moves a row', () => {
    const next = applyChange(state, healthChange(target, 1_050), 'health');
    expect(next.rows.map((row) => row.customerId)).toEqual(rows.map((row) => row.customerId));
    expect(next.rows[2]).toMatchObject({ healthScore: 10.5, healthBand: 'at-risk', healthTrend: 'down' });
    expect(next.rows[2]?.healthSpark.at(-1)).toBe(10.5);
  });

  it('offers a new order only where the sorted column changed', () => {
    expect(applyChange(state, healthChange(target, 1_050), 'health').newer.size).toBe(1);
    expect(applyChange(state, healthChange(target, 1_050), 'name').newer.size).toBe(0);
  });

  it('counts a new customer, and neither an unloaded old one nor the portfolio', () => {
    expect(applyChange(state, healthChange('new', 5_000, 1), 'value').newer.size).toBe(1);
    expect(applyChange(state, healthChange('old', 5_000, 9), 'value').newer.size).toBe(0);
    expect(applyChange(state, healthChange('@portfolio', 5_000, 1), 'value').newer.size).toBe(0);
  });
});

describe('pages of the list', () => {
  it('do not show a row twice that moved between two pages', () => {
    const again = appendPage(state, { items: rows.slice(3), next: null });
    expect(again.rows.length).toBe(rows.length);
  });
});
