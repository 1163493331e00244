import type { SituationChange } from '@bellwether/events';
import { day } from '../../packages/domain/src/customer/test-support.ts';
import {
  decideSilentSources,
  type PublishedSilence,
} from '../../packages/domain/src/feeds/decide-silent-sources.ts';
import { feedStatuses } from '../../packages/domain/src/feeds/feed-statuses.ts';
import {
  decideLoopOverdue,
  type PublishedLoopOverdue,
} from '../../packages/domain/src/relationship/decide-loop-overdue.ts';
import { allFeeds } from '../../packages/domain/src/signals/test-support.ts';

const WORTH = { valueMinor: 0, currency: 'USD' };

/** What was told at once, in words. */
export function toldOf(situations: readonly SituationChange[]): string {
  if (situations.length === 0) return 'nothing';
  return situations.map(({ type, text }) => `${type.split('.').at(-1)}: ${text}`).join('; ');
}

/** Worked examples of `docs/scoring/warnings-and-opportunities.md`: answers that are owed, sources that are silent. */
export const examples = {
  'owed-answer': (given: {
    readonly said: readonly { readonly on: string; readonly id: string; readonly role?: string }[];
    readonly answered: { readonly [id: string]: string };
    readonly on: readonly string[];
  }) => {
    const loops = given.said.map(({ on, id, role }) => ({
      loop: { id, kind: 'nps' as const, day: day(on), ...(role === undefined ? {} : { role }) },
      closedDay: given.answered[id] === undefined ? null : day(given.answered[id]),
    }));
    let standing: PublishedLoopOverdue = null;
    const told: { [on: string]: string } = {};
    for (const on of given.on) {
      const today = day(on);
      const known = loops.map(({ loop, closedDay }) => {
        return { ...loop, closedDay: closedDay !== null && closedDay <= today ? closedDay : null };
      });
      const input = { loops: known, feeds: allFeeds('fresh'), today };
      const { published, situations } = decideLoopOverdue(standing, input, WORTH);
      standing = published;
      told[on] = toldOf(situations);
    }
    return { told };
  },

  'silent-source': (given: {
    readonly lastHeard: { readonly [feed: string]: string };
    readonly back: { readonly [feed: string]: string };
    readonly on: readonly string[];
  }) => {
    let standing: PublishedSilence = [];
    const told: { [on: string]: string } = {};
    for (const on of given.on) {
      const today = day(on);
      const lastDays = Object.entries(given.lastHeard).map(([feed, heard]) => {
        const backDay = given.back[feed] === undefined ? null : day(given.back[feed]);
        return [feed, backDay !== null && backDay <= today ? backDay : day(heard)];
      });
      const statuses = feedStatuses(Object.fromEntries(lastDays), today);
      const { published, situations } = decideSilentSources(standing, statuses, 'USD');
      standing = published;
      told[on] = toldOf(situations);
    }
    return { told };
  },
};
