import { MAX_AMOUNT_MINOR } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgreementFacts, day, givenAgreement } from '../customer/test-support.ts';
import {
  type AgreementEvent,
  type AgreementList,
  MAX_AGREEMENTS,
  MAX_AMENDMENTS,
} from './agreement-state.ts';
import { agreementStatus, nextStandingDay } from './agreement-status.ts';
import { evolveAgreements } from './evolve-agreements.ts';

function folded(events: readonly AgreementEvent[]): AgreementList {
  let list: AgreementList = [];
  for (const event of events) {
    const evolved = evolveAgreements(list, event);
    if (evolved.kind === 'quarantined') throw new Error(evolved.reason);
    if (evolved.kind === 'ok') list = evolved.result;
  }
  return list;
}

function termsAfter(...events: readonly AgreementEvent[]) {
  const [agreement] = folded(events);
  if (agreement === undefined) throw new Error('no agreement');
  return agreement.terms;
}

const created = (facts: AgreementFacts, on = '2024-01-01') => givenAgreement('created', on, facts);
const amended = (facts: AgreementFacts, on = '2024-02-01') => givenAgreement('amended', on, facts);
const terminated = (facts: AgreementFacts, on: string) => givenAgreement('terminated', on, facts);
const renewed = (facts: AgreementFacts, on: string) => givenAgreement('renewed', on, facts);

describe('the value of an agreement (D23)', () => {
  it('is the last stated total plus the signed deltas ordered after it', () => {
    const terms = termsAfter(
      created({ valueMinor: 100_00 }),
      amended({ deltaMinor: 20_00 }, '2024-02-01'),
      amended({ valueMinor: 90_00 }, '2024-03-01'),
      amended({ deltaMinor: -5_00 }, '2024-04-01'),
    );
    expect(terms).toMatchObject({ valueMinor: 85_00, incomplete: false });
  });

  it('orders by the day of effect, not by arrival: a delta before the stated total is part of it', () => {
    const late = amended({ deltaMinor: 20_00, effectiveDate: '2023-12-01' }, '2024-05-01');
    expect(termsAfter(created({ valueMinor: 100_00 }), late).valueMinor).toBe(100_00);
  });

  it('orders events of one day by the sequence of the source, then by the time they happened', () => {
    const total = created({ valueMinor: 100_00 }, '2024-01-01');
    const delta = {
      ...amended({ deltaMinor: 7_00 }, '2024-01-01'),
      time: total.time + 1,
      id: 'a-first-by-id',
    };
    expect(termsAfter(delta, total).valueMinor).toBe(107_00);
    const first = { ...delta, sequence: 1 };
    expect(termsAfter(first, { ...total, sequence: 2 }).valueMinor).toBe(100_00);
  });

  it('is incomplete while no total was stated, and unknown while no amount was told at all', () => {
    expect(termsAfter(amended({ deltaMinor: 20_00 }))).toMatchObject({ valueMinor: 20_00, incomplete: true });
    expect(termsAfter(created({ agreementType: 'MSA' }))).toMatchObject({
      valueMinor: null,
      incomplete: true,
    });
  });

  it('keeps the delta of a termination and does not pro-rate beside it', () => {
    const base = created({ valueMinor: 100_00, startDate: '2024-01-01', endDate: '2024-12-31' });
    expect(termsAfter(base, terminated({ deltaMinor: -60_00 }, '2024-07-01')).valueMinor).toBe(40_00);
    expect(termsAfter(base, terminated({ deltaMinor: 0 }, '2024-07-01')).valueMinor).toBe(100_00);
    const closedOut = amended({ deltaMinor: -10_00 }, '2024-09-01');
    expect(termsAfter(base, terminated({}, '2024-07-01'), closedOut).valueMinor).toBe(90_00);
  });

  it('pro-rates a termination without an amount by the days that were served', () => {
    const base = created({ valueMinor: 366_00, startDate: '2024-01-01', endDate: '2024-12-31' });
    expect(termsAfter(base, terminated({}, '2024-07-01')).valueMinor).toBe(182_00);
    expect(termsAfter(base, terminated({}, '2025-07-01')).valueMinor).toBe(366_00);
  });

  it('does not pro-rate what has no stated total, no end, or was renewed afterwards', () => {
    const dates = { startDate: '2024-01-01', endDate: '2024-12-31' };
    const end = terminated({}, '2024-07-01');
    expect(termsAfter(created({ deltaMinor: 100_00, ...dates }), end).valueMinor).toBe(100_00);
    expect(termsAfter(created({ valueMinor: 100_00, startDate: '2024-01-01' }), end).valueMinor).toBe(100_00);
    const again = renewed({ endDate: '2025-12-31' }, '2024-08-01');
    expect(termsAfter(created({ valueMinor: 100_00, ...dates }), end, again).valueMinor).toBe(100_00);
  });
});

describe('the status of an agreement', () => {
  const year = created({ valueMinor: 1, startDate: '2024-01-01', endDate: '2024-12-31' });

  it('is upcoming before its start, active through its last day, and ended after it', () => {
    const terms = termsAfter(year);
    expect(agreementStatus(terms, day('2023-12-31'))).toBe('upcoming');
    expect(agreementStatus(terms, day('2024-12-31'))).toBe('active');
    expect(agreementStatus(terms, day('2025-01-01'))).toBe('ended');
    expect(nextStandingDay(terms, day('2024-06-01'))).toBe(day('2025-01-01'));
    expect(nextStandingDay(terms, day('2025-01-01'))).toBeNull();
  });

  it('never ends while perpetual', () => {
    const terms = termsAfter(year, amended({ perpetual: true }));
    expect(agreementStatus(terms, day('2030-01-01'))).toBe('active');
    expect(nextStandingDay(terms, day('2024-06-01'))).toBeNull();
  });

  it('is terminated from the day of effect on, and active again when renewed', () => {
    const end = terminated({ effectiveDate: '2024-06-01' }, '2024-05-01');
    const terms = termsAfter(year, end);
    expect(agreementStatus(terms, day('2024-05-31'))).toBe('active');
    expect(agreementStatus(terms, day('2024-06-01'))).toBe('terminated');
    expect(nextStandingDay(terms, day('2024-05-15'))).toBe(day('2024-06-01'));
    const again = termsAfter(year, end, renewed({ endDate: '2025-12-31' }, '2024-07-01'));
    expect(agreementStatus(again, day('2024-06-15'))).toBe('terminated');
    expect(agreementStatus(again, day('2024-07-01'))).toBe('active');
    expect(agreementStatus(again, day('2026-01-01'))).toBe('ended');
  });

  it('stays terminated through a close-out amendment', () => {
    const terms = termsAfter(year, terminated({}, '2024-06-01'), amended({ deltaMinor: -1 }, '2024-08-01'));
    expect(agreementStatus(terms, day('2024-09-01'))).toBe('terminated');
  });

  it('is void when it was called off before it came into force', () => {
    const terms = termsAfter(year, terminated({}, '2023-12-20'));
    expect(agreementStatus(terms, day('2023-12-10'))).toBe('void');
    expect(agreementStatus(terms, day('2024-06-01'))).toBe('void');
  });
});

describe('taking events into agreements', () => {
  it('knows an event again by its source and id', () => {
    const event = created({ valueMinor: 5 });
    expect(evolveAgreements(folded([event]), event)).toEqual({ kind: 'duplicate' });
    const other = { ...event, source: 'erp' };
    expect(evolveAgreements(folded([event]), other).kind).toBe('ok');
  });

  it('answers the event that would pass a limit', () => {
    const ids = Array.from({ length: MAX_AGREEMENTS }, (_, index) => `A${index}`);
    const full = folded(ids.map((agreementId) => created({ agreementId })));
    expect(evolveAgreements(full, created({ agreementId: 'one-more' }))).toMatchObject({
      kind: 'quarantined',
      reason: 'agreement-limit',
    });
    expect(evolveAgreements(full, amended({ agreementId: 'A7', deltaMinor: 1 })).kind).toBe('ok');
    const long = folded(Array.from({ length: MAX_AMENDMENTS }, () => amended({ deltaMinor: 1 })));
    expect(evolveAgreements(long, amended({ deltaMinor: 1 }))).toMatchObject({ reason: 'entity-limit' });
  });

  it('answers a delta that carries the total out of range', () => {
    const list = folded([created({ valueMinor: MAX_AMOUNT_MINOR })]);
    expect(evolveAgreements(list, amended({ deltaMinor: 1 }))).toMatchObject({
      kind: 'quarantined',
      reason: 'amount-out-of-range',
      faults: [{ path: '/data/deltaMinor', got: String(MAX_AMOUNT_MINOR + 1) }],
    });
  });

  it('ends in the same agreements whatever the order of arrival, repeats included (N5)', () => {
    const date = fc.constantFrom('2024-01-01', '2024-01-02', '2024-03-01', '2024-06-30', '2025-01-01');
    const kind = fc.constantFrom('created', 'amended', 'renewed', 'expired', 'terminated');
    const anyEvent = fc.record({
      kind,
      on: date,
      agreementId: fc.constantFrom('A', 'B', '7', '__proto__'),
      sequence: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
      data: fc.record(
        {
          valueMinor: fc.integer({ min: 0, max: 10_000 }),
          deltaMinor: fc.integer({ min: -5_000, max: 5_000 }),
          effectiveDate: date,
          startDate: date,
          endDate: date,
          agreementType: fc.constantFrom('MSA', 'SOW', 'service', 'other'),
          paymentTerms: fc.constantFrom('net 30', 'net 60'),
          perpetual: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
    });
    const streams = fc.array(anyEvent, { maxLength: 12 }).chain((told) => {
      const events = told.map(({ kind: name, on, agreementId, sequence, data }, index) =>
        givenAgreement(name, on, {
          ...(data as AgreementFacts),
          agreementId,
          stamp: { id: `e${index}`, ...(sequence === undefined ? {} : { sequence }) },
        }),
      );
      const repeated = [...events, ...events.slice(0, 4)];
      return fc.tuple(fc.constant(events), fc.shuffledSubarray(repeated, { minLength: repeated.length }));
    });
    fc.assert(
      fc.property(streams, ([inOrder, shuffled]) => {
        expect(JSON.stringify(folded(shuffled))).toBe(JSON.stringify(folded(inOrder)));
      }),
      { numRuns: 300 },
    );
  });
});
