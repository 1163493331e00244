import type { CustomerEvent, EventData, EventType } from '@bellwether/events';
import fc from 'fast-check';

/** What an event tells, before it has an id, a source and a time. */
export type EventShape = { [T in EventType]: { readonly type: T; readonly data: EventData<T> } }[EventType];

/**
 * Facts about a ticket, an engagement or an invoice belong to those of their time: the id gets the stretch of days that
 * the event falls in.
 */
const STRETCH_DAYS = 120;
const IDS_OF_THEIR_TIME = ['ticketId', 'engagementId', 'invoiceId'];

/**
 * How late a shape can be told at most: what belongs to an entity of its time while nothing of that is let go, which it
 * is 400 days after the last that was heard of it.
 */
export function longestLagOf({ data }: EventShape): number {
  return IDS_OF_THEIR_TIME.some((name) => name in data) ? STRETCH_DAYS : Number.POSITIVE_INFINITY;
}

/** The shape as it is told on an epoch day. */
export function shapeOn(shape: EventShape, day: number): EventShape {
  const stretch = Math.floor(day / STRETCH_DAYS);
  const data = Object.entries(shape.data).map(([name, value]) => [
    name,
    IDS_OF_THEIR_TIME.includes(name) ? `${value}-${stretch}` : value,
  ]);
  return { ...shape, data: Object.fromEntries(data) } as EventShape;
}

/** True for events that count every time: they are told apart from repeats by their id alone (design 3.7). */
export function isIncrement({ type }: Pick<CustomerEvent, 'type'>): boolean {
  const families = ['activity.', 'feedback.', 'marketing.'];
  return type === 'payment.paid' || families.some((family) => type.startsWith(family));
}

const shape = <T extends EventType>(type: T, data: fc.Arbitrary<EventData<T>>): fc.Arbitrary<EventShape> =>
  data.map((value) => ({ type, data: value }) as unknown as EventShape);
const optional = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }, requiredKeys: (keyof T)[]) =>
  fc.record(model, { requiredKeys }) as unknown as fc.Arbitrary<never>;

const dates = fc.constantFrom(
  '2022-03-01',
  '2023-01-31',
  '2023-09-15',
  '2024-02-29',
  '2024-06-30',
  '2025-03-31',
);
const amounts = fc.nat(2_000_000);
const measures = fc.constantFrom(0, 1, 12.5, 33, 50, 80, 100, 250);

const agreementFacts = optional(
  {
    agreementId: fc.constantFrom('A', 'A', 'B', 'C', 'D'),
    agreementType: fc.constantFrom('MSA', 'MSA', 'SOW', 'service', 'other'),
    parentAgreementId: fc.constantFrom('A', 'elsewhere'),
    valueMinor: amounts,
    deltaMinor: fc.integer({ min: -500_000, max: 500_000 }),
    effectiveDate: dates,
    signedDate: dates,
    startDate: dates,
    endDate: dates,
    perpetual: fc.boolean(),
    paymentTerms: fc.constantFrom('net 30', 'net 60', 'prepaid'),
    noticeDays: fc.constantFrom(0, 30, 90),
    autoRenew: fc.boolean(),
    renewalTermMonths: fc.constantFrom(0, 6, 12, 36),
    serviceLine: fc.constantFrom('support', 'licences', 'training'),
    reason: fc.constantFrom('option', 'close-out'),
  },
  ['agreementId'],
);
const AGREEMENT_KINDS = [
  'created',
  'created',
  'amended',
  'amended',
  'renewed',
  'expired',
  'terminated',
] as const;
/** A renewal or an end often tells no more than itself. */
const spareFacts = optional(
  {
    agreementId: fc.constantFrom('A', 'A', 'B'),
    effectiveDate: dates,
    endDate: dates,
    deltaMinor: fc.constant(0),
  },
  ['agreementId'],
);
const agreement = fc.oneof(
  ...AGREEMENT_KINDS.map((kind) => shape(`agreement.${kind}`, agreementFacts)),
  ...AGREEMENT_KINDS.slice(2).map((kind) => shape(`agreement.${kind}`, spareFacts)),
);

const payment = fc.oneof(
  {
    weight: 4,
    arbitrary: shape(
      'payment.paid',
      optional(
        {
          amountMinor: amounts,
          agreementId: fc.constantFrom('A', 'B'),
          invoiceId: fc.constantFrom('i1', 'i2'),
          recurringMonths: fc.constantFrom(0, 1, 3, 12),
        },
        ['amountMinor'],
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<EventShape>({ type: 'payment.overdue', data: { invoiceId: 'i', amountMinor: 1 } }),
  },
);

const features = fc.constantFrom('reports', 'export', 'search', 'api', 'mobile');
const counts = fc.integer({ min: 1, max: 40 });
const activity = fc.oneof(
  fc.constant<EventShape>({ type: 'activity.login', data: {} }),
  shape('activity.feature-used', optional({ feature: features, count: counts }, ['feature'])),
  shape(
    'activity.usage-reported',
    optional({ count: counts, feature: features, activeUsers: fc.nat(30), licensedSeats: fc.nat(40) }, [
      'count',
    ]),
  ),
);

const tickets = fc.constantFrom('t1', 't2', 't3');
const severities = fc.constantFrom(1, 2, 3, 4);
const ticket = fc.oneof(
  shape('ticket.opened', fc.record({ ticketId: tickets, severity: severities })),
  shape('ticket.escalated', optional({ ticketId: tickets, severity: severities }, ['ticketId'])),
  shape('ticket.responded', fc.record({ ticketId: tickets })),
  shape('ticket.resolved', fc.record({ ticketId: tickets })),
);

const scale = fc.constantFrom([1, 5], [0, 10], [1, 7]);
const closings = fc.constantFrom(undefined, undefined, '2024-01-15T10:00:00Z');
const surveys = fc
  .tuple(scale, fc.integer({ min: 0, max: 10 }), fc.option(fc.boolean(), { nil: undefined }), closings)
  .map(([[scaleMin = 0, scaleMax = 10], score, highIsGood, closedLoopAt]) => ({
    ...{ score, scaleMin, scaleMax },
    ...(highIsGood === undefined ? {} : { highIsGood }),
    ...(closedLoopAt === undefined ? {} : { closedLoopAt }),
  }));
/** A scale that many answers fall within, a promoter's among them. */
const recommendations = fc
  .constantFrom(0, 6, 7, 9, 10)
  .map((score) => ({ score, scaleMin: 0, scaleMax: 10 }));
const feedback = fc.oneof(
  { weight: 4, arbitrary: shape('feedback.csat', surveys) },
  { weight: 1, arbitrary: shape('feedback.nps', surveys) },
  { weight: 1, arbitrary: shape('feedback.nps', recommendations) },
  { weight: 1, arbitrary: shape('feedback.ces', surveys) },
  { weight: 1, arbitrary: shape('feedback.comment', fc.constant({ comment: 'Third time this month.' })) },
  {
    weight: 1,
    arbitrary: shape(
      'feedback.answered',
      fc.record({ feedbackId: fc.constantFrom('e0', 'e1', 'e2', 'e3', 'e5', 'e8') }),
    ),
  },
);

const goals = fc.constantFrom('g1', 'g2', 'g3');
const goal = fc.oneof(
  shape('goal.set', optional({ goalId: goals, target: measures, dueDate: dates }, ['goalId'])),
  shape('goal.met', optional({ goalId: goals, actual: measures }, ['goalId'])),
  shape(
    'goal.value-realised',
    optional({ goalId: goals, target: measures, actual: measures, firstMeaningfulUse: fc.boolean() }, [
      'goalId',
    ]),
  ),
);

const people = fc.constantFrom('p1', 'p2', 'p3');
const contactFacts = optional(
  {
    contactId: people,
    isSponsor: fc.boolean(),
    role: fc.constantFrom('CFO', 'engineer'),
    hasEmail: fc.boolean(),
    isPrimary: fc.boolean(),
  },
  ['contactId'],
);
const contact = fc.oneof(
  shape('contact.created', contactFacts),
  shape('contact.changed', contactFacts),
  shape('contact.left', fc.record({ contactId: people })),
);

const opportunityFacts = optional(
  {
    opportunityId: fc.constantFrom('o1', 'o2', 'o3'),
    opportunityKind: fc.constantFrom('new', 'upsell', 'cross-sell', 'renewal'),
    stage: fc.constantFrom('demo', 'offer'),
    amountMinor: amounts,
  },
  ['opportunityId'],
);
const opportunity = fc.oneof(
  shape('opportunity.created', opportunityFacts),
  shape('opportunity.stage-changed', opportunityFacts),
  shape('opportunity.won', opportunityFacts),
  shape('opportunity.lost', opportunityFacts),
);

const channels = fc.constantFrom('email', 'phone', 'Webinar');
const meeting = optional(
  {
    engagementId: fc.constantFrom('m1', 'm2', 'm3'),
    level: fc.constantFrom('C', 'VP', 'other'),
    attendees: fc.nat(9),
    channel: channels,
  },
  ['engagementId'],
);
const scheduled = fc.record({
  engagementId: fc.constantFrom('m1', 'm2', 'm3'),
  scheduledAt: fc.constantFrom('2023-11-20T09:00:00Z', '2024-02-10T09:00:00Z', '2024-06-03T09:00:00Z'),
});
const engagement = fc.oneof(
  shape('engagement.qbr-scheduled', scheduled),
  shape('engagement.qbr-held', meeting),
  shape('engagement.qbr-missed', meeting),
  shape('engagement.meeting-held', meeting),
  shape(
    'engagement.outreach-sent',
    fc.record({ engagementId: fc.constantFrom('s1', 's2'), channel: channels }),
  ),
);

const profile = shape(
  'customer.profile',
  optional(
    {
      name: fc.constantFrom('Purple Walrus Freight', 'Purple Walrus'),
      tier: fc.constantFrom('Gold', 'basic', 'Platinum', 'unheard of'),
      employees: fc.constantFrom(3, 80, 400, 4_000),
      sizeBand: fc.constantFrom('Large', 'mid-market'),
      status: fc.constantFrom('consideration', 'adoption', 'Retention', 'advocacy', 'customer'),
      createdDate: dates,
    },
    [],
  ),
);

/** Events of all eleven families, those that health is made of more often. */
export const eventShapes: fc.Arbitrary<EventShape> = fc.oneof(
  { weight: 6, arbitrary: agreement },
  { weight: 3, arbitrary: payment },
  { weight: 5, arbitrary: activity },
  { weight: 5, arbitrary: ticket },
  { weight: 2, arbitrary: feedback },
  { weight: 3, arbitrary: goal },
  { weight: 2, arbitrary: contact },
  { weight: 2, arbitrary: opportunity },
  { weight: 2, arbitrary: engagement },
  { weight: 1, arbitrary: profile },
  { weight: 1, arbitrary: shape('marketing.touch', fc.record({ channel: channels })) },
);
