import type { CustomerEvent } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventOf, TENANT, TODAY } from '../test-support/records.ts';
import { buildAgreementTree } from './build-agreement-tree.ts';
import { findDeadlines } from './find-deadlines.ts';
import { type CustomerCard, emptyCard, foldCard } from './fold-card.ts';

const fold = (events: readonly CustomerEvent[]): CustomerCard =>
  events.reduce((card, event) => foldCard(card, event), emptyCard(TENANT, 'c1'));

const story: readonly CustomerEvent[] = [
  eventOf('customer.profile', { name: 'Old name', industry: 'mining' }, { day: TODAY - 300 }),
  eventOf('customer.profile', { name: 'Acme', owner: 'Ada' }, { day: TODAY - 100 }),
  eventOf(
    'agreement.created',
    { agreementId: 'm1', agreementType: 'MSA', valueMinor: 0 },
    { day: TODAY - 200 },
  ),
  eventOf(
    'agreement.created',
    {
      agreementId: 's1',
      agreementType: 'SOW',
      parentAgreementId: 'm1',
      valueMinor: 100,
      endDate: '2024-07-20',
    },
    { day: TODAY - 90 },
  ),
  eventOf('agreement.amended', { agreementId: 's1', deltaMinor: 50, noticeDays: 30 }, { day: TODAY - 80 }),
  eventOf('feedback.nps', { score: 9, scaleMin: 0, scaleMax: 10 }, { day: TODAY - 70 }),
  eventOf('feedback.nps', { score: 2, scaleMin: 1, scaleMax: 5, highIsGood: false }, { day: TODAY - 20 }),
  eventOf('opportunity.created', { opportunityId: 'o1', opportunityKind: 'upsell' }, { day: TODAY - 30 }),
  eventOf('opportunity.won', { opportunityId: 'o1' }, { day: TODAY - 15 }),
  eventOf('opportunity.lost', { opportunityId: 'o2' }, { day: TODAY - 14 }),
  eventOf(
    'engagement.action-item-recorded',
    { engagementId: 'q', actionItemId: 'i', title: 'plan' },
    { day: TODAY - 3 },
  ),
  eventOf(
    'engagement.action-item-recorded',
    { engagementId: 'q', actionItemId: 'i', title: 'plan', completedDate: '2024-05-18' },
    { day: TODAY - 2 },
  ),
  eventOf('activity.login', {}, { day: TODAY - 5 }),
  eventOf('activity.login', {}, { day: TODAY - 6 }),
  eventOf('payment.paid', { amountMinor: 7 }, { day: TODAY - 1 }),
];

describe('the card of a customer', () => {
  it('is the same whatever the order of arrival and however often an event comes', () => {
    const deliveries = fc
      .shuffledSubarray([...story], { minLength: story.length })
      .chain((order) => fc.array(fc.constantFrom(...story)).map((again) => [...order, ...again]));
    fc.assert(
      fc.property(deliveries, (events) => {
        expect(fold(events)).toEqual(fold(story));
      }),
    );
  });

  it('says who the customer is by what was told last, and when it was last heard of', () => {
    const card = fold(story);
    expect([card.name, card.owner, card.profile.industry?.value]).toEqual(['Acme', 'Ada', 'mining']);
    expect(card.lastEventAt).toBe(story.at(-1)?.time);
  });

  it('keeps the newest day of use (S64)', () => {
    expect(fold(story).lastUseDay).toBe(TODAY - 5);
    expect(emptyCard(TENANT, 'c1').lastUseDay).toBeUndefined();
  });

  it('keeps what is to be done as it was told last (S96)', () => {
    expect(
      fold(story).actionItems?.map(({ told: [{ title, completedDay }] }) => [title, completedDay]),
    ).toEqual([['plan', TODAY - 2]]);
  });

  it('keeps how its opportunities ended, and refuses one too many as scoring does (S21)', () => {
    const outcomes = fold(story).opportunities?.map(({ id, outcome }) => [id, outcome?.value]);
    expect(outcomes).toEqual([
      ['o1', true],
      ['o2', false],
    ]);
    const many = Array.from({ length: 1_001 }, (_, index) =>
      eventOf('opportunity.won', { opportunityId: `o${index}` }),
    );
    expect(fold(many).opportunities).toHaveLength(1_000);
    expect(fold([]).opportunities).toBeUndefined();
  });

  it('keeps the latest answer to a recommendation survey, high as good, and none that is off its scale (S53, D18)', () => {
    const card = fold(story);
    const last = (from: CustomerCard) => from.answers.at(-1)?.told;
    expect([last(card)?.value, last(card)?.day]).toEqual([7_500, TODAY - 20]);
    const offScale = eventOf('feedback.nps', { score: 11, scaleMin: 0, scaleMax: 10 }, { day: TODAY });
    expect(foldCard(card, offScale).answers).toEqual(card.answers);
    expect(fold([offScale]).answers).toEqual([]);
  });

  it('takes no account of what people do at the board', () => {
    const card = fold(story);
    const action = eventOf('alert.acknowledged', { alertId: 'a', actor: 'Ada' }, { day: TODAY + 1 });
    expect(foldCard(card, action)).toBe(card);
  });
});

describe('the agreements of a card', () => {
  it('stand as a tree with the notice deadline and what each amendment said (N8)', () => {
    const [msa, sow] = buildAgreementTree(fold(story).agreements, TODAY, 'USD');
    expect(msa).toMatchObject({ agreementId: 'm1', agreementType: 'MSA', status: 'active', valueMinor: 0 });
    expect(sow).toMatchObject({
      parentAgreementId: 'm1',
      valueMinor: 150,
      endDate: '2024-07-20',
      noticeDate: '2024-06-20',
      status: 'active',
    });
    expect(sow?.amendments.map(({ type, deltaMinor }) => [type, deltaMinor])).toEqual([
      ['agreement.created', null],
      ['agreement.amended', 50],
    ]);
  });

  it('show a parent that is only referred to as a placeholder', () => {
    const orphan = eventOf('agreement.created', { agreementId: 's9', parentAgreementId: 'elsewhere' });
    const tree = buildAgreementTree(fold([orphan]).agreements, TODAY, 'USD');
    expect(tree.map(({ agreementId, status }) => [agreementId, status])).toEqual([
      ['s9', 'active'],
      ['elsewhere', 'placeholder'],
    ]);
  });

  it('fall due at the notice deadline, after it at the end, and once ended no more (S11)', () => {
    const { agreements } = fold(story);
    const dueOn = (day: number) => findDeadlines(agreements, day).map((deadline) => deadline.day - TODAY);
    expect(dueOn(TODAY)).toEqual([31]);
    expect(dueOn(TODAY + 32)).toEqual([61]);
    expect(dueOn(TODAY + 62)).toEqual([]);
  });
});
