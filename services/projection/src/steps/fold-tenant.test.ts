import { describe, expect, it } from 'vitest';
import { censusOf } from '../test-support/judged-models.ts';
import { dayOf, settingsOf, TENANT, TODAY } from '../test-support/records.ts';
import { foldTenant, unknownTenant } from './fold-tenant.ts';

describe('what a partition knows of a tenant', () => {
  const start = unknownTenant(TENANT, 0);

  it('is the newest day and settings; older and equal records change nothing', () => {
    const state = foldTenant(foldTenant(start, settingsOf({ version: 2, currency: 'EUR' })), dayOf(TODAY));
    expect(foldTenant(state, dayOf(TODAY))).toBe(state);
    expect(foldTenant(state, dayOf(TODAY - 1))).toBe(state);
    expect(foldTenant(state, settingsOf({ version: 2, currency: 'USD' }))).toBe(state);
    expect([state.day, state.settings?.currency]).toEqual([TODAY, 'EUR']);
  });

  it('keeps what the newest census says of the models, and nothing else of it (N11, D24)', () => {
    const state = foldTenant(start, censusOf());
    expect(Object.keys(state.judged ?? {})).toEqual(['churn', 'revenue']);
    expect(state.judged?.churn?.model).toMatchObject({ id: 'churn-fitted' });
    expect(foldTenant(state, censusOf({ day: TODAY - 1 }))).toBe(state);
    expect(foldTenant(state, censusOf({ day: TODAY + 1, few: true })).judged?.churn?.fit.kind).toBe(
      'refused',
    );
    expect(JSON.stringify(state).length).toBeLessThan(6_000);
  });

  it('comes to a new day only with the last part of its slots', () => {
    const half = foldTenant(start, dayOf(TODAY, { slotTo: 511 }));
    expect(half.day).toBeNull();
    expect(foldTenant(half, dayOf(TODAY, { slotFrom: 512 })).day).toBe(TODAY);
  });
});
