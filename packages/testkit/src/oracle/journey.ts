import type { CustomerEvent } from '@bellwether/events';
import { agreementsToday } from './agreement-terms.ts';
import { acceptedEvents, earliest, inOrderOfWriting, latest, ofTypes } from './common.ts';
import { recomputeOpportunities } from './opportunities.ts';

const STAGES = ['awareness', 'consideration', 'onboarding', 'adoption', 'retention', 'advocacy'];
const MOVES = [
  'awareness > consideration',
  'consideration > onboarding',
  'onboarding > adoption',
  'adoption > retention',
  'retention > advocacy',
  'advocacy > consideration',
  'advocacy > adoption',
];

/** Where a customer is on its journey (S89, D11). */
export interface OracleJourney {
  readonly stage: string | null;
  readonly sinceDay: number | null;
  readonly refused: number;
  readonly refusedStage: string | null;
  readonly refusedCode: string | null;
  readonly refusedDay: number | null;
}

/** The furthest stage that evidence shows or a source told so that it can follow, gone through day by day. */
export function recomputeJourney(
  events: readonly CustomerEvent[],
  today: number,
  isAdvocate: boolean,
): OracleJourney {
  const evidence = evidenceOf(events).filter(({ day }) => day <= today);
  const told = toldStages(events).filter(({ day }) => day <= today);
  const days = [...new Set([...evidence, ...told].map(({ day }) => day))].sort((a, b) => a - b);
  let stage = -1;
  let sinceDay: number | null = null;
  const refused: { readonly stage: string; readonly day: number; readonly code: string }[] = [];
  for (const day of days) {
    const shown = latest(evidence.filter((one) => one.day === day).map((one) => one.stage)) ?? -1;
    if (shown > stage) [stage, sinceDay] = [shown, day];
    for (const telling of told.filter((one) => one.day === day)) {
      if (telling.stage === stage) continue;
      if (stage === -1 || MOVES.includes(`${STAGES[stage]} > ${STAGES[telling.stage]}`)) {
        [stage, sinceDay] = [telling.stage, day];
        continue;
      }
      const code = telling.stage > stage ? 'skips-stages' : 'goes-back';
      refused.push({ stage: STAGES[telling.stage] ?? '', day, code });
    }
  }
  const isByAdvocacy = isAdvocate && STAGES[stage] === 'retention';
  const last = refused.at(-1);
  return {
    stage: isByAdvocacy ? 'advocacy' : (STAGES[stage] ?? null),
    sinceDay: isByAdvocacy ? null : sinceDay,
    refused: refused.length,
    refusedStage: last?.stage ?? null,
    refusedCode: last?.code ?? null,
    refusedDay: last?.day ?? null,
  };
}

/** The last twenty stages that a profile told, by ascending time. */
export function toldStages(events: readonly CustomerEvent[]) {
  const profiles = inOrderOfWriting(ofTypes(acceptedEvents(events), 'customer.profile'));
  return profiles
    .map(({ data, day }) => ({ stage: STAGES.indexOf(data.status?.trim().toLowerCase() ?? ''), day }))
    .filter(({ stage }) => stage >= 0)
    .slice(-20);
}

interface Evidence {
  readonly stage: number;
  readonly day: number;
}

function evidenceOf(all: readonly CustomerEvent[]): readonly Evidence[] {
  const events = acceptedEvents(all);
  const evidence: Evidence[] = [];
  const add = (name: string, day: number | null) => {
    if (day !== null) evidence.push({ stage: STAGES.indexOf(name), day });
  };
  add('awareness', earliest(ofTypes(events, 'marketing.touch').map(({ day }) => day)));
  add(
    'consideration',
    earliest(recomputeOpportunities(events).flatMap(({ createdDay }) => createdDay ?? [])),
  );
  const uses = ofTypes(events, 'activity.login', 'activity.feature-used', 'activity.usage-reported');
  const used = uses.map(({ day }) => day);
  add('consideration', earliest(used));
  const agreements = agreementsToday(events, 0).filter(({ status }) => status !== 'void');
  for (const { madeDay, renewalDays } of agreements) {
    add('onboarding', madeDay);
    for (const day of renewalDays) add('retention', Math.max(day, madeDay));
    // Of the days of use the first and the last are known for ever: who used it before goes on from the agreement on.
    const [first, last] = [earliest(used), latest(used)];
    if (first === null || last === null) continue;
    const from = Math.max(madeDay, first);
    if (last >= from) add('adoption', Math.max(madeDay + 90, from));
    if (last >= from + 365) add('retention', from + 365);
  }
  if (!events.some(({ type }) => type.startsWith('agreement.')))
    evidence.push(...evidenceOfPurchases(events));
  const customerFrom = earliest(
    evidence.filter(({ stage }) => STAGES[stage] === 'onboarding').map(({ day }) => day),
  );
  if (customerFrom !== null)
    for (const day of valueDays(events)) add('adoption', Math.max(day, customerFrom));
  return evidence;
}

function evidenceOfPurchases(events: readonly CustomerEvent[]): readonly Evidence[] {
  const days = [...new Set(ofTypes(events, 'payment.paid').map(({ day }) => day))].sort((a, b) => a - b);
  const [first, second] = days;
  const year = days.find((day) => first !== undefined && day >= first + 365);
  const of = (name: string, day: number | undefined) =>
    day === undefined ? [] : [{ stage: STAGES.indexOf(name), day }];
  return [...of('onboarding', first), ...of('adoption', second), ...of('retention', year)];
}

/** The first day that each goal was met, and that any value was realised. */
function valueDays(events: readonly CustomerEvent[]): readonly number[] {
  const realised = ofTypes(events, 'goal.value-realised').filter(
    ({ data: { actual, firstMeaningfulUse } }) =>
      actual === undefined ? firstMeaningfulUse !== true : actual > 0,
  );
  const met = Map.groupBy(ofTypes(events, 'goal.met'), ({ data }) => data.goalId);
  const firstMet = [...met.values()].flatMap((told) => earliest(told.map(({ day }) => day)) ?? []);
  const firstRealised = earliest(realised.map(({ day }) => day));
  return firstRealised === null ? firstMet : [firstRealised, ...firstMet];
}
