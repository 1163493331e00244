import { describe, expect, it } from 'vitest';
import { runGoldenCases } from '../health/golden-cases.ts';
import { pointsHundredthsOf } from './curve.ts';
import type { ModelPack } from './model-pack.ts';
import { CRM } from './shipped/crm.ts';
import { CS_FRAMEWORK } from './shipped/cs-framework.ts';
import { MATTERMOST_2025 } from './shipped/mattermost-2025.ts';
import { SHIPPED_PACKS } from './shipped-packs.ts';
import { SIGNALS } from './signal-catalogue.ts';

const weightsOf = ({ pillars, signals }: ModelPack) =>
  Object.fromEntries(
    pillars.map(({ pillar }) => [
      pillar,
      signals.filter((signal) => signal.pillar === pillar).reduce((sum, { weight }) => sum + weight, 0),
    ]),
  );
const signalOf = (pack: ModelPack, name: string) => {
  const found = pack.signals.find(({ signal }) => signal === name);
  if (found === undefined) throw new Error(`${pack.id} has no ${name}`);
  return found;
};

describe.each(SHIPPED_PACKS.map((pack) => [pack.id, pack] as const))('the model %s', (_id, pack) => {
  it('comes to what its golden cases say (N21)', () => {
    expect(pack.goldenCases.length).toBeGreaterThan(2);
    expect(runGoldenCases(pack)).toEqual([]);
  });

  it('has every signal once, from its own feed', () => {
    const names = pack.signals.map(({ signal }) => signal);
    expect(names).toEqual([...new Set(names)]);
    for (const { signal, feed } of pack.signals) expect(feed).toBe(SIGNALS[signal].feed);
  });

  it('has scales whose readings ascend and whose points lie in 0..100', () => {
    for (const { curve = [], steps = [], relativeTo } of pack.signals) {
      for (const scale of [curve, steps, relativeTo?.curve ?? []]) {
        const readings = scale.map(([reading]) => reading);
        expect(readings).toEqual([...new Set(readings)].sort((a, b) => a - b));
        for (const [, points] of scale) expect(points >= 0 && points <= 100).toBe(true);
      }
    }
  });

  it('scores a missing signal only where it says so in words', () => {
    for (const { whenMissing } of pack.signals) expect(whenMissing?.because ?? 'left out').not.toBe('');
  });
});

describe('the customer-success framework (S94)', () => {
  it('is the default, and weighs usage 0.4, support 0.3 and business value 0.3', () => {
    expect(SHIPPED_PACKS[0]).toBe(CS_FRAMEWORK);
    expect(weightsOf(CS_FRAMEWORK)).toEqual({ usage: 40, support: 30, business: 30 });
    expect(CS_FRAMEWORK.bands).toMatchObject({ healthyFromPoints: 80, needsAttentionFromPoints: 50 });
  });

  it('puts the early-warning signs on the border of at risk (D15)', () => {
    const border = CS_FRAMEWORK.bands.atRiskBelowPoints * 100;
    expect(pointsHundredthsOf(signalOf(CS_FRAMEWORK, 'usage-trend').curve ?? [], -20)).toBe(border);
    expect(pointsHundredthsOf(signalOf(CS_FRAMEWORK, 'escalations').curve ?? [], 2)).toBe(border);
    const relative = signalOf(CS_FRAMEWORK, 'login-frequency').relativeTo;
    expect(pointsHundredthsOf(relative?.curve ?? [], 80)).toBe(border);
  });

  it('leaves every missing signal out (S76, D20)', () => {
    for (const pack of [CS_FRAMEWORK, CRM]) {
      expect(pack.signals.filter(({ whenMissing }) => whenMissing !== undefined)).toEqual([]);
    }
  });
});

describe('the CRM model (S61, D13)', () => {
  it('weighs activity .40, contact data quality .20, business value .25 and account scale .15', () => {
    expect(weightsOf(CRM)).toEqual({
      activity: 40,
      'contact-quality': 20,
      'business-value': 25,
      'account-scale': 15,
    });
  });

  it('is lower for the traits reported of customers below 50 (S64-S66)', () => {
    const rises = (name: string) => {
      const curve = signalOf(CRM, name).curve ?? [];
      return (curve.at(-1)?.[1] ?? 0) > (curve[0]?.[1] ?? 0);
    };
    expect(rises('days-since-last-activity')).toBe(false);
    for (const name of ['total-activities', 'contacts-with-email', 'won-amount', 'annual-revenue'])
      expect(rises(name)).toBe(true);
  });
});

describe('the Mattermost model', () => {
  it('weighs its four parts alike', () => {
    expect(Object.values(weightsOf(MATTERMOST_2025))).toEqual([25, 25, 25, 25]);
  });

  it('says openly that it takes silence for an answer', () => {
    expect(MATTERMOST_2025.notes).toContain('takes silence for an answer');
    expect(signalOf(MATTERMOST_2025, 'ticket-count').whenMissing?.points).toBe(50);
    expect(signalOf(MATTERMOST_2025, 'days-since-last-task').whenMissing?.points).toBe(25);
  });
});
