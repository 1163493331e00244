import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { anyOpportunityEvent, opportunitiesAfter, shuffled, TODAY } from '../value/test-support.ts';
import { evolveOpportunities, type OpportunityEvent } from './evolve-opportunities.ts';
import { closedDayOf, MAX_OPPORTUNITIES, type Opportunity } from './opportunities-state.ts';

const told = (type: OpportunityEvent['type'], on: number, facts: Partial<OpportunityEvent['data']> = {}) =>
  given(type, on, { data: { opportunityId: 'o1', ...facts } });

const only = (...events: readonly OpportunityEvent[]): Opportunity => {
  const [opportunity] = opportunitiesAfter(events);
  if (opportunity === undefined) throw new Error('no opportunity');
  return opportunity;
};

describe('sales opportunities (S54, S67, S78)', () => {
  it('have the kind, stage and amount that were told last', () => {
    const opportunity = only(
      told('opportunity.stage-changed', TODAY - 5, { stage: 'proposal', amountMinor: 900 }),
      told('opportunity.created', TODAY - 9, { opportunityKind: 'upsell', stage: 'lead', amountMinor: 500 }),
    );
    expect(opportunity).toMatchObject({
      kind: { value: 'upsell' },
      stage: { value: 'proposal' },
      amount: { value: 900 },
      createdDay: TODAY - 9,
      outcome: null,
    });
    expect(closedDayOf(opportunity)).toBeNull();
  });

  it('are won or lost by the last word, on the first day it was said', () => {
    const won = told('opportunity.won', TODAY - 4);
    const lost = told('opportunity.lost', TODAY - 6);
    const again = told('opportunity.won', TODAY - 1);
    expect(closedDayOf(only(again, won, lost))).toBe(TODAY - 4);
    expect(only(won, lost).outcome?.value).toBe(true);
    const calledOff = told('opportunity.lost', TODAY);
    expect(closedDayOf(only(won, lost, calledOff))).toBe(TODAY - 6);
    expect(only(won, told('opportunity.stage-changed', TODAY, { stage: 'closed' })).outcome?.value).toBe(
      true,
    );
  });

  it('take the greater text where two sources say different things at one moment', () => {
    const one = { ...told('opportunity.stage-changed', TODAY, { stage: 'a' }), id: 'same', source: 'crm' };
    const other = { ...one, source: 'erp', data: { ...one.data, stage: 'b' } };
    expect(only(one, other).stage?.value).toBe('b');
    expect(only(other, one).stage?.value).toBe('b');
  });

  it('are the same after a repeat, and take no more than their limit', () => {
    const event = told('opportunity.won', TODAY, { amountMinor: 5 });
    const list = opportunitiesAfter([event]);
    expect(evolveOpportunities(list, event)).toBe(list);
    const full = opportunitiesAfter(
      Array.from({ length: MAX_OPPORTUNITIES }, (_, index) =>
        told('opportunity.created', TODAY, { opportunityId: `o${index}` }),
      ),
    );
    expect(
      evolveOpportunities(full, told('opportunity.created', TODAY, { opportunityId: 'one-more' })),
    ).toBeUndefined();
    expect(evolveOpportunities(full, told('opportunity.won', TODAY, { opportunityId: 'o7' }))).toHaveLength(
      MAX_OPPORTUNITIES,
    );
  });

  it('end the same in any order, with repeats (N5), as reading the events by time would say', () => {
    fc.assert(
      fc.property(shuffled(anyOpportunityEvent), ([one, other]) => {
        const list = opportunitiesAfter(one);
        expect(opportunitiesAfter([...one, ...other])).toEqual(list);
        for (const opportunity of list) {
          const own = one
            .filter(({ data }) => data.opportunityId === opportunity.id)
            .toSorted(
              (a, b) => a.time - b.time || (a.sequence ?? -1) - (b.sequence ?? -1) || (a.id < b.id ? -1 : 1),
            );
          const lastTold = (field: 'opportunityKind' | 'stage' | 'amountMinor') =>
            own.findLast(({ data }) => data[field] !== undefined)?.data[field];
          expect(opportunity.kind?.value).toBe(lastTold('opportunityKind'));
          expect(opportunity.stage?.value).toBe(lastTold('stage'));
          expect(opportunity.amount?.value).toBe(lastTold('amountMinor'));
          const end = own.findLast(({ type }) => type === 'opportunity.won' || type === 'opportunity.lost');
          expect(closedDayOf(opportunity)).toBe(own.find(({ type }) => type === end?.type)?.day ?? null);
        }
      }),
    );
  });
});
