import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PublishedHealth } from '../../health/published-health.ts';
import { ENGAGEMENT_MODELS, type EngagementModel } from '../../tier/engagement-model.ts';
import type { PublishedTier } from '../../tier/published-tier.ts';
import { type CustomerState, initialCustomer, NOTHING_PUBLISHED } from '../customer-state.ts';
import { contextOn, given } from '../test-support.ts';
import { belowTargetPart } from './below-target-part.ts';
import type { Scene } from './part.ts';

interface Standing {
  readonly health: number | null;
  readonly held?: number;
  readonly model: EngagementModel | null;
}

const CUSTOMER = initialCustomer(given('activity.login', 20_000, { data: {} }));

function stateOf({ health, held, model }: Standing): CustomerState {
  const published = {
    ...NOTHING_PUBLISHED,
    health: {
      valueHundredths: health,
      ...(held === undefined ? {} : { heldHundredths: held }),
    } as PublishedHealth,
    tier: { labels: { engagementModel: model, segment: 'enterprise' } } as PublishedTier,
  };
  return { ...CUSTOMER, published };
}

/** Decides one standing after another, as they are published; tells what was said each time. */
function told(...standings: readonly Standing[]): readonly string[] {
  let published: string | null = null;
  let before: CustomerState | undefined;
  return standings.map((standing) => {
    const after = stateOf(standing);
    const scene = {
      before,
      after,
      context: contextOn(20_000),
      published: after.published,
      isOwnMove: true,
      nextDay: () => null,
      standings: () => [],
    } satisfies Scene;
    const outcome = belowTargetPart.decide(published, scene);
    published = outcome.published;
    before = after;
    return outcome.changes.map(({ type }) => type.replace('risk.below-target.', '')).join();
  });
}

describe('the target of executive accounts (S50)', () => {
  it('is told when an account falls below it, once, and when it is clearly met again', () => {
    expect(
      told(
        { health: 7_000, model: 'executive' },
        { health: 6_999, model: 'executive' },
        { health: 5_100, model: 'executive' },
        { health: 7_499, model: 'executive' },
        { health: 7_500, model: 'executive' },
      ),
    ).toEqual(['', 'raised', '', '', 'cleared']);
  });

  it('is told of an account that stops to be executive as it falls', () => {
    expect(
      told(
        { health: 7_100, model: 'executive' },
        { health: 6_900, model: 'standard' },
        { health: 6_800, model: 'standard' },
        { health: 4_000, model: 'retention-and-recovery' },
      ),
    ).toEqual(['', 'raised', '', 'cleared']);
  });

  it('says nothing when data goes missing (N2)', () => {
    expect(
      told(
        { health: 7_200, model: 'executive' },
        { health: 6_000, held: 7_200, model: 'executive' },
        { health: null, model: null },
      ),
    ).toEqual(['', '', '']);
  });

  it('says nothing more when it is decided again, whatever stands', () => {
    const anyStanding = fc.record({
      health: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: null, freq: 5 }),
      model: fc.constantFrom(null, ...(Object.keys(ENGAGEMENT_MODELS) as EngagementModel[])),
    });
    fc.assert(
      fc.property(fc.array(anyStanding, { minLength: 1, maxLength: 8 }), (standings) => {
        const twice = standings.flatMap((standing) => [standing, standing]);
        expect(told(...twice).filter((_, index) => index % 2 === 1)).toEqual(standings.map(() => ''));
      }),
    );
  });
});
