import type { CustomerEvent, EventType, FeedStatuses } from '@bellwether/events';

/**
 * For tests only: the stages of a customer, computed anew from all events, the long way. Shares no code with what it
 * judges: it takes nothing but the types of events.
 */

const DAY_MS = 86_400_000;
const STAGES = ['awareness', 'consideration', 'onboarding', 'adoption', 'retention', 'advocacy'];
const AWAY_FROM_ADVOCACY = ['consideration', 'adoption'];

interface Situation {
  readonly events: readonly CustomerEvent[];
  readonly today: number;
  readonly feeds: FeedStatuses;
}
type Of<T extends EventType> = Extract<CustomerEvent, { readonly type: T }>;

function ofTypes<T extends EventType>(events: readonly CustomerEvent[], ...types: readonly T[]): Of<T>[] {
  return events.filter((event): event is Of<T> => types.some((type) => type === event.type));
}
const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
const byTime = (a: CustomerEvent, b: CustomerEvent) => a.time - b.time || (a.id < b.id ? -1 : 1);

const AGREEMENT = [
  'agreement.created',
  'agreement.amended',
  'agreement.renewed',
  'agreement.terminated',
] as const;
type AgreementEvent = Of<(typeof AGREEMENT)[number]>;

interface Contract {
  readonly events: readonly AgreementEvent[];
  readonly begun: number;
}

const effectiveDay = ({ data, day }: AgreementEvent) =>
  data.effectiveDate === undefined ? day : dayOf(data.effectiveDate);

/**
 * Each agreement with its events in the order in which they take effect. None of them is void: terminations tell
 * money.
 */
function contractsOf(events: readonly CustomerEvent[]): Contract[] {
  const all = ofTypes(events, ...AGREEMENT);
  const ids = [...new Set(all.map(({ data }) => data.agreementId))];
  return ids.map((id) => {
    const own = all
      .filter(({ data }) => data.agreementId === id)
      .sort((a, b) => effectiveDay(a) - effectiveDay(b) || byTime(a, b));
    const starts = own.flatMap(({ data }) => (data.startDate === undefined ? [] : [dayOf(data.startDate)]));
    return { events: own, begun: starts.at(-1) ?? effectiveDay(own[0] as AgreementEvent) };
  });
}

interface Step {
  readonly day: number;
  readonly stage: string;
  readonly told?: Of<'customer.profile'>;
}

/** Everything that shows or tells a stage. */
function stepsOf(events: readonly CustomerEvent[]): Step[] {
  const steps: Step[] = [];
  for (const { day } of ofTypes(events, 'marketing.touch')) steps.push({ day, stage: 'awareness' });
  const uses = ofTypes(events, 'activity.login', 'activity.feature-used').map(({ day }) => day);
  for (const { day } of ofTypes(events, 'opportunity.created')) steps.push({ day, stage: 'consideration' });
  for (const day of uses) steps.push({ day, stage: 'consideration' });
  const contracts = contractsOf(events);
  for (const { begun, events: own } of contracts) {
    steps.push({ day: begun, stage: 'onboarding' });
    const usesAfter = uses.filter((day) => day >= begun).sort((a, b) => a - b);
    const wasTried = uses.some((day) => day < begun);
    const from = wasTried ? begun : (usesAfter[0] ?? begun);
    if (usesAfter.length > 0) steps.push({ day: Math.max(begun + 90, from), stage: 'adoption' });
    if (usesAfter.some((day) => day >= from + 365)) steps.push({ day: from + 365, stage: 'retention' });
    for (const event of own) {
      if (event.type === 'agreement.renewed')
        steps.push({ day: Math.max(effectiveDay(event), begun), stage: 'retention' });
    }
  }
  const purchases = [...new Set(ofTypes(events, 'payment.paid').map(({ day }) => day))].sort((a, b) => a - b);
  const [first, second] = purchases;
  if (contracts.length === 0 && first !== undefined) {
    steps.push({ day: first, stage: 'onboarding' });
    if (second !== undefined) steps.push({ day: second, stage: 'adoption' });
    for (const day of purchases) if (day - first >= 365) steps.push({ day, stage: 'retention' });
  }
  const customerFrom = Math.min(...steps.flatMap(({ day, stage }) => (stage === 'onboarding' ? [day] : [])));
  const goals = ofTypes(events, 'goal.met');
  for (const { day, data } of goals) {
    const isFirst = !goals.some((other) => other.data.goalId === data.goalId && other.day < day);
    if (isFirst && customerFrom < Number.POSITIVE_INFINITY)
      steps.push({ day: Math.max(day, customerFrom), stage: 'adoption' });
  }
  for (const event of ofTypes(events, 'customer.profile')) {
    const stage = event.data.status?.toLowerCase() ?? '';
    if (STAGES.includes(stage)) steps.push({ day: event.day, stage, told: event });
  }
  return steps;
}

/** The journey stage, and the ids of the tellings that were refused. */
export function recomputeJourney(
  { events, today, feeds }: Situation,
  health: number | null,
): { stage: string | null; refused: string[] } {
  const steps = stepsOf(events);
  const toldIds = newestTold(steps);
  let at = -1;
  const refused: string[] = [];
  const days = [...new Set(steps.map(({ day }) => day))].filter((day) => day <= today).sort((a, b) => a - b);
  for (const day of days) {
    const ofDay = steps.filter((step) => step.day === day);
    for (const { stage, told } of ofDay) if (told === undefined) at = Math.max(at, STAGES.indexOf(stage));
    const tellings = ofDay.flatMap(({ told, stage }) => (told === undefined ? [] : [{ told, stage }]));
    for (const { told, stage } of tellings.sort((a, b) => byTime(a.told, b.told))) {
      if (!toldIds.has(told.id)) continue;
      const to = STAGES.indexOf(stage);
      const isBack = STAGES[at] === 'advocacy' && AWAY_FROM_ADVOCACY.includes(stage);
      if (at === -1 || to === at + 1 || isBack) at = to;
      else if (to !== at) refused.push(told.id);
    }
  }
  // Silence makes no advocate of somebody who was none.
  const isHealthy = (health ?? 0) >= 8_000 && feeds.feedback?.status !== 'stale';
  const isAdvocate = STAGES[at] === 'retention' && isHealthy && isPromoter(events, today);
  return { stage: isAdvocate ? 'advocacy' : (STAGES[at] ?? null), refused };
}

function newestTold(steps: readonly Step[]): ReadonlySet<string> {
  const told = steps.flatMap((step) => (step.told === undefined ? [] : [step.told]));
  return new Set(
    told
      .sort(byTime)
      .slice(-20)
      .map(({ id }) => id),
  );
}

function isPromoter(events: readonly CustomerEvent[], today: number): boolean {
  const last = ofTypes(events, 'feedback.nps').sort(byTime).at(-1);
  return last !== undefined && last.data.score >= 9 && today - last.day <= 365;
}

const LIVELY = [
  ['activity', ['activity.login', 'activity.feature-used']],
  ['ticket', ['ticket.opened']],
  ['feedback', ['feedback.nps', 'feedback.csat', 'feedback.ces', 'feedback.comment']],
  ['engagement', ['engagement.qbr-held', 'engagement.meeting-held']],
] as const;

/** The value stage. */
export function recomputeValueStage(situation: Situation): string {
  const { events, today, feeds } = situation;
  const contracts = contractsOf(events);
  const payments = ofTypes(events, 'payment.paid');
  if (contracts.length + payments.length === 0) return 'unclassified';
  const signs = LIVELY.flatMap(([, types]) => ofTypes(events, ...types))
    .filter((event) => !isOpenedAgain(event, events))
    .map(({ day }) => day);
  const made = contracts.flatMap(({ events: own }) =>
    own
      .filter(({ type }) => type !== 'agreement.terminated')
      .map((event) => Math.min(effectiveDay(event), Math.floor(event.time / DAY_MS))),
  );
  const days = [...signs, ...made, ...payments.map(({ day }) => day)];
  if (!days.some((day) => day > today - 90)) return isHeard(situation) ? 'dormant' : 'unclassified';
  if (contracts.length > 0 && feeds.agreement?.status === 'stale') return 'unclassified';
  if (payments.length > 0 && feeds.payment?.status === 'stale') return 'unclassified';
  const before = valueOn(situation, today - 180);
  if (before > 0 && valueOn(situation, today) * 10 >= before * 11) return 'growth';
  return contracts.some((contract) => endsSoon(contract, today)) ? 'retention' : 'maturity';
}

/** A ticket is opened once. */
function isOpenedAgain(event: CustomerEvent, events: readonly CustomerEvent[]): boolean {
  if (event.type !== 'ticket.opened') return false;
  const { ticketId } = event.data;
  return ofTypes(events, 'ticket.opened').some(
    ({ data, day }) => data.ticketId === ticketId && day < event.day,
  );
}

function isHeard({ events, feeds }: Situation): boolean {
  const seen: (keyof FeedStatuses)[] = LIVELY.flatMap(([feed, types]) =>
    ofTypes(events, ...types).length > 0 ? [feed] : [],
  );
  const isBuyer = contractsOf(events).length === 0 && ofTypes(events, 'payment.paid').length > 0;
  if (isBuyer) seen.push('payment');
  const statuses = seen.flatMap((feed) => feeds[feed] ?? []);
  return statuses.length > 0 && statuses.every(({ status }) => status === 'fresh');
}

/** All payments of these tests are under no agreement. */
function valueOn({ events }: Situation, day: number): number {
  let value = 0;
  for (const { data, day: paidDay } of ofTypes(events, 'payment.paid')) {
    if (paidDay <= day) value += data.amountMinor;
  }
  for (const { events: own } of contractsOf(events)) {
    let worth = 0;
    for (const event of own.filter((candidate) => effectiveDay(candidate) <= day))
      worth = event.data.valueMinor ?? worth + (event.data.deltaMinor ?? 0);
    value += worth;
  }
  return value;
}

function endsSoon({ events }: Contract, today: number): boolean {
  const ends = events.flatMap(({ data }) => (data.endDate === undefined ? [] : [dayOf(data.endDate)]));
  const end = ends.at(-1) ?? Number.POSITIVE_INFINITY;
  let isOpen = end >= today;
  let closing = Number.POSITIVE_INFINITY;
  let isClosed = false;
  for (const event of events) {
    const day = effectiveDay(event);
    const wasClosed = isClosed;
    if (event.type === 'agreement.terminated') isClosed = true;
    if (event.type === 'agreement.renewed') isClosed = false;
    if (isClosed && !wasClosed && day > today) closing = Math.min(closing, day - 1);
    if (day <= today) isOpen = !isClosed && end >= today;
  }
  return isOpen && Math.min(end, closing) <= today + 180;
}
