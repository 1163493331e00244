import type { Customer } from './customer.ts';
import { ARCHETYPES, DAYS_PER_YEAR, MISFORTUNES, SEGMENTS } from './parameters.ts';
import type { Scene } from './scene.ts';

const YEAR_DAYS = 365.25;
const ONBOARDING_DAYS = 60;
const OFF_SEASON_HALF_YEARS = 0.13;
const PERSISTENCE = 0.8;

/** 0 Sunday .. 6 Saturday; epoch day 0 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Monday to Friday. */
export function isWorkday(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday >= 1 && weekday <= 5;
}

/** Where a day lies in the year, 0..1 (to within a day). */
export function yearPart(day: number): number {
  return (((day % YEAR_DAYS) + YEAR_DAYS) % YEAR_DAYS) / YEAR_DAYS;
}

/** Expected use on a day, relative to the segment's ordinary weekday; drift included. */
export function useFactor(customer: Customer, day: number, driftUse: number): number {
  const { traits } = customer;
  if (!traits.hasTelemetry || day < customer.idleUntilDay) return 0;
  const archetype = ARCHETYPES[traits.archetype];
  const years = (day - traits.joinedDay) / DAYS_PER_YEAR;
  const onboarding = traits.newcomer ? Math.min(1, (day - traits.joinedDay + 1) / ONBOARDING_DAYS) : 1;
  const trend = archetype.growth ** Math.min(years, 2);
  const calendar = weekFactor(customer, day) * seasonFactor(customer, day);
  return (
    archetype.use * traits.useRate * trend * onboarding * calendar * Math.exp(customer.level) * (1 + driftUse)
  );
}

function weekFactor(customer: Customer, day: number): number {
  if (!isWorkday(day)) return customer.traits.weekendShare;
  return weekdayOf(day) === 5 ? 0.85 : 1;
}

/** August and the last days of December for all; the off-season for seasonal customers. */
function seasonFactor(customer: Customer, day: number): number {
  const part = yearPart(day);
  let factor = 1;
  if (part > 0.58 && part < 0.665) factor = 0.75;
  if (part > 0.975 || part < 0.006) factor = 0.35;
  if (customer.traits.archetype !== 'seasonal') return factor;
  const away = Math.abs(part - customer.traits.offSeasonAt);
  return Math.min(away, 1 - away) < OFF_SEASON_HALF_YEARS ? factor * 0.12 : factor;
}

/** Moves what changes slowly and by chance: level of use once a week, idle spells, ticket storms. */
export function moveRhythm(scene: Scene): void {
  const { customer, day, random } = scene;
  const archetype = ARCHETYPES[customer.traits.archetype];
  const restless = customer.traits.archetype === 'noisy' ? 2.5 : 1;
  if (weekdayOf(day) === 1) {
    customer.level = PERSISTENCE * customer.level + random.normal(0, archetype.levelNoise);
  }
  if (random.chance((SEGMENTS[customer.traits.segment].idleSpellsPerYear * restless) / DAYS_PER_YEAR)) {
    customer.idleUntilDay = day + random.integer(4, 16);
  }
  if (random.chance((MISFORTUNES.ticketStormsPerYear * restless) / DAYS_PER_YEAR)) {
    customer.ticketStormUntilDay = day + random.integer(10, 28);
  }
}
