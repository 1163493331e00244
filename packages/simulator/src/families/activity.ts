import type { Customer } from '../customer.ts';
import { ACTIONS_PER_SEAT_AND_DAY, COUNT_PER_SEAT, FEATURES, MOST_COUNT, SEGMENTS } from '../parameters.ts';
import { isWorkday, useFactor } from '../rhythm.ts';
import type { Scene } from '../scene.ts';

const MOST_LOGINS_A_DAY = 8;
/** How unevenly the days of one customer turn out: gamma shape of the daily multiplier. */
const DAY_SHAPE = 6;
const FEATURES_PER_YEAR = 2.5;

/** Actions expected of a customer on a day as its events will count them; drift included. */
export function expectedActions(customer: Customer, day: number, driftUse: number): number {
  const { seats, segment, reportsUsage } = customer.traits;
  const factor = useFactor(customer, day, driftUse);
  const single = SEGMENTS[segment].featureUsesPerDay * factor * (1 + meanCount(seats, factor));
  return single + (reportsUsage ? factor * seats * ACTIONS_PER_SEAT_AND_DAY : 0);
}

function meanCount(seats: number, factor: number): number {
  return Math.min(MOST_COUNT, seats * factor * COUNT_PER_SEAT);
}

/** A day of product use: logins, features used, and the product's own daily total where it reports one. */
export function useProduct(scene: Scene): void {
  const { customer, day, random, effects } = scene;
  const factor = useFactor(customer, day, effects.use) * random.gamma(DAY_SHAPE);
  if (factor === 0) return;
  const segment = SEGMENTS[customer.traits.segment];
  const activeUsers = activeUsersAt(scene, factor);
  const logins = Math.min(MOST_LOGINS_A_DAY, random.poisson(segment.loginsPerDay * factor));
  for (let login = 0; login < logins; login += 1) logIn(scene, { activeUsers, atMs: scene.workTime() });
  const uses = Math.min(MOST_LOGINS_A_DAY, random.poisson(segment.featureUsesPerDay * factor));
  for (let use = 0; use < uses; use += 1) {
    const count = 1 + random.poisson(meanCount(customer.traits.seats, factor));
    useFeature(scene, { activeUsers, atMs: scene.workTime(), count });
  }
  if (customer.traits.reportsUsage) reportUse(scene, factor, activeUsers);
  adoptFeatures(scene);
}

function activeUsersAt(scene: Scene, factor: number): number {
  const { seats } = scene.customer.traits;
  return Math.max(1, Math.min(seats, Math.round(seats * (1 - Math.exp(-0.7 * factor)))));
}

/** One person signs in. */
export function logIn(scene: Scene, options: { activeUsers: number; atMs: number }): void {
  const channel = scene.random.chance(0.8) ? 'web' : 'mobile';
  scene.emit(
    'activity.login',
    { userId: userOf(scene, options.activeUsers), channel },
    { atMs: options.atMs },
  );
}

/** A feature is used `count` times; the first features of a customer's list are the ones it uses most. */
export function useFeature(scene: Scene, use: { activeUsers: number; atMs: number; count: number }): void {
  const { random, customer, effects } = scene;
  // With the will to use the product goes the breadth: at full drift only the first features are left.
  const breadth = Math.max(1, Math.round(customer.features * (1 + 0.7 * effects.use)));
  const at = Math.floor(breadth * random.next() ** 2);
  const data = {
    feature: FEATURES[at % FEATURES.length] ?? FEATURES[0],
    userId: userOf(scene, use.activeUsers),
    count: use.count,
  };
  scene.emit('activity.feature-used', data, { atMs: use.atMs });
}

function userOf(scene: Scene, activeUsers: number): string {
  return `u-${scene.customer.index + 1}-${scene.random.integer(1, activeUsers)}`;
}

function reportUse(scene: Scene, factor: number, activeUsers: number): void {
  const { customer, random } = scene;
  const { seats } = customer.traits;
  // Products report working days; a weekend's total comes only where people work at weekends.
  if (!isWorkday(scene.day) && customer.traits.weekendShare < 0.3) return;
  const count = random.poisson(factor * seats * ACTIONS_PER_SEAT_AND_DAY);
  if (count === 0) return;
  const atMs = scene.hour(23.2 + 0.5 * random.next());
  scene.emit(
    'activity.usage-reported',
    { count: Math.min(count, 900_000), activeUsers, licensedSeats: seats },
    { atMs },
  );
}

function adoptFeatures(scene: Scene): void {
  const { customer, random, pressure } = scene;
  const rate = (FEATURES_PER_YEAR * (customer.traits.archetype === 'growing' ? 2 : 1) * (1 - pressure)) / 250;
  if (customer.features < FEATURES.length && random.chance(rate)) customer.features += 1;
}
