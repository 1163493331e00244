import type { Agreement, Traits } from './customer.ts';
import {
  DAYS_PER_YEAR,
  DRIFT_DAYS,
  DRIFT_REASONS,
  DRIFTS_PER_CUSTOMER_YEAR,
  QUIET_START_DAYS,
  RECOVERY_SHARE,
} from './parameters.ts';
import { Random } from './random.ts';
import type { DriftPlan } from './truth.ts';

const ONBOARDING_DAYS = 75;
const AT_RENEWAL_SHARE = 0.7;

/** That a customer will drift, and from when at the earliest. */
export interface StartOfDrift {
  readonly earliestDay: number;
}

/**
 * Who drifts, and when. Each year takes its share of the customers, without repeats, in an order drawn from the
 * seed; so the share is exact and does not depend on how many days are simulated.
 */
export function startsOfDrift(options: {
  seed: number;
  customers: number;
  startDay: number;
}): Map<number, StartOfDrift> {
  const random = new Random(`${options.seed}/drift`);
  const order = random.shuffled(Array.from({ length: options.customers }, (_, index) => index));
  const perYear = options.customers * DRIFTS_PER_CUSTOMER_YEAR;
  const starts = new Map<number, StartOfDrift>();
  for (const [place, index] of order.entries()) {
    const year = Math.floor(place / perYear);
    const day = random.integer(year === 0 ? QUIET_START_DAYS : 0, DAYS_PER_YEAR - 1);
    starts.set(index, { earliestDay: options.startDay + year * DAYS_PER_YEAR + day });
  }
  return starts;
}

/** What a drift has to fit into. */
export interface DriftFrame {
  readonly start: StartOfDrift;
  readonly traits: Traits;
  readonly agreements: readonly Agreement[];
}

/** How one customer's drift goes: 30 to 120 days to the end of all agreements, or back to normal. */
export function planDrift(random: Random, frame: DriftFrame): DriftPlan {
  const startDay = Math.max(frame.start.earliestDay, frame.traits.joinedDay + ONBOARDING_DAYS);
  const [shortest, longest] = DRIFT_DAYS;
  const lastDay = startDay + random.integer(shortest, longest);
  const recovers = random.chance(RECOVERY_SHARE);
  const atRenewal = random.chance(AT_RENEWAL_SHARE);
  // Where a term runs out while it drifts, a customer mostly waits for that day instead of terminating.
  const renewal = frame.agreements.find(
    ({ endDay }) => endDay !== null && endDay + 1 >= startDay + shortest && endDay + 1 <= startDay + longest,
  );
  const churnDay = atRenewal && renewal?.endDay ? renewal.endDay + 1 : lastDay;
  return {
    startDay,
    reason: drawReason(random, frame.traits),
    churnDay: recovers ? null : churnDay,
    recoveredDay: recovers ? lastDay : null,
    strength: random.between(0.4, 1),
    shape: random.between(0.5, 1.5),
  };
}

function drawReason(random: Random, traits: Traits): DriftPlan['reason'] {
  const reasons = DRIFT_REASONS;
  return random.weighted({
    // Use that nobody measures cannot be what is seen to decline.
    'usage-decline': traits.hasTelemetry ? reasons['usage-decline'].share : 0,
    'support-trouble': reasons['support-trouble'].share,
    'sponsor-left': reasons['sponsor-left'].share,
    'value-doubt': reasons['value-doubt'].share,
    'budget-cut': reasons['budget-cut'].share,
    acquired: reasons.acquired.share,
  });
}
