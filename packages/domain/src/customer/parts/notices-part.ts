import { decideRenewals } from '../../renewals/decide-renewals.ts';
import { nextRenewalDayOf } from './next-agreement-day.ts';
import type { Part } from './part.ts';
import { worthOf } from './worth.ts';

/** Renewals that fall due (S11). */
export const noticesPart: Part<'notices'> = {
  reads: ['agreements'],
  asks: [],
  follows: [],
  decide: (previous, scene) => {
    const standings = scene.standings();
    const worth = worthOf(scene);
    const { notices, situations } = decideRenewals(previous, standings, worth);
    return {
      published: notices,
      changes: situations,
      nextDay: nextRenewalDayOf(standings, worth.today),
    };
  },
  situationsOf: (notices) =>
    notices.map(([agreementId, dueDay, daysBefore]) => ({
      rule: 'renewal',
      cause: agreementId,
      code: null,
      dueDay,
      daysBefore,
    })),
};
