import type { CustomerEvent, EventData, EventType } from '@bellwether/events';
import { formatDay } from '@bellwether/events';
import { day, given as event } from '../../packages/domain/src/customer/test-support.ts';
import { decideLifecycle, lifecycleOf } from '../../packages/domain/src/lifecycle/decide-lifecycle.ts';
import {
  isLegalMove,
  JOURNEY_STAGES,
  type JourneyStage,
  movesBetween,
} from '../../packages/domain/src/lifecycle/journey-graph.ts';
import type { ValueStage } from '../../packages/domain/src/lifecycle/value-stage-of.ts';
import { touchpointMeasuresOf } from '../../packages/domain/src/portfolio/touchpoint-measures.ts';
import type { Breakpoints } from '../../packages/domain/src/quantiles/breakpoints.ts';
import { accountAgeDaysOf } from '../../packages/domain/src/relationship/account-since.ts';
import { consistencyOfWeeks } from '../../packages/domain/src/relationship/consistency-of.ts';
import { paradoxOf } from '../../packages/domain/src/relationship/paradox-of.ts';
import { pathText } from '../../packages/domain/src/relationship/path-of.ts';
import { type Relationship, relationshipOf } from '../../packages/domain/src/relationship/relationship-of.ts';
import { relationshipValueOf } from '../../packages/domain/src/relationship/relationship-parts.ts';
import {
  type Customer,
  contextOf,
  customerOf,
  feedsOf,
} from '../../packages/domain/src/relationship/test-support/customer.ts';
import { touchpointOf } from '../../packages/domain/src/relationship/touchpoints.ts';

/** What happened to a customer, as a document writes it; `every` repeats it so many days apart `times` times. */
interface Happening {
  readonly on: string;
  readonly type: EventType;
  readonly every?: number;
  readonly times?: number;
  readonly [field: string]: unknown;
}
/** A customer on a day. Feeds that are not named deliver. */
interface Situation {
  readonly on: string;
  readonly events: readonly Happening[];
  readonly feeds?: { readonly [feed: string]: 'fresh' | 'stale' | 'absent' };
  readonly strategic?: boolean;
  readonly health?: number;
}

function eventsOf(happenings: readonly Happening[]): CustomerEvent[] {
  return happenings.flatMap(({ on, type, every = 1, times = 1, ...data }) =>
    Array.from({ length: times }, (_, index) =>
      // What is not right fails in the example.
      event(type, day(on) + index * every, { data: data as EventData<typeof type> }),
    ),
  ) as CustomerEvent[];
}

function customerIn({ on, events }: Situation): Customer {
  return customerOf(eventsOf(events), day(on));
}

function relationshipIn(situation: Situation): Relationship {
  const customer = customerIn(situation);
  const { on, feeds, strategic = false } = situation;
  const moment = { today: day(on), feeds: feedsOf('fresh', feeds), isStrategic: strategic };
  return relationshipOf(customer, contextOf(customer, moment));
}

const points = (hundredths: number | null) => (hundredths === null ? null : hundredths / 100);
const dated = (epochDay: number | null) => (epochDay === null ? null : formatDay(epochDay));

function depth(situation: Situation) {
  const { depth: read } = relationshipIn(situation);
  return {
    ...read.counts,
    score: points(read.valueHundredths),
    band: read.band,
    coverage: points(read.coverageHundredths),
    low: points(read.lowHundredths),
    high: points(read.highHundredths),
    missing: read.missing.map(({ signal, why }) => `${signal}: ${why}`),
  };
}

function consistency(situation: Situation) {
  const { valueHundredths, stages } = relationshipIn(situation).consistency;
  const read = stages.map(({ stage, valueHundredths: value, why }) => [stage, why ?? points(value)]);
  return { score: points(valueHundredths), stages: Object.fromEntries(read) };
}

interface Judged {
  readonly valueQuarter: number;
  readonly consistencyQuarter: number;
  readonly stages: readonly number[];
  readonly depth: number;
  readonly serviceLines: number;
  readonly largestSharePercent: number;
}

/** Breakpoints of 1, 2 and 3, so that the quarter is the number itself and one more. */
function paradox(judged: Judged) {
  const edges = { counted: 4, edges: [2, 3, 4] };
  const customer = customerOf([]);
  const { depth: empty } = relationshipOf(customer, contextOf(customer));
  return paradoxOf({
    breakpoints: { ltvQuartersMinor: edges, consistencyHundredths: edges } as unknown as Breakpoints,
    ltvMinor: judged.valueQuarter,
    consistency: {
      valueHundredths: judged.consistencyQuarter,
      stages: judged.stages.map((value) => ({ stage: 'product', valueHundredths: 100 * value, why: null })),
    },
    depth: {
      ...empty,
      valueHundredths: 100 * judged.depth,
      counts: { ...empty.counts, serviceLines: judged.serviceLines },
    },
    largestShareBasisPoints: 100 * judged.largestSharePercent,
  });
}

function touches(situation: Situation) {
  const { efficiency, primaryChannel, marketingToSalesDays } = relationshipIn(situation);
  const { minorPerActivity, activities, wonMinor } = efficiency;
  return {
    minorPerActivity,
    activities,
    wonMinor,
    primaryChannel: primaryChannel.channel ?? primaryChannel.why,
    marketingToSalesDays,
  };
}

function people(situation: Situation) {
  const {
    there,
    withEmail,
    withEmailBasisPoints,
    active,
    activeByRole,
    trend,
    meetings,
    mostAttendees,
    lastExecutiveDay,
  } = relationshipIn(situation).stakeholders;
  const lastExecutive = dated(lastExecutiveDay);
  return {
    there,
    withEmail,
    withEmailBasisPoints,
    active,
    activeByRole,
    trend,
    meetings,
    mostAttendees,
    lastExecutive,
  };
}

function account(situation: Situation) {
  const { accountSince, path } = relationshipIn(situation);
  return {
    since: formatDay(accountSince.day),
    source: accountSince.source,
    ageDays: accountAgeDaysOf(accountSince, day(situation.on)),
    path: path === null ? null : pathText(path),
    gapsDays: path?.gapsDays ?? null,
  };
}

function reviewsAndVoice(situation: Situation) {
  const { qbr, voice } = relationshipIn(situation);
  return {
    reviewDue: dated(qbr.dueDay),
    basis: qbr.basis,
    reviewMissed: dated(qbr.missedDay),
    openLoops: voice.openLoops,
    overdueLoops: voice.overdueLoops,
    ease: points(voice.easeHundredths),
    isEaseOnTarget: voice.isEaseOnTarget,
  };
}

function published(situation: Situation) {
  const { value, band, parts, labels } = relationshipValueOf(relationshipIn(situation));
  return { value, band, parts, labels };
}

function lifecycle(situation: Situation) {
  const { on, feeds, health = null } = situation;
  const valueHundredths = health === null ? null : 100 * health;
  const now = lifecycleOf(customerIn(situation), {
    today: day(on),
    feeds: feedsOf('fresh', feeds),
    health: { valueHundredths, missing: [] },
    published: null,
  });
  const { journey, valueStage } = now;
  return {
    journeyStage: journey.stage,
    since: dated(journey.sinceDay),
    because: journey.code,
    refused: journey.refused.map(({ stage, from, code }) => `${stage} from ${from}: ${code}`),
    valueStage: valueStage.stage,
    missing: valueStage.missing.map(({ signal, why }) => `${signal}: ${why}`),
    reasons: decideLifecycle(null, now).change?.reasons.map(({ text }) => text),
  };
}

function journeyGraph({ from, to }: { readonly from: JourneyStage; readonly to: JourneyStage }) {
  return {
    next: JOURNEY_STAGES.filter((stage) => isLegalMove(from, stage)),
    isLegal: isLegalMove(from, to),
    way: movesBetween(from, to),
    moves: JOURNEY_STAGES.flatMap((one) => JOURNEY_STAGES.filter((other) => isLegalMove(one, other))).length,
  };
}

const NO_REVENUE = {
  customers: 0,
  startMinor: '0',
  newMinor: '0',
  expansionMinor: '0',
  contractionMinor: '0',
  churnMinor: '0',
};

/** Each metric with its value, or why it has none. */
function touchpointMeasures({ features }: { readonly features: readonly (number | null)[] }) {
  const rows = features.map((count) => ({
    journeyStage: null,
    valueStage: null,
    timeToValueDays: null,
    features: count,
  }));
  const measures = touchpointMeasuresOf(rows, NO_REVENUE);
  return Object.fromEntries(measures.map(({ metric, value, reason }) => [metric, value ?? reason]));
}

/** The calculations of docs/scoring/lifecycle-and-relationship.md. */
export const examples: { readonly [name: string]: (given: never) => unknown } = {
  depth,
  'weekly-counts': ({ weeks }: { readonly weeks: readonly number[] }) => ({
    score: points(consistencyOfWeeks(weeks)),
  }),
  consistency,
  paradox,
  touches,
  people,
  account,
  'reviews-and-voice': reviewsAndVoice,
  'relationship-score': published,
  lifecycle,
  'journey-graph': journeyGraph,
  touchpoint: (at: { readonly journeyStage: JourneyStage; readonly valueStage: ValueStage }) =>
    touchpointOf(at.journeyStage, at.valueStage),
  'touchpoint-measures': touchpointMeasures,
};
