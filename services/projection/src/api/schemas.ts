import Type, { type Static } from 'typebox';
import { ActionItem } from './action-item-schemas.ts';
import { Day, Instant, Money, Nullable, Points } from './schema-parts.ts';
import { Health, Reason, Rfm, Score, Situation } from './score-schemas.ts';

export type { History, ScoresThen, Why } from './history-schemas.ts';
export type { Concentration } from './report-schemas/concentration.ts';
export type { Reason } from './score-schemas.ts';

/** The REST contract: what the routes answer, what OpenAPI says, what the board reads. Money is integer minor units. */

export const Tenant = Type.Object({
  tenant: Type.String(),
  currency: Type.String(),
  timeZone: Type.String(),
  synthetic: Type.Boolean({ description: 'generated data' }),
  clock: Type.Union([Type.Literal('live'), Type.Literal('importing'), Type.Literal('frozen')]),
  asOf: Nullable(Day),
  customers: Type.Integer(),
});
export type Tenant = Static<typeof Tenant>;

/** A row of the customers table. */
export const CustomerRow = Type.Object({
  customerId: Type.String(),
  name: Nullable(Type.String()),
  rank: Type.Integer({ description: '1 = greatest value among all customers of the tenant' }),
  valueMinor: Money,
  contractedMinor: Money,
  activeMinor: Money,
  paidMinor: Money,
  currency: Type.String(),
  agreements: Type.Integer(),
  activeAgreements: Type.Integer(),
  healthScore: Nullable(Points),
  healthBand: Type.String(),
  healthUncertain: Type.Boolean(),
  healthTrend: Type.Union([
    Type.Literal('up'),
    Type.Literal('flat'),
    Type.Literal('down'),
    Type.Literal('unknown'),
  ]),
  /** Last 90 days, oldest first, one value a week (null: unknown). */
  healthSpark: Type.Array(Nullable(Points)),
  atRisk: Type.Boolean(),
  msaOnly: Type.Boolean(),
  complexity: Nullable(Points),
  complexityBand: Nullable(Type.String()),
  /** Next date by which something must be decided: notice deadline or end, the earlier. */
  nextNoticeDate: Nullable(Day),
  owner: Nullable(Type.String()),
  openAlerts: Type.Integer(),
  lastEventAt: Nullable(Instant),
  segment: Nullable(
    Type.String({ description: 'enterprise or smb (D4); null: the value tier is not known' }),
  ),
  valueTier: Nullable(
    Type.String({ description: 'platinum, gold, silver or basic (S23, D4); null: not known' }),
  ),
  churnBasisPoints: Nullable(
    Type.Integer({ description: 'probability to end within 365 days, 0..10000 (S29); null: not scorable' }),
  ),
  churnBand: Nullable(
    Type.String({ description: 'high, medium, low, not-scorable or ended (D8); null: not scored yet' }),
  ),
  rfmHundredths: Nullable(
    Type.Integer({ description: 'composite of the three quintiles, 100..500 (D6); null: no quintiles' }),
  ),
  rfmSegment: Nullable(Type.String({ description: 'named segment (S87, D6); null: no quintiles' })),
});
export type CustomerRow = Static<typeof CustomerRow>;

export const AgreementNode = Type.Object({
  agreementId: Type.String(),
  agreementType: Nullable(Type.String()),
  status: Type.String({
    description: 'upcoming, active, ended, terminated, void, or placeholder (only referred to)',
  }),
  parentAgreementId: Nullable(Type.String()),
  valueMinor: Nullable(Money),
  incomplete: Type.Boolean({ description: 'deltas without a stated base value' }),
  currency: Type.String(),
  signedDate: Nullable(Day),
  startDate: Nullable(Day),
  endDate: Nullable(Day),
  noticeDate: Nullable(Day),
  autoRenew: Nullable(Type.Boolean()),
  paymentTerms: Nullable(Type.String()),
  amendments: Type.Array(
    Type.Object({
      eventId: Type.String(),
      type: Type.String(),
      effectiveDate: Day,
      deltaMinor: Nullable(Money),
      valueMinor: Nullable(Money),
      reason: Nullable(Type.String()),
    }),
  ),
});
export type AgreementNode = Static<typeof AgreementNode>;

export const Alert = Type.Object({
  alertId: Type.String(),
  customerId: Type.String(),
  customerName: Nullable(Type.String()),
  rule: Type.String(),
  cause: Type.String(),
  state: Type.Union([Type.Literal('raised'), Type.Literal('acknowledged'), Type.Literal('resolved')]),
  severity: Type.Union([Type.Literal('high'), Type.Literal('medium'), Type.Literal('low')]),
  title: Type.String(),
  code: Type.String(),
  valueMinor: Nullable(Money),
  currency: Type.String(),
  dueDate: Nullable(Day),
  reasons: Type.Array(Reason),
  historical: Type.Boolean(),
  raisedAt: Instant,
  acknowledgedAt: Nullable(Instant),
  acknowledgedBy: Nullable(Type.String()),
  note: Nullable(Type.String()),
  resolvedAt: Nullable(Instant),
});
export type Alert = Static<typeof Alert>;

export const CustomerDetail = Type.Intersect([
  CustomerRow,
  Type.Object({
    /** One sentence made from the reasons, to say on the phone. */
    summary: Type.String(),
    industry: Nullable(Type.String()),
    parentCustomerId: Nullable(Type.String()),
    profile: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
    sequence: Type.Integer(),
    asOf: Nullable(Instant),
    health: Health,
    rfm: Rfm,
    complexityParts: Type.Record(Type.String(), Nullable(Type.Number())),
    scores: Type.Record(Type.String(), Score, {
      description: 'rfm, churn, lifecycle, relationship, tier: those that were published',
    }),
    situations: Type.Array(Situation, { description: 'besides at-risk, cross-sell and renewals' }),
    agreementTree: Type.Array(AgreementNode),
    actionItems: Type.Array(ActionItem, {
      description:
        'what business reviews came to (S96): overdue first, then by due date; the 200 told of last',
    }),
    alerts: Type.Array(Alert),
  }),
]);
export type CustomerDetail = Static<typeof CustomerDetail>;

/** One entry of a customer's timeline: an event as it came in, or a change as it was published. */
/** Amounts that came in another currency than the tenant's (D23). */
const ConversionFacts = Type.Object(
  {
    currency: Type.String({ description: 'of the amounts as they came' }),
    amounts: Type.Array(Type.Object({ field: Type.String(), valueMinor: Money })),
    rate: Type.String({ description: "how many of the tenant's currency one of that one was worth" }),
    rateDate: Type.String({ description: 'YYYY-MM-DD that the rate was published for' }),
    ratesVersion: Type.String(),
  },
  { description: 'the amounts of data are converted ones; null: they are as they came' },
);

export const TimelineEntry = Type.Union([
  Type.Object({
    kind: Type.Literal('event'),
    at: Instant,
    knownAt: Instant,
    eventId: Type.String(),
    source: Type.String(),
    type: Type.String(),
    data: Type.Record(Type.String(), Type.Unknown()),
    conversion: Nullable(ConversionFacts),
  }),
  Type.Object({
    kind: Type.Literal('change'),
    at: Instant,
    knownAt: Instant,
    sequence: Type.Integer(),
    cause: Type.String(),
    causedBy: Type.Array(Type.String()),
    type: Type.String(),
    unit: Nullable(Type.String()),
    value: Nullable(Type.Number()),
    previous: Nullable(Type.Number()),
    delta: Nullable(Type.Number()),
    band: Nullable(Type.String()),
    previousBand: Nullable(Type.String()),
    text: Type.String(),
    reasons: Type.Array(Reason),
  }),
]);
export type TimelineEntry = Static<typeof TimelineEntry>;

const Feed = Type.Object({
  feed: Type.String(),
  status: Type.String({
    description: 'fresh, stale (silent for too long) or absent (never delivered anything)',
  }),
  lastDate: Nullable(
    Type.String({ description: 'YYYY-MM-DD of the newest event of a stale feed; null for any other' }),
  ),
});
const Counted = Type.Object({ count: Type.Integer(), valueMinor: Money });

export const Overview = Type.Object({
  asOf: Nullable(Day),
  currency: Type.String(),
  customers: Type.Integer(),
  totalMinor: Money,
  bands: Type.Object({
    healthy: Counted,
    'needs-attention': Counted,
    'at-risk': Counted,
    'not-scorable': Counted,
  }),
  /** Ten buckets of ten points. */
  distribution: Type.Array(Type.Integer(), { minItems: 10, maxItems: 10 }),
  uncertain: Type.Integer(),
  valueAtRiskMinor: Type.Integer({
    description:
      'minor units; value of the customers flagged at risk (`atRisk`, an at-risk alert stands): from health below 50 ' +
      'until 55 is reached again, or, while health cannot be scored, as before. `bands.at-risk` is another set: ' +
      'health below 50 now',
  }),
  /** Agreements by month of notice or end date, the next 90 days. */
  renewals: Type.Array(Type.Object({ month: Type.String(), count: Type.Integer(), valueMinor: Money })),
  openAlerts: Type.Object({ high: Type.Integer(), medium: Type.Integer(), low: Type.Integer() }),
  /** Since the `since` of the request. */
  since: Type.Object({
    from: Instant,
    alertsRaised: Type.Integer({
      description: 'alerts that began or re-opened; one that grew graver is none',
    }),
    alertsResolved: Type.Integer(),
    bandMoves: Type.Array(
      Type.Object({ from: Type.String(), to: Type.String(), count: Type.Integer(), valueMinor: Money }),
      { description: 'customers by the band they were in and the one they are in now, each customer once' },
    ),
  }),
  data: Type.Object({
    feeds: Type.Array(Feed),
    quarantined: Type.Integer(),
    inFlight: Type.Integer(),
    medianCoverage: Nullable(Type.Number()),
  }),
});
export type Overview = Static<typeof Overview>;

export const Accounting = Type.Object({
  accepted: Type.Integer(),
  scored: Type.Integer(),
  duplicate: Type.Integer(),
  quarantined: Type.Integer(),
  inFlight: Type.Integer(),
});
export type Accounting = Static<typeof Accounting>;

export const Quarantined = Type.Object({
  quarantineId: Type.String(),
  customerId: Nullable(Type.String()),
  stage: Type.String(),
  reason: Type.String(),
  faults: Type.Array(Type.Object({ path: Type.String(), expected: Type.String(), got: Type.String() })),
  position: Type.Object({
    file: Type.Optional(Type.String()),
    row: Type.Optional(Type.Integer()),
    topic: Type.Optional(Type.String()),
    partition: Type.Optional(Type.Integer()),
    offset: Type.Optional(Type.Integer()),
  }),
  original: Type.String(),
  encoding: Type.String(),
  receivedAt: Instant,
});
export type Quarantined = Static<typeof Quarantined>;

export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  mergedInto: Type.Optional(Type.String({ description: 'the customer to ask for instead' })),
  faults: Type.Optional(
    Type.Array(Type.Object({ path: Type.String(), expected: Type.String(), got: Type.String() })),
  ),
});
export type Problem = Static<typeof Problem>;
