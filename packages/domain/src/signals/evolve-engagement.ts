import type { CustomerEvent } from '@bellwether/events';
import { latestDay } from './entities.ts';
import type { EngagementState } from './state.ts';

export type EngagementEvent = Extract<CustomerEvent, { readonly type: `engagement.${string}` }>;

/** Notes the newest day of what happened (S36, S101); the same reference when it is not newer. */
export function evolveEngagement(engagement: EngagementState, event: EngagementEvent): EngagementState {
  switch (event.type) {
    case 'engagement.qbr-held':
      return noted(noted(engagement, 'lastQbrHeldDay', event.day), 'lastMeetingDay', event.day);
    case 'engagement.meeting-held':
      return noted(engagement, 'lastMeetingDay', event.day);
    case 'engagement.qbr-missed':
      return noted(engagement, 'lastQbrMissedDay', event.day);
    case 'engagement.outreach-sent':
      return noted(engagement, 'lastOutreachDay', event.day);
    case 'engagement.qbr-scheduled':
    case 'engagement.action-item-recorded':
      return engagement;
  }
}

function noted(engagement: EngagementState, field: keyof EngagementState, day: number): EngagementState {
  const latest = latestDay(engagement[field], day);
  return latest === engagement[field] ? engagement : { ...engagement, [field]: latest };
}
