import type { CustomerEvent, EventData, FeedStatuses } from '@bellwether/events';
import { formatDay } from '@bellwether/events';
import { standingsOf } from '../../packages/domain/src/agreements/agreement-status.ts';
import { day, given as event } from '../../packages/domain/src/customer/test-support.ts';
import { CS_FRAMEWORK } from '../../packages/domain/src/models/shipped/cs-framework.ts';
import { decideUpsell } from '../../packages/domain/src/opportunities/decide-upsell.ts';
import { expansionOf } from '../../packages/domain/src/opportunities/expansion.ts';
import {
  type ExpansionKind,
  offerOutcomesOf,
} from '../../packages/domain/src/opportunities/expansion-months.ts';
import { growthOf } from '../../packages/domain/src/opportunities/expansion-pattern.ts';
import { type UpsellCode, upsellOf } from '../../packages/domain/src/opportunities/upsell.ts';
import {
  type Holding,
  type Offering,
  peerOfferingsOf,
  whitespaceOf,
} from '../../packages/domain/src/opportunities/whitespace.ts';
import { allFeeds, customerAfter } from '../../packages/domain/src/signals/test-support.ts';
import { opportunitiesAfter } from '../../packages/domain/src/value/test-support.ts';
import { decideQbrDue } from '../../packages/domain/src/warnings/decide-qbr-due.ts';
import {
  decideWarnings,
  type PublishedWarnings,
} from '../../packages/domain/src/warnings/decide-warnings.ts';
import {
  anchoredSeverity,
  renewalAnchorOf,
  renewalCallOf,
  type Severity,
} from '../../packages/domain/src/warnings/renewal-anchor.ts';
import type { Detector, WarningInput } from '../../packages/domain/src/warnings/sign.ts';
import { reviewsAfter } from '../../packages/domain/src/warnings/test-support.ts';
import { examples as tenantExamples, toldOf } from './owed-and-silent.ts';
import { agreementsOf } from './value.ts';

const WORTH = { valueMinor: 0, currency: 'USD' };

type Agreements = NonNullable<Parameters<typeof agreementsOf>[0]>;

/** What happened to a customer, as a document writes it. */
interface Happening {
  readonly on: string;
  readonly type:
    | 'activity.usage-reported'
    | 'ticket.escalated'
    | 'engagement.qbr-scheduled'
    | 'engagement.qbr-held'
    | 'engagement.qbr-missed'
    | 'contact.changed'
    | 'contact.left';
  readonly [field: string]: unknown;
}
/** A customer, and what stood of it before. */
interface Watched {
  readonly events: readonly Happening[];
  readonly on: readonly string[];
  readonly strategic?: boolean;
  readonly since?: string;
  readonly silentFeeds?: readonly string[];
}

function eventsOf(events: readonly Happening[]): readonly CustomerEvent[] {
  return events.map(({ on, type, ...data }) => {
    const named = type.startsWith('engagement.') ? { engagementId: `review-${on}`, ...data } : data;
    return event(type, on, { data: named as EventData<typeof type> }) as CustomerEvent;
  });
}

function inputOf({ events, strategic = false, since, silentFeeds = [] }: Watched, on: string): WarningInput {
  const today = day(on);
  const told = eventsOf(events).filter((one) => one.day <= today);
  const stale = Object.fromEntries(
    silentFeeds.map((feed) => [feed, { status: 'stale', lastDay: today - 9 }]),
  );
  const feeds: FeedStatuses = { ...allFeeds('fresh'), ...stale };
  const reviews = reviewsAfter(told);
  const sinceDay = since === undefined ? null : day(since);
  return {
    signals: customerAfter(told, today),
    reviews,
    isStrategic: strategic,
    sinceDay,
    feeds,
    today,
    nearRenewal: () => null,
    firstYear: null,
  };
}

/** What was told of one detector on each of some days. */
function toldBy(detector: Detector, given: Watched) {
  let standing: PublishedWarnings = [];
  const told: { [on: string]: string } = {};
  for (const on of given.on) {
    const { published, situations } = decideWarnings(standing, inputOf(given, on), WORTH);
    standing = published;
    const own = situations.find(({ cause }) => cause === detector);
    told[on] = own === undefined ? 'nothing' : `${own.type.split('.').at(-1)}: ${own.text}`;
  }
  return { told };
}

/** The worked examples of `docs/scoring/warnings-and-opportunities.md`. */
export const examples = {
  'usage-decline': (given: Omit<Watched, 'events' | 'on'> & { readonly months: readonly number[] }) => {
    const lastDay = day('2024-06-30');
    const events = given.months.map((count, index): Happening => {
      const on = formatDay(lastDay - 30 * index);
      return { on, type: 'activity.usage-reported', count };
    });
    const oldest = formatDay(lastDay - 30 * given.months.length + 1);
    const first: Happening = { on: oldest, type: 'activity.usage-reported', count: 1 };
    return toldBy('usage-decline', { ...given, events: [...events, first], on: ['2024-06-30'] });
  },
  escalations: (given: Watched) => toldBy('ticket-escalations', given),
  'quarterly-review': (given: Watched) => toldBy('quarterly-review', given),
  turnover: (given: Watched) => toldBy('executive-turnover', given),

  'review-due': (given: Watched) => {
    let standing: Parameters<typeof decideQbrDue>[0] = null;
    const told: { [on: string]: string } = {};
    for (const on of given.on) {
      const { published, situations } = decideQbrDue(standing, inputOf(given, on), WORTH);
      standing = published;
      const [own] = situations;
      told[on] = own === undefined ? 'nothing' : `${own.code}: ${own.text}`;
    }
    return { told };
  },

  'first-year-health': (given: { readonly healths: readonly number[] }) => {
    let standing: PublishedWarnings = [];
    const told = given.healths.map((health) => {
      const firstYear = {
        overDay: day('2025-01-01'),
        healthHundredths: Math.round(100 * health),
        heldHundredths: null,
        isSpoilt: false,
        ...CS_FRAMEWORK.bands,
      };
      const input = { ...inputOf({ events: [], on: [] }, '2024-06-01'), firstYear };
      const { published, situations } = decideWarnings(standing, input, WORTH);
      standing = published;
      return toldOf(situations);
    });
    return { told };
  },

  ...tenantExamples,

  'anchored-severity': (given: {
    readonly severity: Severity;
    readonly daysLeft: readonly (number | null)[];
  }) => ({
    severities: given.daysLeft.map((daysLeft) => anchoredSeverity(given.severity, daysLeft)),
  }),

  'renewal-call': (given: {
    readonly agreements: Agreements;
    readonly lastCall?: string;
    readonly on: readonly string[];
  }) => {
    const lastCallDay = given.lastCall === undefined ? null : day(given.lastCall);
    const calls = given.on.map((on) => {
      const today = day(on);
      const anchor = renewalAnchorOf(standingsOf(agreementsOf(given.agreements), today), today);
      const call = anchor === null ? null : renewalCallOf(anchor, { lastCallDay, today });
      if (call === null) return [on, 'no call is asked for'];
      return [on, `${call.checkpoint} days: ${call.madeDay === null ? 'asked for' : 'made'}`];
    });
    return Object.fromEntries(calls);
  },

  upsell: (given: {
    readonly agreements: Agreements;
    readonly on: string;
    /** Readings one after the other: health in points, seats in use in percent, features used. */
    readonly readings: readonly (readonly [
      health: number | null,
      seats: number | null,
      features: number | null,
    ])[];
  }) => {
    const today = day(given.on);
    const standings = standingsOf(agreementsOf(given.agreements), today);
    let standing: UpsellCode | null = null;
    const told = given.readings.map(([health, seats, featuresUsed]) => {
      const input = {
        standings,
        opportunities: [],
        healthHundredths: health === null ? null : 100 * health,
        seatUseBasisPoints: seats === null ? null : 100 * seats,
        featuresUsed,
        today,
      };
      const upsell = upsellOf(input, { isRaised: standing !== null });
      const decided = decideUpsell(standing, upsell, { input, ...WORTH });
      standing = decided.published;
      return decided.situation === null
        ? 'nothing'
        : `${decided.situation.type.split('.').at(-1)}: ${decided.situation.code}`;
    });
    return { told };
  },

  'offers-raised': ({
    raised,
    deals,
    today,
  }: {
    readonly raised: readonly { readonly kind: ExpansionKind; readonly on: string }[];
    readonly deals: readonly { readonly kind: ExpansionKind; readonly on: string }[];
    readonly today: string;
  }) =>
    offerOutcomesOf(
      raised.map(({ kind, on }) => ({ kind, day: day(on) })),
      deals.map(({ kind, on }) => ({ kind, day: day(on), isWon: true, amountMinor: 1 })),
      day(today),
    ),
  expansion: (given: {
    readonly today: string;
    readonly agreements: Agreements;
    readonly decided: readonly {
      readonly kind: 'upsell' | 'cross-sell' | 'new';
      readonly on: string;
      readonly won: boolean;
      readonly amountMinor: number;
    }[];
  }) => {
    const closed = given.decided.map(({ kind, on, won, amountMinor }, index) =>
      event(won ? 'opportunity.won' : 'opportunity.lost', on, {
        data: { opportunityId: `o${index}`, opportunityKind: kind, amountMinor },
      }),
    );
    const facts = { agreements: agreementsOf(given.agreements), opportunities: opportunitiesAfter(closed) };
    return expansionOf(facts, day(given.today));
  },

  growth: (given: { readonly points: readonly number[] }) => ({ growthBasisPoints: growthOf(given.points) }),

  whitespace: (given: {
    readonly holds: readonly Offering[];
    readonly peers: readonly (readonly Holding[])[];
  }) => ({
    items: whitespaceOf(
      given.holds,
      peerOfferingsOf([given.holds.map((one) => ({ ...one, valueMinor: 0 })), ...given.peers]),
    ).map((item) => ({ ...item })),
  }),
} as const;
