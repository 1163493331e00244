import { describe, expect, it } from 'vitest';
import { isLegalMove, JOURNEY_STAGES, journeyStageNamed, movesBetween } from './journey-graph.ts';

/** The graph as the framework draws it (S89). */
const ARROWS = `
  awareness -> consideration
  consideration -> onboarding
  onboarding -> adoption
  adoption -> retention
  retention -> advocacy
  advocacy -> consideration
  advocacy -> adoption`;
const PAIRS = JOURNEY_STAGES.flatMap((from) => JOURNEY_STAGES.map((to) => [from, to] as const));

describe('the journey graph (S89)', () => {
  it('has 36 pairs of stages, seven of them moves', () => {
    expect(PAIRS).toHaveLength(36);
    expect(PAIRS.filter(([from, to]) => isLegalMove(from, to))).toHaveLength(7);
  });

  it.each(PAIRS)('from %s to %s is a move if there is an arrow', (from, to) => {
    const isArrow = ARROWS.split('\n').some((line) => line.trim() === `${from} -> ${to}`);
    expect(isLegalMove(from, to)).toBe(isArrow);
  });

  it.each(PAIRS)('leads from %s to %s by arrows, or not at all', (from, to) => {
    const moves = movesBetween(from, to);
    if (moves === null) {
      const isBack = JOURNEY_STAGES.indexOf(to) < JOURNEY_STAGES.indexOf(from);
      expect(isBack && (from !== 'advocacy' || to === 'awareness')).toBe(true);
      return;
    }
    let at = from;
    for (const stage of moves) {
      expect(isLegalMove(at, stage)).toBe(true);
      at = stage;
    }
    expect(at).toBe(to);
    // Nobody becomes an advocate on the way to something else.
    expect(moves.slice(0, -1)).not.toContain('advocacy');
  });

  it('leads back from advocacy by its two arrows', () => {
    expect(movesBetween('advocacy', 'consideration')).toEqual(['consideration']);
    expect(movesBetween('advocacy', 'adoption')).toEqual(['adoption']);
    expect(movesBetween('advocacy', 'retention')).toEqual(['adoption', 'retention']);
    expect(movesBetween('advocacy', 'onboarding')).toEqual(['consideration', 'onboarding']);
    expect(movesBetween('advocacy', 'awareness')).toBeNull();
    expect(movesBetween('retention', 'adoption')).toBeNull();
    expect(movesBetween('adoption', 'adoption')).toEqual([]);
  });
});

it('a stage is known by its name in any letters', () => {
  expect(journeyStageNamed(' Advocacy ')).toBe('advocacy');
  expect(journeyStageNamed('active')).toBeUndefined();
});
