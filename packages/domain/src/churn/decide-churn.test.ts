import type { Reason } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChurnInput } from './churn-input.ts';
import { CHURN_DEFAULT } from './churn-model.ts';
import { churnValueOf } from './churn-value.ts';
import { type ChurnDecision, decideChurn } from './decide-churn.ts';
import type { PublishedChurn } from './published-churn.ts';
import { type ChurnContext, scoreChurn } from './score-churn.ts';
import { AGREEMENT, anyInput, BUYER, TODAY, USUAL, WITH } from './test-support.ts';

const CONTEXT: ChurnContext = { today: TODAY };
const decide = (published: PublishedChurn | null, input: ChurnInput, context = CONTEXT): ChurnDecision =>
  decideChurn(published, input, context);
const sumOf = (reasons: readonly Reason[] | undefined) =>
  (reasons ?? []).reduce((sum, { contribution }) => sum + contribution, 0);
const reasonOf = ({ change }: ChurnDecision, name: string) =>
  change?.reasons.find(({ signal }) => signal === name);

describe('what is published of churn (N1)', () => {
  const first = decide(null, USUAL);

  it('is the first value, whole, with the base and every signal', () => {
    expect(first.change).toMatchObject({
      type: 'score.churn.changed',
      score: 'churn',
      unit: 'basis-points',
      previous: null,
      delta: null,
      band: 'low',
      previousBand: null,
      labels: { riskBand: 'low' },
      coverage: 10_000,
      uncertain: false,
      missing: [],
      model: { id: 'churn-default', version: '1.0.0' },
    });
    expect(first.change?.reasons).toHaveLength(12);
    expect(first.change?.reasons[0]).toMatchObject({ signal: 'base', contribution: 2_000, before: null });
    expect(sumOf(first.change?.reasons)).toBe(first.change?.value);
  });

  it('is nothing while the probability stays within a point of percent', () => {
    const again = decide(first.published, USUAL);
    expect(again).toEqual({ change: null, published: first.published });
    expect(again.published).toBe(first.published);
    const was = (moved: number): PublishedChurn => ({
      ...first.published,
      valueBasisPoints: Number(first.published.valueBasisPoints) + moved,
    });
    const isPublished = [99, -99, 100, -100].map((moved) => decide(was(moved), USUAL).change !== null);
    expect(isPublished).toEqual([false, false, true, true]);
  });

  it('is a change when the certainty, what is missing, or the model differs', () => {
    const isPublished = (published: PublishedChurn, input = USUAL, context = CONTEXT) =>
      decide(published, input, context).change !== null;
    expect(isPublished({ ...first.published, uncertain: true })).toBe(true);
    expect(isPublished(first.published, { ...USUAL, satisfaction: { missing: 'no-data' } })).toBe(true);
    const model = { ...CHURN_DEFAULT, version: '1.0.1' };
    expect(isPublished(first.published, USUAL, { today: TODAY, model })).toBe(true);
  });

  it('is told against what was last published', () => {
    const later = decide(first.published, { ...WITH.health(USUAL, 40), usageTrendPercent: -30 });
    expect(later.change?.previous).toBe(first.change?.value);
    expect(later.change?.delta).toBe(Number(later.change?.value) - Number(first.change?.value));
    expect(reasonOf(later, 'health')).toMatchObject({
      before: 65,
      after: 40,
      text: 'health of 40.0 out of 100, was 65.0',
    });
    expect(reasonOf(later, 'usage-trend')?.text).toBe('use down 30 % on the 30 days before, was unchanged');
    expect(later.change?.reasons).toHaveLength(2);
    expect(sumOf(later.change?.reasons)).toBe(later.change?.delta);
  });

  it('tells of a part that does not count any more, and of one that was not known before', () => {
    const bought = decide(null, WITH['purchase-rhythm'](BUYER, 300));
    const signed = decide(bought.published, USUAL);
    expect(reasonOf(signed, 'purchase-rhythm')).toMatchObject({
      before: 300,
      after: null,
      text: 'purchase rhythm does not count any more',
    });
    expect(reasonOf(signed, 'active-agreements')?.text).toBe('1 active agreement');
    expect(sumOf(signed.change?.reasons)).toBe(signed.change?.delta);
  });

  it('tells of a reading that came without moving anything', () => {
    const unknown = decide(null, { ...USUAL, lastActivityDay: { missing: 'no-data' } });
    const known = decide(unknown.published, USUAL);
    expect(known.change?.reasons).toEqual([
      { signal: 'last-activity', contribution: 0, before: null, after: 8, text: 'last active 8 days ago' },
    ]);
  });

  it('names what is missing where nothing can be scored, and keeps the tier that stood (N2)', () => {
    const blind: ChurnInput = {
      ...USUAL,
      health: { missing: 'no-data' },
      usageTrendPercent: { missing: 'feed-stale' },
      lastActivityDay: { missing: 'feed-stale' },
      troubledTickets: { missing: 'feed-absent' },
      satisfaction: { missing: 'no-data' },
    };
    const { change, published } = decide(first.published, blind);
    expect(change).toMatchObject({
      value: null,
      delta: null,
      band: 'not-scorable',
      labels: { riskBand: 'low' },
    });
    expect(change?.reasons.map(({ signal }) => signal)).toEqual([
      'health',
      'usage-trend',
      'last-activity',
      'service-trouble',
      'satisfaction',
    ]);
    expect(change?.reasons[0]?.text).toBe('health not known: too little data of this customer, was 65.0');
    expect(sumOf(change?.reasons)).toBe(0);
    expect(decide(published, blind).change).toBeNull();
    expect(decide(null, blind).change).toMatchObject({ band: 'not-scorable', labels: { riskBand: null } });
  });

  it('says once that a customer has ended', () => {
    const over: ChurnInput = { ...USUAL, contract: { ...AGREEMENT, activeCount: 0 } };
    const { change, published } = decide(first.published, over);
    expect(change).toMatchObject({
      value: null,
      band: 'ended',
      previousBand: 'low',
      labels: { riskBand: null },
    });
    expect(change?.reasons).toEqual([
      { signal: 'ended', contribution: 0, before: null, after: null, text: 'all agreements have ended' },
    ]);
    expect(decide(published, over).change).toBeNull();
  });

  it('tells all that is missing once, and while there is no value only what came or went', () => {
    const gone = { missing: 'no-data' } as const;
    const little: ChurnInput = {
      ...USUAL,
      health: gone,
      usageTrendPercent: gone,
      lastActivityDay: gone,
      troubledTickets: gone,
      sponsorsLeft: gone,
      satisfaction: gone,
      contractionPercent: gone,
    };
    const nothing = decide(null, little);
    expect(nothing.published.valueBasisPoints).toBeNull();
    const named = (decided: ChurnDecision) => decided.change?.reasons.map(({ signal }) => signal);
    expect(named(nothing)?.toSorted()).toEqual(
      nothing.published.missing.map(({ signal }) => signal).toSorted(),
    );
    const more = decide(nothing.published, { ...little, satisfaction: USUAL.satisfaction });
    expect(more.published.valueBasisPoints).toBeNull();
    expect(named(more)).toEqual(['satisfaction']);
  });

  it('can be drawn from the change alone, and is the present picture', () => {
    const partial = decide(null, { ...USUAL, satisfaction: { missing: 'no-data' } });
    const { parts = {}, value } = partial.change ?? {};
    expect(parts).not.toHaveProperty('satisfaction');
    expect(parts['health.raw']).toBe(65);
    const sum = Object.entries(parts).reduce(
      (all, [name, part]) => all + (name.endsWith('.raw') ? 0 : (part ?? 0)),
      0,
    );
    expect(sum).toBe(value);
    expect(partial.change).toMatchObject(churnValueOf(partial.published));
  });

  it('keeps what each part contributed, though only its log-odds are kept', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { parts } = churnValueOf(decide(null, input).published);
        for (const { signal, raw, contributionBasisPoints } of scoreChurn(input, CONTEXT).parts) {
          expect(parts[signal]).toBe(raw === null ? undefined : contributionBasisPoints);
          expect(parts[`${signal}.raw`]).toBe(raw ?? undefined);
        }
      }),
    );
  });

  it('has reasons that sum exactly, whatever happens between two publications', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { minLength: 1, maxLength: 5 }), (inputs) => {
        let published: PublishedChurn | null = null;
        for (const input of inputs) {
          const decided: ChurnDecision = decide(published, input);
          if (decided.change !== null) {
            const { value, delta, previous, reasons } = decided.change;
            expect(previous).toBe(published?.valueBasisPoints ?? null);
            expect(sumOf(reasons)).toBe(delta ?? value ?? 0);
          }
          published = decided.published;
        }
      }),
      { numRuns: 500 },
    );
  });
});
