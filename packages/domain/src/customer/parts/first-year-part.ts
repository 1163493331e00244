import { accountAgeDaysOf, accountSinceOf } from '../../relationship/account-since.ts';
import { FIRST_YEAR_DAYS, firstYearOf } from '../../tier/first-year.ts';
import type { Part } from './part.ts';
import { situationPart } from './situation-part.ts';

/** Platinum and Gold customers in their first year: "First Year, First Class" (S84). */
export const firstYearPart: Part<'firstYear'> = situationPart({
  rule: 'first-year',
  types: { begun: 'program.first-year.raised', ended: 'program.first-year.withdrawn' },
  cause: 'first-year',
  reads: ['firstEventDay', 'profile', 'agreements'],
  asks: [],
  follows: ['tier'],
  decide: (_held, { after, context, published }) => {
    const accountAgeDays = accountAgeDaysOf(accountSinceOf(after), context.day);
    const valueTier = published.tier?.labels.valueTier ?? null;
    if (firstYearOf({ valueTier, accountAgeDays }).value !== true) return null;
    return {
      code: 'first-year',
      text: 'Platinum or Gold in its first year: a dedicated manager and an executive sponsor',
      reasons: [],
    };
  },
  endedText: 'The first year is over, or the tier is another',
  nextDay: ({ after, context }) => {
    const overDay = accountSinceOf(after).day + FIRST_YEAR_DAYS + 1;
    return overDay > context.day ? overDay : null;
  },
});
