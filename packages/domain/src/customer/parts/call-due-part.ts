import { whyMissing } from '../../health/reading.ts';
import { CALL_DUE_CAUSE, decideCallDue } from '../../warnings/decide-call-due.ts';
import { lastCallDayOf, renewalAnchorOf, renewalCallOf } from '../../warnings/renewal-anchor.ts';
import { nextRenewalDayOf } from './next-agreement-day.ts';
import type { Part } from './part.ts';
import { worthOf } from './worth.ts';

/** The call that somebody has to make before a renewal (N18). */
export const callDuePart: Part<'callDue'> = {
  reads: ['agreements', 'opportunities'],
  asks: ['feeds'],
  follows: [],
  decide: (previous, scene) => {
    const { day: today, feeds } = scene.context;
    const standings = scene.standings();
    const anchor = renewalAnchorOf(standings, today);
    const lastCallDay = lastCallDayOf(scene.after.opportunities);
    const call = anchor === null ? null : renewalCallOf(anchor, { lastCallDay, today });
    const isHeard = whyMissing(feeds.opportunity, { wasEverSeen: true }) === undefined;
    const { published, situations } = decideCallDue(previous, { anchor, call, isHeard }, worthOf(scene));
    return { published, changes: situations, nextDay: nextRenewalDayOf(standings, today) };
  },
  situationsOf: (due) =>
    due === null
      ? []
      : [
          {
            rule: 'call-due',
            cause: CALL_DUE_CAUSE,
            code: `call-${due.checkpoint}`,
            dueDay: due.dueDay,
            daysBefore: due.checkpoint,
          },
        ],
};
