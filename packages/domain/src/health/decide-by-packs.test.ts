import type { Reason } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelPack } from '../models/model-pack.ts';
import { CRM } from '../models/shipped/crm.ts';
import { CS_FRAMEWORK } from '../models/shipped/cs-framework.ts';
import { MATTERMOST_2025 } from '../models/shipped/mattermost-2025.ts';
import { SHIPPED_PACKS } from '../models/shipped-packs.ts';
import { initialSignals } from '../signals/state.ts';
import { anyFeeds, TODAY } from '../signals/test-support.ts';
import { decideHealth, type HealthDecision, type PublishedHealth } from './decide-health.ts';
import { healthOf } from './health-of.ts';
import { healthValueOf } from './health-value.ts';
import type { Reading } from './reading.ts';
import { scoreReadings } from './score-readings.ts';
import { anyFacts, onlySignals } from './test-support.ts';

const WORTH = { currency: 'USD', valueMinor: 0 };
const sumOf = (reasons: readonly Reason[]) =>
  reasons.reduce((sum, { contribution }) => sum + contribution, 0);

interface Given {
  readonly readings: { readonly [signal: string]: number | { readonly raw: number; readonly norm: number } };
  readonly status?: string;
  readonly reference?: boolean;
}

/** Decides for somebody with these readings; the others are missing. */
function decide(published: PublishedHealth | null, model: ModelPack, told: Given): HealthDecision {
  const readings = model.signals.map(({ signal }): Reading => {
    const given = told.readings[signal];
    if (given === undefined) return { missing: 'no-data' };
    return typeof given === 'number' ? { raw: given, evidenceDay: null } : { ...given, evidenceDay: null };
  });
  const facts = { status: told.status ?? null, reference: told.reference ?? null };
  const score = scoreReadings(model, readings, { facts, today: TODAY, currency: 'USD' });
  return decideHealth(published, score, { ...WORTH, model });
}

const textsOf = ({ change }: HealthDecision) =>
  Object.fromEntries(change?.reasons.map(({ signal, text }) => [signal, text]) ?? []);

describe('health under another model (N6)', () => {
  const active = { 'total-activities': 20, 'days-since-last-activity': 7, 'won-amount': 10_000_000 };
  const used = { 'login-frequency': 10, 'feature-adoption': 3, 'usage-trend': 0, 'ticket-load': 0 };
  const known = { ...used, ...active, csat: 80, 'active-agreements': 1, escalations: 0 };

  it('has reasons that sum to the difference, those that it no longer weighs included', () => {
    const before = decide(null, CS_FRAMEWORK, { readings: known });
    const after = decide(before.published, CRM, { readings: known });
    expect(after.change?.model).toMatchObject({ id: 'crm' });
    expect(sumOf(after.change?.reasons ?? [])).toBe(after.change?.delta);
    expect(textsOf(after)).toMatchObject({
      'login-frequency': 'login frequency not weighed by crm 1.0.0, was 10',
      csat: 'CSAT not weighed by crm 1.0.0, was 80',
      'won-amount': 'opportunities won for 100,000.00 USD (not known before)',
    });
  });

  it('says of the same reading that another version weighs it', () => {
    const [first, ...others] = CS_FRAMEWORK.signals;
    if (first === undefined) throw new Error('no signal');
    const heavier = { ...CS_FRAMEWORK, version: '2.1.0', signals: [{ ...first, weight: 30 }, ...others] };
    const before = decide(null, CS_FRAMEWORK, { readings: known });
    const after = decide(before.published, heavier, { readings: known });
    expect(textsOf(after)['login-frequency']).toBe(
      'used on 10 of the last 30 days, as before; weighed by cs-framework 2.1.0 now',
    );
    expect(sumOf(after.change?.reasons ?? [])).toBe(after.change?.delta);
  });

  it('is not decided by another model than the one that made it', () => {
    const score = healthOf(onlySignals(initialSignals()), {
      today: TODAY,
      feeds: {},
      model: CRM,
      currency: 'USD',
    });
    expect(() => decideHealth(null, score, WORTH)).toThrow(
      'a score of crm is not decided by cs-framework 2.0.0',
    );
  });

  it('has reasons and parts that sum exactly, whatever the models, facts and feeds', () => {
    const on = fc.integer({ min: TODAY - 250, max: TODAY });
    const situation = fc.record({
      facts: anyFacts(on),
      feeds: anyFeeds,
      model: fc.constantFrom(...SHIPPED_PACKS),
    });
    fc.assert(
      fc.property(fc.array(situation, { minLength: 2, maxLength: 4 }), (course) => {
        let published: PublishedHealth | null = null;
        for (const { facts, feeds, model } of course) {
          const score = healthOf(facts, { today: TODAY, feeds, model, currency: 'USD' });
          const decision = decideHealth(published, score, { ...WORTH, model });
          ({ published } = decision);
          const { change } = decision;
          if (change === null) continue;
          expect(sumOf(change.reasons)).toBe(change.value === null ? 0 : (change.delta ?? change.value));
          const parts = Object.entries(change.parts).filter(([name]) => !name.includes('.'));
          expect(parts.reduce((sum, [, part]) => sum + (part ?? 0), 0)).toBe(change.value ?? 0);
          expect(healthValueOf(published)).toMatchObject({ value: change.value, parts: change.parts });
          expect(decideHealth(published, score, { ...WORTH, model }).change).toBeNull();
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a reading that is compared with what is usual (N17)', () => {
  const others = {
    'feature-adoption': 3,
    'usage-trend': 0,
    'ticket-load': 0,
    csat: 80,
    'active-agreements': 1,
  };
  const withLogin = (login: Given['readings'][string]) => ({
    readings: { ...others, 'executive-sponsor': 1, 'login-frequency': login },
  });

  it('is told with it, and so is a change of the usual alone', () => {
    const before = decide(null, CS_FRAMEWORK, withLogin({ raw: 4, norm: 8 }));
    expect(before.change?.parts).toMatchObject({ 'login-frequency.raw': 4, 'login-frequency.norm': 8 });
    const after = decide(before.published, CS_FRAMEWORK, withLogin({ raw: 4, norm: 4 }));
    expect(textsOf(after)).toMatchObject({
      'login-frequency': 'used on 4 of the last 30 days, usually 4, was 4 against 8',
    });
    const more = decide(after.published, CS_FRAMEWORK, withLogin({ raw: 6, norm: 4 }));
    expect(textsOf(more)).toMatchObject({
      'login-frequency': 'used on 6 of the last 30 days, usually 4, was 4',
    });
  });

  it('is told when it is not compared any more', () => {
    const before = decide(null, CS_FRAMEWORK, withLogin({ raw: 4, norm: 4 }));
    const after = decide(before.published, CS_FRAMEWORK, withLogin(4));
    expect(textsOf(after)).toMatchObject({
      'login-frequency': 'used on 4 of the last 30 days, was 4 against 4',
    });
  });
});

describe('facts that decide besides the signals', () => {
  const readings = {
    'agreement-tenure': 800,
    'agreement-end': 200,
    'ticket-count': 1,
    'days-since-last-task': 5,
  };

  it('are reasons as they come and go', () => {
    const plain = decide(null, MATTERMOST_2025, { readings });
    expect(plain.published).not.toHaveProperty('adjustments');
    const risky = decide(plain.published, MATTERMOST_2025, { readings, status: 'At Risk' });
    expect(risky.change).toMatchObject({
      value: 2000,
      delta: -7750,
      band: 'at-risk',
      parts: { 'risk-status-at-risk': -7750 },
      reasons: [
        {
          signal: 'risk-status-at-risk',
          contribution: -7750,
          before: null,
          after: null,
          text: 'status "At Risk": the score is fixed at 20',
        },
      ],
    });
    expect(risky.situations).toMatchObject([{ type: 'risk.at-risk.raised' }]);
    const well = decide(risky.published, MATTERMOST_2025, { readings, reference: true });
    expect(well.change?.reasons).toMatchObject([
      { signal: 'reference', contribution: 250 },
      { signal: 'risk-status-at-risk', contribution: 7750, text: 'risk status at risk counts no more' },
    ]);
    expect(well.situations).toMatchObject([{ type: 'risk.at-risk.cleared' }]);
  });
});

describe('a model that takes silence for an answer', () => {
  const worn = { 'agreement-tenure': 100, 'agreement-end': 70 };
  const good = { ...worn, 'ticket-count': 1, 'days-since-last-task': 5 };

  it('raises and clears nothing by silence all the same (N2)', () => {
    const before = decide(null, MATTERMOST_2025, { readings: good });
    expect(before.change).toMatchObject({ value: 7875 });
    const silent = decide(before.published, MATTERMOST_2025, { readings: worn });
    expect(silent.change).toMatchObject({ value: 4750, band: 'at-risk' });
    expect(silent.situations).toEqual([]);
    expect(silent.published.lost).toEqual([
      { signal: 'ticket-count', points: 100 },
      { signal: 'days-since-last-task', points: 100 },
    ]);
  });

  it('says what it takes, and publishes it as a part without a reading', () => {
    const { change } = decide(null, MATTERMOST_2025, { readings: worn });
    expect(change?.parts).toMatchObject({ 'ticket-count': 1250, 'ticket-count.raw': null });
    expect(change?.missing).toHaveLength(2);
    expect(sumOf(change?.reasons ?? [])).toBe(change?.value);
    expect(change?.reasons.find(({ signal }) => signal === 'ticket-count')?.text).toContain(
      'takes 50 points',
    );
  });
});
