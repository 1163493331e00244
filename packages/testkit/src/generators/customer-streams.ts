import type { CustomerEvent, CustomerEventsRecord, Feed, FeedStatuses } from '@bellwether/events';
import fc from 'fast-check';
import { censusFindings } from './census-findings.ts';
import { type EventShape, eventShapes, isIncrement, longestLagOf, shapeOn } from './event-shapes.ts';
import { buyingShapes, thrivingShapes } from './one-sided-shapes.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const FIRST_DAY = 19_700;
/** Repeats are recognised by their id for seven days (design 3.7). */
const REPEATED_WITHIN_DAYS = 6;

type Step =
  | {
      readonly kind: 'tell';
      readonly shape: EventShape;
      readonly lagDays: number;
      readonly minute: number;
      readonly sequence: number | undefined;
      readonly isOtherSource: boolean;
      /** Told again as an event of its own: two identical rows are two events. */
      readonly isTwice: boolean;
    }
  | { readonly kind: 'repeat'; readonly back: number }
  | { readonly kind: 'pass'; readonly days: number; readonly isSplit: boolean }
  | { readonly kind: 'census'; readonly findings: object }
  | { readonly kind: 'feeds'; readonly statuses: readonly (readonly [Feed, 'fresh' | 'stale', number])[] };

/** From a day ahead (a tenant's date may lag) to long before; mostly now. */
const lags = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0, 0, 1, 2, -1) },
  { weight: 3, arbitrary: fc.integer({ min: 3, max: 120 }) },
  { weight: 1, arbitrary: fc.integer({ min: 121, max: 600 }) },
  { weight: 1, arbitrary: fc.constantFrom(399, 400, 450) },
);
const tellOf = (shapes: fc.Arbitrary<EventShape>) =>
  fc.record({
    kind: fc.constant('tell' as const),
    shape: shapes,
    lagDays: lags,
    // Few of them, so that events meet at one instant and only their ids order them.
    minute: fc.constantFrom(0, 540, 1_439),
    sequence: fc.constantFrom(undefined, undefined, 0, 1, 2),
    isOtherSource: fc.boolean(),
    isTwice: fc.constantFrom(false, false, false, true),
  });
const repeat = fc.record({ kind: fc.constant('repeat' as const), back: fc.nat(8) });
const pass = fc.record({
  kind: fc.constant('pass' as const),
  days: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 6 }), fc.integer({ min: 7, max: 45 })),
  isSplit: fc.boolean(),
});
const HEALTH_FEEDS: readonly Feed[] = ['activity', 'ticket', 'feedback', 'goal', 'contact'];
const OTHER_FEEDS: readonly Feed[] = [
  'agreement',
  'payment',
  'opportunity',
  'engagement',
  'marketing',
  'customer',
];
const status = fc.oneof(
  { weight: 4, arbitrary: fc.constant('fresh' as const) },
  { weight: 1, arbitrary: fc.constant('stale' as const) },
);
const feeds = fc.record({
  kind: fc.constant('feeds' as const),
  statuses: fc
    .tuple(fc.subarray([...HEALTH_FEEDS], { minLength: 3 }), fc.subarray([...OTHER_FEEDS]))
    .map(([health, others]) => [...health, ...others])
    .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), status, fc.nat(60))))),
});
const census = fc.record({ kind: fc.constant('census' as const), findings: censusFindings });
const stepOf = (tell: fc.Arbitrary<Step>, counted: number): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 24, arbitrary: tell },
    { weight: 6, arbitrary: repeat },
    { weight: 6, arbitrary: pass },
    { weight: 2, arbitrary: feeds },
    { weight: counted, arbitrary: census },
  );

/**
 * The records of `customer-events` for one customer as a partition may hold them: events of all families out of order,
 * late and repeated, with day marks (for all slots or in two parts), feed statuses and censuses in between. The first
 * day stands at the beginning or soon after the first events; all health feeds are told as fresh, so that most streams
 * have something to score. Of six streams one is of a customer who mostly thrives, and one of one who mostly buys.
 */
export function customerStreams(options: {
  readonly maxLength: number;
}): fc.Arbitrary<CustomerEventsRecord[]> {
  const feedsFirst: Step = {
    kind: 'feeds',
    statuses: HEALTH_FEEDS.map((feed) => [feed, 'fresh', 0] as const),
  };
  const firstDay: Step = { kind: 'pass', days: 0, isSplit: false };
  const streamOf = (shapes: fc.Arbitrary<EventShape>, counted = 1) => {
    const tell = tellOf(shapes);
    const rest = fc.array(stepOf(tell, counted), {
      minLength: 1,
      maxLength: options.maxLength,
      size: 'max',
    });
    return fc
      .tuple(fc.array(tell, { maxLength: 3 }), fc.array(census, { maxLength: 1 }), rest)
      .map(([early, first, drawn]) => recordsOf([feedsFirst, ...early, firstDay, ...first, ...drawn]));
  };
  return fc.oneof(
    { weight: 4, arbitrary: streamOf(eventShapes) },
    { weight: 1, arbitrary: streamOf(thrivingShapes) },
    { weight: 1, arbitrary: streamOf(buyingShapes, 4) },
  );
}

interface Course {
  today: number;
  number: number;
  readonly records: CustomerEventsRecord[];
  readonly told: CustomerEvent[];
}

function recordsOf(drawn: readonly Step[]): CustomerEventsRecord[] {
  const course: Course = { today: FIRST_DAY, number: 0, records: [], told: [] };
  for (const step of drawn) {
    course.number += 1;
    course.records.push(...recordsOfStep(step, course));
  }
  return course.records;
}

function recordsOfStep(step: Step, course: Course): readonly CustomerEventsRecord[] {
  switch (step.kind) {
    case 'tell':
      return step.isTwice ? [eventOf(step, course), another(step, course)] : [eventOf(step, course)];
    case 'repeat':
      return repeated(course.told[course.told.length - 1 - step.back], course);
    case 'pass':
      return daysOf(step, course);
    case 'feeds':
      return [feedsOf(step, course)];
    case 'census':
      return [censusOf(step, course)];
  }
}

const receivedAt = ({ today, number }: Course) => today * DAY_MS + number * MINUTE_MS;

function eventOf(step: Extract<Step, { kind: 'tell' }>, course: Course): CustomerEvent {
  const day = course.today - Math.min(step.lagDays, longestLagOf(step.shape));
  // Two sources use the same ids: an identity is (source, id). Only what customers say has one by its id alone.
  const from =
    step.isOtherSource && !step.shape.type.startsWith('feedback.')
      ? { id: `e${course.number - 1}`, source: 'billing', offsetMs: 7_000 }
      : { id: `e${course.number}`, source: 'crm', offsetMs: 0 };
  const event = {
    kind: 'event',
    tenant: 'acme',
    customerId: 'c-1',
    id: from.id,
    source: from.source,
    time: day * DAY_MS + step.minute * MINUTE_MS + from.offsetMs,
    day,
    receivedAt: receivedAt(course),
    historical: false,
    ...(step.sequence === undefined ? {} : { sequence: step.sequence }),
    ...shapeOn(step.shape, day),
  } as CustomerEvent;
  course.told.push(event);
  return event;
}

function another(step: Extract<Step, { kind: 'tell' }>, course: Course): CustomerEvent {
  course.number += 1;
  return eventOf({ ...step, isOtherSource: false }, course);
}

function repeated(event: CustomerEvent | undefined, course: Course): readonly CustomerEventsRecord[] {
  if (event === undefined) return [];
  const ageDays = course.today - Math.floor(event.receivedAt / DAY_MS);
  if (isIncrement(event) && ageDays > REPEATED_WITHIN_DAYS) return [];
  return [{ ...event, receivedAt: receivedAt(course) }];
}

function daysOf({ days, isSplit }: Extract<Step, { kind: 'pass' }>, course: Course): CustomerEventsRecord[] {
  const ranges = isSplit
    ? [
        { slotFrom: 0, slotTo: 511 },
        { slotFrom: 512, slotTo: 1023 },
      ]
    : [{ slotFrom: 0, slotTo: 1023 }];
  const records: CustomerEventsRecord[] = [];
  for (let day = days === 0 ? course.today : course.today + 1; day <= course.today + days; day += 1) {
    for (const range of ranges) {
      const [startsAt, receipt] = [day * DAY_MS, day * DAY_MS + MINUTE_MS];
      const mark = { kind: 'day', tenant: 'acme', day, startsAt, ...range, receivedAt: receipt } as const;
      records.push({ ...mark, historical: false });
    }
  }
  course.today += days;
  return records;
}

function feedsOf({ statuses }: Extract<Step, { kind: 'feeds' }>, course: Course): CustomerEventsRecord {
  const told = statuses.map(
    ([feed, state, ago]) => [feed, { status: state, lastDay: course.today - ago }] as const,
  );
  const value: FeedStatuses = Object.fromEntries(told);
  return {
    kind: 'context',
    tenant: 'acme',
    item: 'feeds',
    version: course.number,
    receivedAt: receivedAt(course),
    value,
  };
}

/** A census as of the day that began last. */
function censusOf({ findings }: Extract<Step, { kind: 'census' }>, course: Course): CustomerEventsRecord {
  const { breakpoints, predictive, revenue } = findings as {
    readonly breakpoints: object;
    readonly predictive: object;
    readonly revenue: object;
  };
  // A fit is known by its day: no two have the same one.
  const asOf = {
    breakpoints: { ...breakpoints, day: course.today },
    predictive: { ...predictive, fittedDay: course.today + course.number },
    revenue: { ...revenue, judgedDay: course.today },
  };
  return {
    kind: 'context',
    tenant: 'acme',
    item: 'census',
    version: course.number,
    receivedAt: receivedAt(course),
    value: { day: course.today, findings: JSON.stringify(asOf) },
  };
}
