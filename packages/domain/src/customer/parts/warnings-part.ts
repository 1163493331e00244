import { packFor } from '../../models/tenant-models.ts';
import { lesserOf } from '../../ordering.ts';
import { accountAgeDaysOf, accountSinceOf } from '../../relationship/account-since.ts';
import { reviewsOf } from '../../relationship/qbr-of.ts';
import { FIRST_YEAR_DAYS, firstYearOf } from '../../tier/first-year.ts';
import { decideQbrDue, QBR_DUE_CAUSE } from '../../warnings/decide-qbr-due.ts';
import { decideWarnings, nextWarningDay } from '../../warnings/decide-warnings.ts';
import { nearRenewalOf } from '../../warnings/renewal-anchor.ts';
import { nextReviewDayOf, REVIEW_NOTICE_DAYS } from '../../warnings/review-days.ts';
import type { FirstYearHealth, SignInput, WarningInput } from '../../warnings/sign.ts';
import { isSpoilt } from './is-spoilt.ts';
import { nextRenewalDayOf } from './next-agreement-day.ts';
import type { Part, Scene } from './part.ts';
import { daysOf } from './situation-days.ts';
import { sizeOf } from './size-of.ts';
import { worthOf } from './worth.ts';

/** The early warning signs (S43, S101), with the one of the first year (S84), graver as the renewal nears (N18). */
export const warningsPart: Part<'warnings'> = {
  reads: ['firstEventDay', 'profile', 'agreements', 'signals', 'relationship'],
  asks: ['feeds', 'models'],
  follows: ['health', 'tier'],
  decide: (previous, scene) => {
    const input = warningInputOf(scene);
    const { published, situations } = decideWarnings(previous, input, worthOf(scene));
    const renewalDay = published.length === 0 ? null : nextRenewalDayOf(scene.standings(), input.today);
    return { published, changes: situations, nextDay: lesserOf(nextWarningDay(input), renewalDay) };
  },
  situationsOf: (warnings) =>
    warnings.map(({ detector, code, renewal }) => ({
      rule: 'early-warning',
      cause: detector,
      code,
      ...daysOf(renewal),
    })),
};

/** A quarterly business review that is due to a strategic account (S20). */
export const qbrDuePart: Part<'qbrDue'> = {
  reads: ['firstEventDay', 'profile', 'agreements', 'relationship'],
  asks: ['feeds'],
  movesWith: (before, { after }) => before.signals.engagement !== after.signals.engagement,
  follows: ['tier'],
  decide: (previous, scene) => {
    const input = reviewInputOf(scene);
    const { published, situations } = decideQbrDue(previous, input, worthOf(scene));
    return { published, changes: situations, nextDay: nextReviewDayOf(input) };
  },
  situationsOf: (due) =>
    due === null
      ? []
      : [
          {
            rule: 'qbr-due',
            cause: QBR_DUE_CAUSE,
            code: 'not-scheduled',
            dueDay: due.dueDay,
            daysBefore: REVIEW_NOTICE_DAYS,
          },
        ],
};

function warningInputOf(scene: Scene): WarningInput {
  const { context } = scene;
  return {
    ...reviewInputOf(scene),
    nearRenewal: () => nearRenewalOf(scene.standings(), context.day),
    firstYear: firstYearHealthOf(scene),
  };
}

function reviewInputOf({ after, context, published }: Scene): SignInput {
  const { signals, relationship } = after;
  return {
    signals,
    reviews: reviewsOf(relationship.engagements),
    isStrategic: published.tier?.labels.strategic === 'yes',
    sinceDay: accountSinceOf(after).day,
    feeds: context.feeds,
    today: context.day,
  };
}

/** Null for all but a Platinum or Gold customer in its first year (S84). */
function firstYearHealthOf({ after, context, published: { health, tier } }: Scene): FirstYearHealth | null {
  const since = accountSinceOf(after);
  const accountAgeDays = accountAgeDaysOf(since, context.day);
  const valueTier = tier?.labels.valueTier ?? null;
  if (health === null || firstYearOf({ valueTier, accountAgeDays }).value !== true) return null;
  return {
    overDay: since.day + FIRST_YEAR_DAYS + 1,
    healthHundredths: health.valueHundredths,
    heldHundredths: health.heldHundredths ?? null,
    isSpoilt: isSpoilt(health),
    ...packFor(context.models, sizeOf(after)).bands,
  };
}
