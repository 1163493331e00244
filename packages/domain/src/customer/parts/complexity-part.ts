import { certaintyOfComplexity, complexityOf, decideComplexity } from '../../complexity/decide-complexity.ts';
import { nextStandingDayOf } from './next-agreement-day.ts';
import type { Part } from './part.ts';

/** How complex the agreements are to manage (S3). */
export const complexityPart: Part<'complexity'> = {
  reads: ['agreements'],
  asks: ['feeds'],
  follows: [],
  decide: (previous, scene) => {
    const standings = scene.standings();
    const isSpoilt = standings.length > 0 && scene.context.feeds.agreement?.status === 'stale';
    const now = { ...complexityOf(standings), ...(isSpoilt ? { isSpoilt } : {}) };
    const change = decideComplexity(previous, now);
    const nextDay = nextStandingDayOf(standings, scene.context.day);
    return change === null
      ? { published: previous, changes: [], nextDay }
      : { published: now, changes: [change], nextDay };
  },
  scoreOf: (complexity) => {
    if (complexity === null) return null;
    const { value, band, types, renewalDates, paymentTerms } = complexity;
    const parts = { types, renewalDates, paymentTerms };
    return { unit: 'hundredths', value, band, parts, ...certaintyOfComplexity(complexity) };
  },
};
