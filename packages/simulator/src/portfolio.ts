import type { Agreement, Customer, Traits } from './customer.ts';
import { roundMinor, termEnd } from './families/agreements.ts';
import { companyNamer, INDUSTRIES, type Industry, OWNERS } from './names.ts';
import { ARCHETYPES, NEWCOMER_DAYS, NEWCOMER_SHARE, SEGMENTS, type Segment } from './parameters.ts';
import { planDrift, type StartOfDrift, startsOfDrift } from './plan-drift.ts';
import { Random } from './random.ts';

/** The numbers that a portfolio is a function of. */
export interface PortfolioOptions {
  /** Any whole number; different seeds give different portfolios. */
  readonly seed: number;
  /** How many, 1 or more. */
  readonly customers: number;
  /** Epoch day on which the systems deliver what they know of everybody. */
  readonly startDay: number;
}

/** The customers as they stand before the first day; the same options give the same customers. */
export function buildPortfolio(options: PortfolioOptions): Customer[] {
  const { seed, customers, startDay } = options;
  if (!Number.isSafeInteger(seed)) throw new RangeError(`the seed must be a whole number, not ${seed}`);
  if (!Number.isSafeInteger(customers) || customers < 1) {
    throw new RangeError(`the number of customers must be a whole number from 1, not ${customers}`);
  }
  if (!Number.isSafeInteger(startDay))
    throw new RangeError(`the first day must be an epoch day, not ${startDay}`);
  const nameOf = companyNamer(new Random(`${seed}/names`));
  const drifts = startsOfDrift(options);
  return Array.from({ length: customers }, (_, index) =>
    buildCustomer({ ...options, index, nameOf, drifts }),
  );
}

interface CustomerOptions extends PortfolioOptions {
  readonly index: number;
  readonly nameOf: (index: number, industry: Industry) => string;
  readonly drifts: ReadonlyMap<number, StartOfDrift>;
}

function buildCustomer(options: CustomerOptions): Customer {
  const { seed, index, drifts } = options;
  const random = new Random(`${seed}/customer/${index}`);
  const traits = drawTraits(random, options);
  const agreements = drawAgreements(random, traits, index);
  const start = drifts.get(index);
  return {
    index,
    id: customerIdOf(index),
    traits,
    drift: start === undefined ? null : planDrift(random, { start, traits, agreements }),
    random,
    level: random.normal(0, 0.15),
    idleUntilDay: 0,
    ticketStormUntilDay: 0,
    features: traits.newcomer ? 2 : random.integer(2, 8),
    agreements,
    contacts: [],
    arrivals: [],
    goals: [],
    nextGoalDay: traits.joinedDay + random.integer(20, 120),
    opportunities: [],
    nextQbrDay: traits.joinedDay + random.integer(16, SEGMENTS[traits.segment].qbrEveryDays),
    qbrId: null,
    nextNpsDay: traits.joinedDay + random.integer(10, 180),
    pending: [],
  };
}

function customerIdOf(index: number): string {
  return `sim-${String(index + 1).padStart(4, '0')}`;
}

function drawTraits(random: Random, options: CustomerOptions): Traits {
  const { index, startDay } = options;
  const segment = random.weighted({
    enterprise: SEGMENTS.enterprise.share,
    mid: SEGMENTS.mid.share,
    small: SEGMENTS.small.share,
  });
  const archetype = drawArchetype(random, segment);
  const newcomer = random.chance(NEWCOMER_SHARE);
  const joinedDay = newcomer ? startDay + random.integer(...NEWCOMER_DAYS) : startDay;
  const industry = random.pick(Object.keys(INDUSTRIES) as Industry[]);
  const employees = Math.max(3, Math.round(random.logNormal(SEGMENTS[segment].employeesMedian, 0.6)));
  return {
    name: options.nameOf(index, industry),
    industry,
    owner: random.pick(OWNERS),
    employees,
    seats: Math.max(2, Math.round(employees * random.between(0.05, 0.4))),
    createdDay: newcomer ? joinedDay : startDay - random.integer(60, 2_500),
    parentCustomerId: index > 0 && random.chance(0.04) ? customerIdOf(random.integer(0, index - 1)) : null,
    archetype,
    segment,
    joinedDay,
    newcomer,
    useRate: random.gamma(2.2),
    ticketRate: random.gamma(1.8),
    weekendShare: random.chance(0.15) ? random.between(0.3, 0.8) : random.between(0.02, 0.12),
    offSeasonAt: random.next(),
    sentiment: Math.max(0.2, Math.min(0.95, random.normal(0.74, 0.13))),
    latePayment: random.chance(0.2) ? random.between(0.2, 0.7) : 0.06,
    reportsUsage: archetype !== 'quiet' && random.chance(SEGMENTS[segment].reportingShare),
    hasTelemetry: archetype !== 'no-telemetry',
    answersSurveys: random.chance(0.75),
    hasGoals: random.chance(0.7),
    holdsQbrs:
      archetype !== 'msa-only' &&
      random.chance(SEGMENTS[segment].qbrShare * (archetype === 'quiet' ? 0.5 : 1)),
  };
}

function drawArchetype(random: Random, segment: Segment): Traits['archetype'] {
  return random.weighted({
    steady: ARCHETYPES.steady.share,
    growing: ARCHETYPES.growing.share,
    quiet: ARCHETYPES.quiet.share * (segment === 'enterprise' ? 2 : 0.8),
    seasonal: ARCHETYPES.seasonal.share,
    noisy: ARCHETYPES.noisy.share,
    'msa-only': ARCHETYPES['msa-only'].share,
    'no-telemetry': ARCHETYPES['no-telemetry'].share,
  });
}

function drawAgreements(random: Random, traits: Traits, index: number): Agreement[] {
  const { segment, archetype, joinedDay, newcomer } = traits;
  // Small customers often sign an order form only.
  const hasFramework = archetype === 'msa-only' || segment !== 'small' || random.chance(0.4);
  const count = archetype === 'msa-only' ? 0 : random.integer(...SEGMENTS[segment].agreements);
  const framework: Agreement[] = [];
  if (hasFramework) {
    const termMonths = random.chance(0.5) ? 0 : random.pick([36, 60]);
    const age = newcomer ? 0 : random.integer(0, termMonths === 0 ? 1_500 : termMonths * 28);
    framework.push(
      drawAgreement(random, {
        id: `a-${index + 1}-0`,
        type: 'MSA',
        parentId: null,
        startDay: joinedDay - age,
        termMonths,
        annualMinor: 0,
      }),
    );
  }
  const parentId = framework[0]?.id ?? null;
  const below = Array.from({ length: count }, (_, at) => {
    const termMonths = random.pick([12, 12, 12, 24, 36]);
    const type = random.weighted({ SOW: 0.45, service: 0.5, other: 0.05 });
    const startDay = joinedDay - (newcomer ? 0 : random.integer(0, termMonths * 30));
    const annualMinor = roundMinor(random.logNormal(SEGMENTS[segment].annualValueMinor, 0.7));
    return drawAgreement(random, {
      id: `a-${index + 1}-${at + 1}`,
      type,
      parentId,
      startDay,
      termMonths,
      annualMinor,
    });
  });
  return [...framework, ...below];
}

type AgreementFrame = Pick<Agreement, 'id' | 'type' | 'parentId' | 'startDay' | 'termMonths' | 'annualMinor'>;

function drawAgreement(random: Random, frame: AgreementFrame): Agreement {
  const endDay = frame.termMonths === 0 ? null : termEnd(frame.startDay, frame.termMonths);
  const autoRenew = random.chance(frame.type === 'MSA' ? 0.9 : 0.55);
  const billingMonths = random.pick([1, 1, 3, 3, 12]);
  return {
    ...frame,
    endDay,
    billingMonths,
    autoRenew,
    paymentTermDays: random.pick([14, 30, 30, 30, 45, 60]),
    noticeDays: random.pick([30, 30, 60, 90]),
    serviceLine:
      frame.type === 'MSA' ? 'framework' : random.pick(['platform', 'analytics', 'advisory', 'training']),
    nextBillDay: 0,
    decisionDay: endDay === null || autoRenew ? endDay : endDay - random.integer(5, 25),
    lapses: false,
    amendments: 0,
    sequence: 0,
  };
}
