import { type CustomerEvent, DAY_MS, FEEDS, type FeedStatuses, formatDay } from '@bellwether/events';
import { eventShapes } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PortfolioFindings } from '../census/count-portfolio.ts';
import { type JudgedObservation, keptReadings } from '../churn/churn-record.ts';
import { judgeChurn } from '../churn/judge-churn.ts';
import { CONTEXT_ITEMS, type ContextItem } from '../context/context-items.ts';
import type { ModelPack } from '../models/model-pack.ts';
import { CRM } from '../models/shipped/crm.ts';
import { CS_FRAMEWORK } from '../models/shipped/cs-framework.ts';
import { MATTERMOST_2025 } from '../models/shipped/mattermost-2025.ts';
import { SHIPPED_MODELS, type TenantModels } from '../models/tenant-models.ts';
import { hundredCustomers } from '../rfm/test-support.ts';
import { judgeRevenue } from '../value/judge-revenue.ts';
import type { DecisionContext } from './decide-input.ts';
import { featuresOf } from './features-of.ts';
import { CustomerCourse, isScoreChange } from './test-course.ts';
import { contextOn, day, given } from './test-support.ts';

const TODAY = day('2024-06-01');
const FRESH = Object.fromEntries(
  FEEDS.map((feed) => [feed, { status: 'fresh', lastDay: TODAY }]),
) as unknown as FeedStatuses;
/** Years of 450 customers, of whom more leave than the default model believes. */
const OUTCOMES: readonly JudgedObservation[] = Array.from({ length: 450 }, (_, index) => ({
  day: TODAY - 800 + index,
  toldBasisPoints: 2_000,
  readings: keptReadings({ health: 30 + (index % 7) * 10, 'active-agreements': 1 + (index % 3) }),
  warned: [null, null, null],
  endedDay: index % 7 < 4 && index % 9 > 0 ? TODAY - 500 + index : null,
}));
/** As if the models had been fitted to the published samples, and others were worth 1 to 100 dollars. */
const FINDINGS: PortfolioFindings = {
  breakpoints: hundredCustomers(TODAY),
  predictive: {
    version: 1,
    fittedDay: TODAY,
    bgNbd: {
      r: 0.243,
      alpha: 4.414,
      a: 0.793,
      b: 2.426,
      customers: 2_357,
      repeaters: 946,
      logLikelihood: -9_582.43,
    },
    gammaGamma: { p: 6.25, q: 3.74, v: 1_544, repeaters: 946, logLikelihood: -1 },
    shiftedBetaGeometric: {
      alpha: 0.668,
      beta: 3.806,
      decisions: 1_000,
      losses: 509,
      logLikelihood: -1_611.16,
    },
    refused: [],
  },
};
const SILENT = Object.fromEntries(
  FEEDS.map((feed) => [feed, { status: 'stale', lastDay: TODAY - 30 }]),
) as unknown as FeedStatuses;
/** Compares logins with the median of the customer's segment (N17). */
const BY_SEGMENT: ModelPack = {
  ...CS_FRAMEWORK,
  id: 'by-segment',
  signals: CS_FRAMEWORK.signals.map((signal) =>
    signal.signal === 'login-frequency' && signal.relativeTo
      ? { ...signal, relativeTo: { kind: 'segment', curve: signal.relativeTo.curve } }
      : signal,
  ),
};
/** Nobody comes up to the classes of these, nor to the medians. */
const UNREACHED: PortfolioFindings['breakpoints'] = {
  ...(JSON.parse(
    JSON.stringify(FINDINGS.breakpoints, (key, value: unknown) =>
      key === 'edges' ? (value as number[]).map((edge) => 5 * Math.abs(edge) + 1) : value,
    ),
  ) as PortfolioFindings['breakpoints']),
  medians: { enterprise: { 'login-frequency': 29 }, smb: { 'login-frequency': 25 } },
};
const NOT_FITTED = { bgNbd: null, gammaGamma: null, shiftedBetaGeometric: null } as const;
const CHURN = judgeChurn(OUTCOMES, TODAY, undefined);
const SOLD = judgeRevenue([{ decided: { new: { won: 20, lost: 25 }, upsell: { won: 3, lost: 1 } } }], TODAY);
const JUDGED: PortfolioFindings = {
  ...FINDINGS,
  ...(CHURN ? { churn: CHURN } : {}),
  ...(SOLD ? { revenue: SOLD } : {}),
};
/** A tenant that has chosen nothing, and one with other models, some of them tried (N6, S55). */
const CHOICES: readonly (readonly [string, TenantModels])[] = [
  ['by the shipped model', SHIPPED_MODELS],
  [
    'by a pack, another one for enterprises, and with two packs that are tried',
    {
      live: CRM,
      bySize: { enterprise: CS_FRAMEWORK },
      shadows: [
        { pack: MATTERMOST_2025, size: null },
        { pack: BY_SEGMENT, size: 'small' },
      ],
    },
  ],
];

const OTHERS: NonNullable<TenantModels['shadows']> = [{ pack: MATTERMOST_2025, size: null }];

/** The same context with something else in one item, and a newer version of that item alone. */
function changed(context: DecisionContext, item: ContextItem): DecisionContext {
  const contextVersion = context.contextVersion + 1;
  const itemVersions = { ...context.itemVersions, [item]: contextVersion };
  const isOdd = contextVersion % 2 === 1;
  const findings = context.findings ?? JUDGED;
  const { breakpoints } = findings;
  const newer: { readonly [Item in ContextItem]: Partial<DecisionContext> } = {
    feeds: { feeds: isOdd ? FRESH : SILENT },
    models: { models: { ...context.models, live: isOdd ? BY_SEGMENT : CRM } },
    shadows: { models: { ...context.models, shadows: isOdd ? OTHERS : [] } },
    breakpoints: {
      findings: { ...findings, breakpoints: isOdd ? FINDINGS.breakpoints : UNREACHED },
    },
    predictive: {
      findings: isOdd
        ? { ...JUDGED, breakpoints }
        : { breakpoints, predictive: { ...FINDINGS.predictive, ...NOT_FITTED } },
    },
  };
  return { ...context, ...newer[item], contextVersion, itemVersions };
}

/** A customer of whom every score is known: buys, uses, answers, has an agreement to be decided on soon. */
const BUSY: readonly CustomerEvent[] = [
  ...Array.from({ length: 12 }, (_, month) =>
    given('payment.paid', TODAY - 5 - 30 * month, { data: { invoiceId: `p${month}`, amountMinor: 90_000 } }),
  ),
  ...Array.from({ length: 20 }, (_, count) =>
    given('activity.login', TODAY - 3 * count, { data: { userId: `u${count % 4}` } }),
  ),
  given('agreement.created', TODAY - 300, {
    data: {
      agreementId: 'A',
      agreementType: 'MSA',
      valueMinor: 500_000,
      startDate: dateOf(-300),
      endDate: dateOf(60),
    },
  }),
  given('feedback.nps', TODAY - 8, { data: { score: 10, scaleMin: 0, scaleMax: 10 } }),
  given('feedback.csat', TODAY - 9, { data: { score: 5, scaleMin: 1, scaleMax: 5 } }),
  given('contact.created', TODAY - 90, { data: { contactId: 'ann', isSponsor: true, role: 'CFO' } }),
  given('goal.set', TODAY - 60, { data: { goalId: 'g', target: 10 } }),
  given('goal.met', TODAY - 6, { data: { goalId: 'g' } }),
];

function dateOf(days: number): string {
  return formatDay(TODAY + days);
}

type Make = (when: number, id: string) => CustomerEvent;
const shared: fc.Arbitrary<Make> = eventShapes.map(
  ({ type, data }): Make =>
    (when, id) =>
      given(type, when, { id, data } as never) as CustomerEvent,
);
const notices: fc.Arbitrary<Make> = fc
  .tuple(fc.constantFrom('crm', 'support'), fc.constantFrom('source.gap-detected', 'source.resynced'))
  .map(
    ([source, type]): Make =>
      (when, id) =>
        type === 'source.resynced'
          ? given(type, when, { id, source, data: {} })
          : given('source.gap-detected', when, { id, source, data: { cause: 'gap-marker' } }),
  );
const anyEvent = fc.oneof({ weight: 12, arbitrary: shared }, { weight: 1, arbitrary: notices });

const streams = fc
  .array(fc.tuple(anyEvent, fc.integer({ min: 0, max: 120 })), { minLength: 1, maxLength: 25 })
  .map((told) =>
    told.map(([make, daysAgo], index) => ({
      ...make(TODAY - daysAgo, `e${index}`),
      receivedAt: TODAY * DAY_MS,
    })),
  );

describe.each(CHOICES)('a customer, whatever happens, %s', (_name, models) => {
  const on = (today: number) => contextOn(today, { feeds: FRESH, findings: JUDGED, models });

  function after(events: readonly CustomerEvent[], options: { isStored?: boolean } = {}): CustomerCourse {
    const course = new CustomerCourse(options);
    for (const event of events) course.take(event, on(TODAY));
    return course;
  }

  it('is told the churn model that its portfolio was fitted to, and moved to it with reasons that add up (N11)', () => {
    expect(CHURN?.model).toMatchObject({ id: 'churn-fitted', version: '2024-06-01' });
    fc.assert(
      fc.property(streams, (events) => {
        const course = new CustomerCourse();
        const before = contextOn(TODAY, { feeds: FRESH, findings: FINDINGS, models });
        for (const event of events) course.take(event, before);
        const tomorrow = { ...on(TODAY + 1), contextVersion: 2 };
        const [change] = course
          .begin(tomorrow)
          .filter(isScoreChange)
          .filter(({ score }) => score === 'churn');
        if (change === undefined || change.band === 'ended') return;
        expect(change.model).toEqual({ id: 'churn-fitted', version: '2024-06-01' });
        const sum = change.reasons.reduce((total, { contribution }) => total + contribution, 0);
        if (change.delta !== null) expect(sum).toBe(change.delta);
        expect(course.changes.at(-1)?.cause).toMatch(/^(reference-change|time-decay)$/);
      }),
      { numRuns: 40 },
    );
  });

  it('has the same features in whatever order events arrive, repeats included (N5)', () => {
    const orders = streams.chain((events) => {
      const repeated = [...events, ...events.slice(0, 5)];
      return fc.tuple(fc.constant(events), fc.shuffledSubarray(repeated, { minLength: repeated.length }));
    });
    fc.assert(
      fc.property(orders, ([events, shuffled]) => {
        const [one, other] = [after(events).state, after(shuffled).state];
        // What sources tell of themselves makes nobody a customer.
        if (one === undefined || other === undefined) return void expect(other).toBe(one);
        expect(JSON.stringify(featuresOf(other))).toBe(JSON.stringify(featuresOf(one)));
        expect(other.published.ltv).toEqual(one.published.ltv);
        expect(other.published.complexity?.value ?? null).toBe(one.published.complexity?.value ?? null);
        expect(other.published.crossSell).toBe(one.published.crossSell);
        expect(other.published.notices).toEqual(one.published.notices);
      }),
      { numRuns: 200 },
    );
  });

  it('has reasons in every score change that sum exactly to its delta, or to a first value (N1)', () => {
    fc.assert(
      fc.property(streams, fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 6 }), (events, pauses) => {
        const course = after(events);
        let today = TODAY;
        for (const pause of pauses) {
          today += pause;
          course.begin(on(today));
        }
        for (const change of course.changes.flatMap(({ changes }) => changes).filter(isScoreChange)) {
          if (change.value === null) continue;
          const sum = change.reasons.reduce((total, { contribution }) => total + contribution, 0);
          expect(sum).toBe(change.delta ?? change.value);
          if (change.previous !== null) expect(change.value - change.previous).toBe(change.delta);
        }
        expect(course.changes.map(({ sequence }) => sequence)).toEqual(
          course.changes.map((_, index) => index + 1),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('misses nothing by deciding only the parts that an event moves', () => {
    const step = fc.tuple(anyEvent, fc.constantFrom(0, 0, 1, 2, 9), fc.constantFrom(0, 0, 0, 1, 40));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        const course = new CustomerCourse();
        let today = TODAY;
        steps.forEach(([make, days, daysAgo], index) => {
          for (const until = today + days; today < until; ) {
            today += 1;
            course.begin(on(today));
          }
          const event = { ...make(today - daysAgo, `e${index}`), receivedAt: today * DAY_MS };
          course.take(event, on(today));
          const again = new CustomerCourse();
          again.state = course.state;
          const missed = again.begin(on(today), { isForced: true });
          const missedShadows = again.shadowScores;
          expect({ after: event.type, missed, missedShadows }).toEqual({
            after: event.type,
            missed: [],
            missedShadows: [],
          });
        });
      }),
      { numRuns: 60 },
    );
  });

  it('misses nothing by deciding only the parts that an item of the context moves', () => {
    const item = fc.constantFrom(...CONTEXT_ITEMS);
    const step = fc.tuple(item, fc.constantFrom(0, 0, 1, 9), fc.option(anyEvent));
    const past = fc.subarray([...BUSY], { minLength: BUSY.length - 6 });
    fc.assert(
      fc.property(past, fc.array(step, { minLength: 1, maxLength: 12 }), (events, steps) => {
        const course = after(events);
        let context = on(TODAY);
        steps.forEach(([changedItem, days, make], index) => {
          const today = context.day + days;
          context = { ...changed(context, changedItem), day: today, startsAt: today * DAY_MS };
          course.begin(context);
          if (make !== null)
            course.take({ ...make(today, `e${index}`), receivedAt: today * DAY_MS }, context);
          const again = new CustomerCourse();
          again.state = course.state;
          const missed = again.begin(context, { isForced: true });
          const told = { changedItem, missed, missedShadows: again.shadowScores };
          expect(told).toEqual({ changedItem, missed: [], missedShadows: [] });
        });
      }),
      { numRuns: 60 },
    );
  });

  it('misses nothing by sleeping until its next review day (N3)', () => {
    fc.assert(
      fc.property(streams, (events) => {
        const [sleeping, awake] = [after(events), after(events)];
        for (let today = TODAY + 1; today <= TODAY + 420; today++) {
          sleeping.begin(on(today));
          awake.begin(on(today), { isForced: true });
        }
        const told = ({ changes }: CustomerCourse) =>
          changes.map(({ asOf, changes: all }) => ({ asOf, all }));
        expect(told(sleeping)).toEqual(told(awake));
        const tried = ({ shadowScores }: CustomerCourse) =>
          shadowScores.map(({ asOf, live, shadows }) => ({ asOf, live, shadows }));
        expect(tried(sleeping)).toEqual(tried(awake));
        expect(sleeping.state?.published.outcomes).toEqual(awake.state?.published.outcomes);
      }),
      // Each day of 420 scores every model that is tried.
      { numRuns: models.shadows === undefined ? 40 : 10 },
    );
  });

  it('is the same byte for byte when it is stored and read back between any two events', () => {
    fc.assert(
      fc.property(streams, (events) => {
        const [kept, stored] = [after(events), after(events, { isStored: true })];
        expect(JSON.stringify(stored.state)).toBe(JSON.stringify(kept.state));
        expect(JSON.stringify(stored.changes)).toBe(JSON.stringify(kept.changes));
        expect(JSON.stringify(stored.shadowScores)).toBe(JSON.stringify(kept.shadowScores));
      }),
      { numRuns: 60 },
    );
  });
});
