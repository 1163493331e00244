import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHURN_DEFAULT } from './churn-model.ts';
import { scoreChurn } from './score-churn.ts';
import { type Composed, splitDelta } from './split-delta.ts';
import { AGREEMENT, anyInput, anyRetention, TODAY, USUAL, WITH } from './test-support.ts';

function composed(...scored: Parameters<typeof scoreChurn>): Composed | null {
  const { valueBasisPoints: value, parts } = scoreChurn(...scored);
  return value === null ? null : { value, parts };
}

function split(before: Composed | null, after: Composed | null): { readonly [part: string]: number } {
  if (before === null || after === null) throw new Error('nothing to compare');
  return Object.fromEntries([...splitDelta(before, after)].filter(([, contribution]) => contribution !== 0));
}

const usual = composed(USUAL, { today: TODAY });

describe('what moved a probability (N1)', () => {
  it('is what moved, and nothing else', () => {
    const worse = composed(WITH.health(USUAL, 40), { today: TODAY });
    const delta = (worse?.value ?? 0) - (usual?.value ?? 0);
    expect(delta).toBeGreaterThan(500);
    expect(split(usual, worse)).toEqual({ health: delta });
    expect(split(worse, usual)).toEqual({ health: -delta });
  });

  it('is shared by how much each moved in log-odds, with its sign', () => {
    // health 65 to 57.5: 1.4 × 0.2 = 0.28; satisfaction 70 to 85: 0.6 × -0.4 = -0.24
    const torn = composed(WITH.satisfaction(WITH.health(USUAL, 57.5), 85), { today: TODAY });
    const { health = 0, satisfaction = 0, ...others } = split(usual, torn);
    expect(others).toEqual({});
    expect(health / satisfaction).toBeCloseTo(-0.28 / 0.24, 1);
    expect(health + satisfaction).toBe((torn?.value ?? 0) - (usual?.value ?? 0));
  });

  it('is another model where only that is another', () => {
    const model = { ...CHURN_DEFAULT, baseLogOddsBasisPoints: 0 };
    const after = composed(USUAL, { today: TODAY, model });
    expect(split(usual, after)).toEqual({ base: (after?.value ?? 0) - (usual?.value ?? 0) });
  });

  it('is a bond that begins or ends, after what the signals moved', () => {
    const binding = { ...USUAL, contract: { ...AGREEMENT, boundUntilDay: TODAY + 400 } };
    const bound = composed(binding, { today: TODAY });
    const change = (usual?.value ?? 0) - (bound?.value ?? 0);
    expect(split(usual, bound)).toEqual({ 'bound-by-agreement': -change });
    expect(split(bound, usual)).toEqual({ 'bound-by-agreement': change });
    const worse = composed(WITH.health(binding, 20), { today: TODAY });
    expect(split(bound, worse)).toEqual({ health: (worse?.value ?? 0) - (bound?.value ?? 0) });
    const both = split(bound, composed(WITH.health(USUAL, 20), { today: TODAY }));
    expect(Object.keys(both)).toEqual(['health', 'bound-by-agreement']);
    expect(both.health).toBe((worse?.value ?? 0) - (bound?.value ?? 0));
  });

  it('is the termination alone where that decides', () => {
    const told = { ...USUAL, contract: { ...AGREEMENT, isTerminationTold: true } };
    const ending = composed(told, { today: TODAY });
    expect(split(usual, ending)).toEqual({ 'termination-told': 9_500 - (usual?.value ?? 0) });
    const worse = WITH['usage-trend'](WITH.health(told, 20), -50);
    expect(split(ending, composed(worse, { today: TODAY }))).toEqual({});
  });

  it('is in proportion under a bond too, and names what has taken its place', () => {
    const binding = { ...USUAL, contract: { ...AGREEMENT, boundUntilDay: TODAY + 400 } };
    const bound = composed(WITH.health(binding, 30), { today: TODAY });
    const torn = composed(WITH.satisfaction(WITH.health(binding, 20), 95), { today: TODAY });
    // health 30 to 20: 1.4 × 0.2 = 0.28; satisfaction 70 to 95: 0.6 × -0.667 = -0.4
    const { health = 0, satisfaction = 0 } = split(bound, torn);
    expect(health).toBeGreaterThan(0);
    expect(health).toBeLessThan(90);
    expect(health + satisfaction).toBe((torn?.value ?? 0) - (bound?.value ?? 0));
    const told = { ...USUAL, contract: { ...AGREEMENT, isTerminationTold: true } };
    expect(Object.keys(split(bound, composed(WITH.health(told, 30), { today: TODAY })))).toEqual([
      'termination-told',
    ]);
  });

  it('sums exactly, moves with its part, and leaves out what stayed', () => {
    fc.assert(
      fc.property(
        fc.tuple(anyInput, anyInput),
        fc.tuple(anyRetention, anyRetention),
        (inputs, retentions) => {
          const [before, after] = inputs.map((input, at) =>
            composed(input, { today: TODAY, contractual: retentions[at] ?? null }),
          );
          if (before == null || after == null) return;
          const contributions = splitDelta(before, after);
          const sum = [...contributions.values()].reduce((all, one) => all + one, 0);
          expect(sum).toBe(after.value - before.value);
          for (const [name, contribution] of contributions) {
            if (name === 'bound-by-agreement' || name === 'termination-told') continue;
            const at = ({ parts }: Composed) =>
              parts.find(({ signal }) => signal === name)?.logOddsBasisPoints ?? 0;
            const moved = at(after) - at(before);
            if (moved === 0) expect(contribution).toBe(0);
            expect(contribution * moved).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
