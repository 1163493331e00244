import { FEED_FRESHNESS_DAYS } from '@bellwether/domain';
import {
  type CustomerChange,
  type CustomerEvent,
  DAY_MS,
  FEEDS,
  type Feed,
  feedOf,
  isSourceNotice,
  PORTFOLIO_CUSTOMER_ID,
  type ScoreChange,
  type ScoreName,
} from '@bellwether/events';
import { seededChance } from '@bellwether/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventsOn, habitsOf } from './support/steady-customers.ts';
import { World } from './support/world.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const START_DAY = 19_800;
const CUSTOMERS = 4;
/** Days after the source is back. */
const AFTERWARDS = 5;
const LONGEST_MS = 180_000;

/** Which scores are made of what each source tells, and under which name they miss it. */
const USED: { readonly [F in Feed]: readonly (readonly [ScoreName, string])[] } = {
  agreement: [
    ['ltv', 'agreements'],
    ['complexity', 'agreements'],
    ['health', 'active-agreements'],
    ['churn', 'contraction'],
    ['revenue', 'agreement'],
    ['relationship', 'types'],
    ['lifecycle', 'agreement'],
    ['tier', 'lifetime-value'],
  ],
  activity: [
    ['health', 'login-frequency'],
    ['health', 'usage-trend'],
    ['churn', 'last-activity'],
    ['revenue', 'health'],
    ['relationship', 'features'],
    ['lifecycle', 'activity'],
    ['tier', 'health'],
  ],
  ticket: [
    ['health', 'ticket-load'],
    ['churn', 'service-trouble'],
    ['churn', 'health'],
    ['revenue', 'health'],
    ['relationship', 'consistency.support'],
    ['lifecycle', 'ticket'],
    ['tier', 'health'],
  ],
  feedback: [
    ['health', 'csat'],
    ['churn', 'satisfaction'],
    ['churn', 'health'],
    ['revenue', 'churn'],
    ['lifecycle', 'feedback'],
    ['tier', 'churn'],
  ],
  engagement: [
    ['relationship', 'consistency.relationship'],
    ['lifecycle', 'engagement'],
  ],
  contact: [
    ['relationship', 'stakeholders'],
    ['health', 'executive-sponsor'],
    ['churn', 'sponsor-left'],
  ],
  opportunity: [
    ['revenue', 'opportunity'],
    ['relationship', 'consistency.sales'],
    ['lifecycle', 'opportunity'],
  ],
  payment: [
    ['ltv', 'payments'],
    ['revenue', 'payment'],
    ['lifecycle', 'payment'],
    ['tier', 'lifetime-value'],
  ],
  marketing: [
    ['relationship', 'consistency.marketing'],
    ['lifecycle', 'marketing'],
  ],
  goal: [
    ['health', 'goals-met'],
    ['churn', 'health'],
    ['lifecycle', 'goal'],
    ['tier', 'health'],
  ],
  customer: [['tier', 'profile']],
};

/** One source stops telling; what it has not told comes all at once when it is back. Days of the life of the tenant. */
interface Silence {
  readonly feed: Feed;
  readonly fromAge: number;
  readonly backAge: number;
}
interface Lived {
  readonly world: World;
  readonly changes: readonly CustomerChange[];
  /** First day on which the source is silent, by what was heard of it last. */
  readonly silentAge: number;
}

const chance = seededChance(SEED);
const habits = Array.from({ length: CUSTOMERS }, (_, index) => habitsOf(`c-${index}`, chance));
const silences = FEEDS.map((feed): Silence => {
  const fromAge = 40 + Math.floor(15 * chance());
  const backAge = fromAge + FEED_FRESHNESS_DAYS[feed] + 2 + Math.floor(12 * chance());
  return { feed, fromAge, backAge };
});
const endOf = ({ backAge }: Silence) => backAge + AFTERWARDS;

async function live(silence: Silence): Promise<Lived> {
  const world = new World();
  await world.begin(START_DAY);
  const held: CustomerEvent[] = [];
  let heardAge = 0;
  for (let age = 0; age <= endOf(silence); age += 1) {
    const day = START_DAY + age;
    const isSilent = age >= silence.fromAge && age < silence.backAge;
    const today = habits.flatMap((one) => eventsOn(one, { day, age }));
    const ofSource = today.filter(({ type }) => !isSourceNotice(type) && feedOf(type) === silence.feed);
    if (isSilent) held.push(...ofSource);
    else if (ofSource.length > 0 && age < silence.backAge) heardAge = age;
    const backlog =
      age === silence.backAge ? held.map((event) => ({ ...event, receivedAt: day * DAY_MS })) : [];
    await world.live(day, [...backlog, ...today.filter((event) => !isSilent || !ofSource.includes(event))]);
  }
  const silentAge = heardAge + FEED_FRESHNESS_DAYS[silence.feed] + 1;
  return { world, changes: world.changes(), silentAge };
}

/** The world as it is today. */
function keptOf(world: World): Pick<World, 'decidedAnew' | 'findings'> {
  const [findings, scores] = [world.findings(), world.decidedAnew()];
  return { findings: () => findings, decidedAnew: () => scores };
}

const ageOf = ({ asOf }: CustomerChange) => Math.floor(asOf / DAY_MS) - START_DAY;

/** What was told of the scores of a customer last, at the end of a day. */
function scoresAt(changes: readonly CustomerChange[], customerId: string, age: number) {
  const scores: { [Score in ScoreName]?: ScoreChange } = {};
  for (const change of changes) {
    if (change.customerId !== customerId || ageOf(change) > age) continue;
    for (const one of change.changes) if ('score' in one) scores[one.score] = one;
  }
  return scores;
}

/** What nobody may be told of by silence alone, by customer and day. */
function turnsIn(changes: readonly CustomerChange[], fromAge: number, toAge: number): readonly string[] {
  return changes.flatMap((change) => {
    if (ageOf(change) < fromAge || ageOf(change) >= toAge) return [];
    return change.changes.flatMap((one): string[] => {
      if ('score' in one)
        return one.score === 'tier' && one.previousBand !== null && one.band !== one.previousBand
          ? [`${change.customerId} tier ${one.band}`]
          : [];
      return /^(risk\.|opportunity\.advocacy)/.test(one.type)
        ? [`${change.customerId} ${one.type} ${one.cause}`]
        : [];
    });
  });
}

describe(`a source that falls silent and comes back with its backlog (N2, seed ${SEED})`, () => {
  const never = new Map<number, Pick<World, 'decidedAnew' | 'findings'>>();
  let unbroken: readonly CustomerChange[] = [];

  beforeAll(async () => {
    const world = new World();
    await world.begin(START_DAY);
    const last = Math.max(...silences.map(endOf));
    for (let age = 0; age <= last; age += 1) {
      const day = START_DAY + age;
      await world.live(
        day,
        habits.flatMap((one) => eventsOn(one, { day, age })),
      );
      if (silences.some((silence) => endOf(silence) === age)) never.set(age, keptOf(world));
    }
    unbroken = world.changes();
    expect(world.alerts().filter(({ rule }) => rule === 'source-silent')).toEqual([]);
  }, LONGEST_MS);

  it.each(silences)(
    '$feed, from day $fromAge to day $backAge',
    async (silence) => {
      const { feed, fromAge, backAge } = silence;
      const { world, changes, silentAge } = await live(silence);

      const alerts = world.alerts().filter(({ rule }) => rule === 'source-silent');
      const told = alerts.map(({ customerId, cause, state, changedAt }) => {
        return [customerId, cause, state, Math.floor(changedAt / DAY_MS) - START_DAY];
      });
      expect(told).toEqual([
        [PORTFOLIO_CUSTOMER_ID, feed, 'raised', silentAge],
        [PORTFOLIO_CUSTOMER_ID, feed, 'resolved', expect.any(Number)],
      ]);
      expect(told[1]?.[3]).toBeGreaterThanOrEqual(backAge);
      expect(told[1]?.[3]).toBeLessThanOrEqual(backAge + 1);

      let said = 0;
      for (const age of [silentAge, Math.floor((silentAge + backAge - 1) / 2), backAge - 1]) {
        for (const { name } of habits) {
          const [silent, known] = [scoresAt(changes, name, age), scoresAt(unbroken, name, age)];
          for (const [score, signal] of USED[feed]) {
            if (known[score] === undefined || known[score].missing?.some((one) => one.signal === signal))
              continue;
            said += 1;
            const missing = silent[score]?.missing ?? [];
            expect({ age, name, score, missing }).toMatchObject({
              missing: expect.arrayContaining([{ signal, why: 'feed-stale' }]),
            });
          }
          for (const score of Object.keys(silent) as ScoreName[]) {
            const isOther = silent[score]?.band !== known[score]?.band;
            if (isOther && silent[score]?.value !== null)
              expect({ age, name, score, uncertain: silent[score]?.uncertain }).toMatchObject({
                uncertain: true,
              });
          }
        }
      }
      expect(said).toBeGreaterThan(0);

      const possible = turnsIn(unbroken, fromAge, backAge);
      const turns = turnsIn(changes, silentAge, backAge);
      expect(turns.filter((turn) => !possible.includes(turn))).toEqual([]);

      const whole = never.get(endOf(silence));
      expect(world.decidedAnew(whole?.findings())).toEqual(whole?.decidedAnew());
    },
    LONGEST_MS,
  );
});
