import { type Standing, standingsOf } from '../agreements/agreement-status.ts';
import {
  type CustomerState,
  type NextDays,
  NOTHING_PUBLISHED,
  type Published,
  type PublishedParts,
} from './customer-state.ts';
import type { DecisionContext } from './decide-input.ts';
import type { Decision } from './number-scores.ts';
import { advocacyPart } from './parts/advocacy-part.ts';
import { belowTargetPart } from './parts/below-target-part.ts';
import { callDuePart } from './parts/call-due-part.ts';
import { churnPart } from './parts/churn-part.ts';
import { complexityPart } from './parts/complexity-part.ts';
import { crossSellPart } from './parts/cross-sell-part.ts';
import { firstYearPart } from './parts/first-year-part.ts';
import { forecastsPart } from './parts/forecasts-part.ts';
import { healthPart } from './parts/health-part.ts';
import { lifecyclePart } from './parts/lifecycle-part.ts';
import { loopOverduePart } from './parts/loop-overdue-part.ts';
import { ltvPart } from './parts/ltv-part.ts';
import { noticesPart } from './parts/notices-part.ts';
import { outcomesPart } from './parts/outcomes-part.ts';
import type { Part, PartName, Scene } from './parts/part.ts';
import { relationshipPart } from './parts/relationship-part.ts';
import { revenuePart } from './parts/revenue-part.ts';
import { rfmPart } from './parts/rfm-part.ts';
import { shadowsPart } from './parts/shadows-part.ts';
import { tierPart } from './parts/tier-part.ts';
import { upsellPart } from './parts/upsell-part.ts';
import { qbrDuePart, warningsPart } from './parts/warnings-part.ts';
import { winBackPart } from './parts/win-back-part.ts';

/** Every part, in the order in which they are decided and told: what a part follows stands before it. */
export const PARTS: { readonly [Name in PartName]: Part<Name> } = {
  ltv: ltvPart,
  rfm: rfmPart,
  complexity: complexityPart,
  health: healthPart,
  shadows: shadowsPart,
  churn: churnPart,
  revenue: revenuePart,
  tier: tierPart,
  lifecycle: lifecyclePart,
  relationship: relationshipPart,
  warnings: warningsPart,
  qbrDue: qbrDuePart,
  belowTarget: belowTargetPart,
  upsell: upsellPart,
  advocacy: advocacyPart,
  firstYear: firstYearPart,
  winBack: winBackPart,
  crossSell: crossSellPart,
  notices: noticesPart,
  callDue: callDuePart,
  loopOverdue: loopOverduePart,
  outcomes: outcomesPart,
  forecasts: forecastsPart,
};
export const PART_NAMES = Object.keys(PARTS) as readonly PartName[];

/** What the parts that had to be decided again have come to. */
export interface PartsDecision {
  readonly parts: PublishedParts;
  readonly nextDays: NextDays;
  readonly decided: readonly Decision[];
  /** No part had to be decided again. */
  readonly isIdle: boolean;
}

interface Sides {
  readonly before: CustomerState | undefined;
  readonly after: CustomerState;
  readonly context: DecisionContext;
}

/**
 * Decides the parts whose inputs moved: by an event, by the day, by the context, or by another part that they follow.
 * What did not move keeps its published value and its next day.
 */
export function decideParts(previous: Published, sides: Sides): PartsDecision {
  return new Round(previous, sides).decide();
}

/** One pass over the parts. What it keeps besides its inputs is made in the pass and read by later parts. */
class Round implements Scene {
  readonly before: CustomerState | undefined;
  readonly after: CustomerState;
  readonly context: DecisionContext;
  readonly published: { -readonly [Name in keyof PublishedParts]: PublishedParts[Name] };
  readonly #nextDays: Map<PartName, number>;
  readonly #isAll: boolean;
  readonly #moved = new Set<PartName>();
  readonly #decided: Decision[] = [];
  isOwnMove = true;
  #standings: readonly Standing[] | undefined;
  #isIdle = true;

  constructor(previous: Published, { before, after, context }: Sides) {
    this.before = before;
    this.after = after;
    this.context = context;
    this.published = partsOf(previous);
    this.#nextDays = new Map(Object.entries(previous.nextDays) as [PartName, number][]);
    this.#isAll = before === undefined || before.contextVersion < context.itemVersions.all;
  }

  nextDay(name: PartName): number | null {
    return this.#nextDays.get(name) ?? null;
  }

  standings(): readonly Standing[] {
    this.#standings ??= standingsOf(this.after.agreements, this.context.day);
    return this.#standings;
  }

  decide(): PartsDecision {
    for (const name of PART_NAMES) {
      if (this.#hasToDecide(name)) this.#decide(name);
    }
    return {
      parts: partsOf(this.published),
      nextDays: this.#nextDaysInOrder(),
      decided: this.#decided,
      isIdle: this.#isIdle,
    };
  }

  #hasToDecide(name: PartName): boolean {
    this.isOwnMove = this.#hasMoved(name);
    return this.isOwnMove || PARTS[name].follows.some((other) => this.#moved.has(other));
  }

  #hasMoved(name: PartName): boolean {
    const { before, after } = this;
    if (this.#isAll || before === undefined) return true;
    const { reads, asks, movesWith } = PARTS[name];
    const { itemVersions } = this.context;
    const nextDay = this.#nextDays.get(name);
    return (
      asks.some((item) => before.contextVersion < itemVersions[item]) ||
      (nextDay !== undefined && nextDay <= this.context.day) ||
      reads.some((slice) => before[slice] !== after[slice]) ||
      movesWith?.(before, this) === true
    );
  }

  /** Always in one key order, so that equal records give equal bytes. */
  #nextDaysInOrder(): NextDays {
    const days: { -readonly [Name in PartName]?: number } = {};
    for (const name of PART_NAMES) {
      const day = this.#nextDays.get(name);
      if (day !== undefined) days[name] = day;
    }
    return days;
  }

  #decide<Name extends PartName>(name: Name): void {
    const part: Part<Name> = PARTS[name];
    const previous = this.published[name];
    const { published, changes, nextDay } = part.decide(previous, this);
    this.#isIdle = false;
    if (published !== previous) this.#moved.add(name);
    this.published[name] = published;
    if (nextDay === null) this.#nextDays.delete(name);
    else this.#nextDays.set(name, nextDay);
    this.#decided.push(...changes);
  }
}

/**
 * What is published of the parts alone, in their order; of a part that keeps nothing, nothing. A document of before a
 * part was thought of has published nothing of it.
 */
function partsOf(previous: PublishedParts): PublishedParts {
  const parts: { [name: string]: unknown } = {};
  for (const name of PART_NAMES) {
    const published = previous[name] ?? NOTHING_PUBLISHED[name];
    if (published !== undefined) parts[name] = published;
  }
  return parts as unknown as PublishedParts;
}
