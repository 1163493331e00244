import { accountSinceOf } from '../../relationship/account-since.ts';
import { reviewsOf } from '../../relationship/qbr-of.ts';
import { decideQbrDue, QBR_DUE_CAUSE } from '../../warnings/decide-qbr-due.ts';
import { decideWarnings, nextWarningDay } from '../../warnings/decide-warnings.ts';
import { nextReviewDayOf, REVIEW_NOTICE_DAYS } from '../../warnings/review-days.ts';
import type { WarningInput } from '../../warnings/sign.ts';
import type { Part, Scene } from './part.ts';
import { worthOf } from './worth.ts';

/** The four early warning signs (S43, S101). */
export const warningsPart: Part<'warnings'> = {
  reads: ['firstEventDay', 'profile', 'agreements', 'signals', 'relationship'],
  asks: ['feeds'],
  follows: ['tier'],
  decide: (previous, scene) => {
    const input = warningInputOf(scene);
    const { published, situations } = decideWarnings(previous, input, worthOf(scene));
    return { published, changes: situations, nextDay: nextWarningDay(input) };
  },
  situationsOf: (warnings) =>
    warnings.map(({ detector, code }) => ({
      rule: 'early-warning',
      cause: detector,
      code,
      dueDay: null,
      daysBefore: null,
    })),
};

/** A quarterly business review that is due to a strategic account (S20). */
export const qbrDuePart: Part<'qbrDue'> = {
  reads: ['firstEventDay', 'profile', 'agreements', 'relationship'],
  asks: ['feeds'],
  movesWith: (before, { after }) => before.signals.engagement !== after.signals.engagement,
  follows: ['tier'],
  decide: (previous, scene) => {
    const input = warningInputOf(scene);
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

function warningInputOf({ after, context, published }: Scene): WarningInput {
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
