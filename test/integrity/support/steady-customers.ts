import { type CustomerEvent, DAY_MS, type EventData, type EventType, formatDay } from '@bellwether/events';
import { TENANT } from './world.ts';

/** How one customer is, all its life: nothing of it changes, so that nothing but data can be missing. */
interface Habits {
  readonly name: string;
  readonly offset: number;
  readonly uses: number;
  readonly features: number;
  readonly ticketEvery: number;
  readonly severity: number;
  readonly resolvedAfter: number;
  readonly score: number;
  readonly amountMinor: number;
  /** As the CRM has it; null: by value. */
  readonly tier: string | null;
  readonly isSponsored: boolean;
  readonly meets: boolean;
  readonly meetsGoals: boolean;
}

/** A customer who is good in some ways and poor in others, so that each source may be what keeps it above a border. */
export function habitsOf(name: string, chance: () => number): Habits {
  const level = () => Math.floor(4 * chance());
  const [usage, tickets, mood] = [level(), level(), level()];
  return {
    name,
    offset: Math.floor(7 * chance()),
    uses: [1, 2, 6, 12][usage] ?? 1,
    features: 1 + 2 * usage + Math.floor(2 * chance()),
    ticketEvery: [9, 14, 28, 28][tickets] ?? 9,
    severity: 1 + tickets,
    resolvedAfter: [8, 4, 1, 1][tickets] ?? 1,
    score: [1, 2, 4, 5][mood] ?? 1,
    amountMinor: [20_00, 300_00, 4_000_00, 50_000_00][Math.floor(4 * chance())] ?? 1,
    tier: chance() < 0.5 ? 'Gold' : null,
    isSponsored: chance() < 0.7,
    meets: chance() < 0.8,
    meetsGoals: chance() < 0.7,
  };
}

type Told = { [T in EventType]: { readonly type: T; readonly data: EventData<T> } }[EventType];

/** What a steady customer tells on one day of its life, day 0 being the first. */
export function eventsOn(habits: Habits, { day, age }: { readonly day: number; readonly age: number }) {
  const told = age === 0 ? beginning(habits, day) : daily(habits, { day, age });
  return told.map(
    ({ type, data }, index) =>
      ({
        kind: 'event',
        tenant: TENANT,
        customerId: habits.name,
        id: `${habits.name}-${age}-${index}`,
        source: 'test',
        type,
        time: day * DAY_MS + DAY_MS / 2 + index,
        day,
        receivedAt: day * DAY_MS + DAY_MS / 2 + index,
        historical: false,
        data,
      }) as CustomerEvent,
  );
}

function beginning(habits: Habits, day: number): readonly Told[] {
  const { amountMinor, isSponsored, tier } = habits;
  const startDate = formatDay(day - 30);
  return [
    {
      type: 'customer.profile',
      data: { createdDate: formatDay(day - 500), employees: 80, ...(tier === null ? {} : { tier }) },
    },
    {
      type: 'agreement.created',
      data: { agreementId: 'msa', agreementType: 'MSA', valueMinor: amountMinor, currency: 'USD', startDate },
    },
    {
      type: 'agreement.created',
      data: {
        agreementId: 'sow',
        agreementType: 'SOW',
        valueMinor: amountMinor,
        currency: 'USD',
        startDate,
        endDate: formatDay(day + 1_500),
      },
    },
    {
      type: 'contact.created',
      data: { contactId: 'ann', isSponsor: isSponsored, role: 'CFO', hasEmail: true },
    },
    ...daily(habits, { day, age: 0 }),
  ];
}

function daily(
  habits: Habits,
  { day, age }: { readonly day: number; readonly age: number },
): readonly Told[] {
  const { offset, uses, features, ticketEvery, severity, resolvedAfter, score, amountMinor } = habits;
  const every = (days: number, after = 0) => (age + offset) % days === after % days;
  const told: Told[] = [];
  if (every(2)) {
    told.push({
      type: 'activity.usage-reported',
      data: { count: uses, activeUsers: uses, licensedSeats: 12 },
    });
    told.push({ type: 'activity.feature-used', data: { feature: `f${(age + offset) % (2 * features)}` } });
  }
  if (every(ticketEvery))
    told.push({
      type: 'ticket.opened',
      data: { ticketId: `t${Math.floor((age + offset) / ticketEvery)}`, severity },
    });
  if (every(ticketEvery, resolvedAfter) && age >= ticketEvery)
    told.push({
      type: 'ticket.resolved',
      data: { ticketId: `t${Math.floor((age + offset) / ticketEvery)}` },
    });
  const survey = { score, scaleMin: 1, scaleMax: 5 };
  if (every(14)) told.push({ type: 'feedback.csat', data: survey });
  if (every(14, 7))
    told.push({ type: 'feedback.nps', data: { score: 2 * score, scaleMin: 0, scaleMax: 10 } });
  if (every(30)) told.push({ type: 'payment.paid', data: { amountMinor, recurringMonths: 1 } });
  if (every(30, 3)) told.push({ type: 'marketing.touch', data: { channel: 'email' } });
  if (every(30, 5) && habits.meets)
    told.push({
      type: 'engagement.meeting-held',
      data: { engagementId: `m${age}`, level: 'VP', attendees: 3 },
    });
  if (every(30, 6))
    told.push({ type: 'engagement.outreach-sent', data: { engagementId: `o${age}`, channel: 'email' } });
  if (every(60, 8))
    told.push({ type: 'goal.set', data: { goalId: `g${age}`, dueDate: formatDay(day + 30) } });
  if (every(60, 30) && habits.meetsGoals && age >= 60)
    told.push({ type: 'goal.met', data: { goalId: `g${age - 22}` } });
  if (every(60, 10))
    told.push({
      type: 'opportunity.created',
      data: { opportunityId: `s${age}`, opportunityKind: 'upsell', amountMinor },
    });
  if (every(60, 20) && age >= 60)
    told.push({ type: 'opportunity.won', data: { opportunityId: `s${age - 10}` } });
  if (every(45, 40)) told.push({ type: 'contact.changed', data: { contactId: 'ann', hasEmail: true } });
  if (every(45, 20)) told.push({ type: 'customer.profile', data: { employees: 80 } });
  if (every(45, 30)) told.push({ type: 'agreement.amended', data: { agreementId: 'sow', deltaMinor: 0 } });
  return told;
}
