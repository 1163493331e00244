import type { Agreement, Opportunity } from '../customer.ts';
import { DAYS_PER_YEAR } from '../parameters.ts';
import type { Scene } from '../scene.ts';
import { amend, announceAgreement, roundMinor, termEnd } from './agreements.ts';

const STAGES = ['qualification', 'proposal', 'negotiation'] as const;
const PER_YEAR = 0.8;
const WIN_SHARE = 0.4;
const FRAMEWORK_WIN_SHARE = 0.12;
const RENEWAL_OPENS_DAYS = 90;
const TERM_MONTHS = 12;

/** Sales opportunities: opened, moved on, won or lost; a win becomes an agreement or an amendment. */
export function sell(scene: Scene): void {
  const { customer, day, random, effects } = scene;
  const growing = customer.traits.archetype === 'growing' ? 2.5 : 1;
  if (random.chance((PER_YEAR * growing * (1 + effects.opportunities)) / DAYS_PER_YEAR))
    open(scene, 'growth');
  for (const agreement of customer.agreements) {
    const opens = agreement.endDay !== null && day === agreement.endDay - RENEWAL_OPENS_DAYS;
    if (opens && agreement.annualMinor > 0 && random.chance(0.6)) open(scene, agreement);
  }
  for (const opportunity of customer.opportunities.filter(({ nextDay }) => nextDay <= day))
    move(scene, opportunity);
}

function open(scene: Scene, about: Agreement | 'growth'): void {
  const { customer, day, random } = scene;
  const kind: Opportunity['kind'] = about === 'growth' ? growthKind(scene) : 'renewal';
  const typical = customer.agreements.reduce(
    (most, { annualMinor }) => Math.max(most, annualMinor),
    1_000_000,
  );
  const opportunity: Opportunity = {
    id: scene.newId('o'),
    kind,
    amountMinor: about === 'growth' ? roundMinor(typical * random.between(0.1, 0.8)) : about.annualMinor,
    agreementId: about === 'growth' ? null : about.id,
    stage: 0,
    nextDay: day + random.integer(8, 30),
  };
  customer.opportunities.push(opportunity);
  const { id: opportunityId, amountMinor } = opportunity;
  const data = { opportunityId, opportunityKind: kind, stage: STAGES[0], amountMinor };
  scene.emit('opportunity.created', data, { atMs: scene.workTime() });
}

function growthKind(scene: Scene): 'new' | 'upsell' | 'cross-sell' {
  const { traits } = scene.customer;
  if (traits.archetype === 'msa-only') return 'cross-sell';
  return scene.random.weighted({ new: 0.15, upsell: 0.5, 'cross-sell': 0.35 });
}

function move(scene: Scene, opportunity: Opportunity): void {
  const { day, random } = scene;
  const { id: opportunityId, kind } = opportunity;
  if (opportunity.stage < STAGES.length - 1) {
    opportunity.stage += 1;
    opportunity.nextDay = day + random.integer(10, 35);
    const data = {
      opportunityId,
      stage: STAGES[opportunity.stage] ?? STAGES[0],
      amountMinor: opportunity.amountMinor,
    };
    scene.emit('opportunity.stage-changed', data, { atMs: scene.workTime() });
    return;
  }
  const won = kind === 'renewal' ? renewalOutcome(scene, opportunity) : random.chance(winShare(scene));
  if (won === 'open') {
    opportunity.nextDay = day + 5;
    return;
  }
  const { customer } = scene;
  customer.opportunities = customer.opportunities.filter(({ id }) => id !== opportunityId);
  const data = { opportunityId, amountMinor: opportunity.amountMinor };
  scene.emit(won ? 'opportunity.won' : 'opportunity.lost', data, { atMs: scene.workTime() });
  if (won && kind !== 'renewal') deliver(scene, opportunity);
}

function winShare(scene: Scene): number {
  const { customer, effects } = scene;
  const base = customer.traits.archetype === 'msa-only' ? FRAMEWORK_WIN_SHARE : WIN_SHARE;
  return base * (1 + effects.opportunities) * (1 - 0.5 * scene.pressure);
}

/** A renewal is won when its agreement was renewed, lost when it lapsed or ended, and open until then. */
function renewalOutcome(scene: Scene, opportunity: Opportunity): boolean | 'open' {
  const agreement = scene.customer.agreements.find(({ id }) => id === opportunity.agreementId);
  if (agreement === undefined || agreement.lapses) return false;
  const renewed = agreement.endDay === null || agreement.endDay - scene.day > RENEWAL_OPENS_DAYS;
  return renewed ? true : 'open';
}

function deliver(scene: Scene, opportunity: Opportunity): void {
  const { customer, random, day } = scene;
  const sold = customer.agreements.filter(({ annualMinor }) => annualMinor > 0);
  if (opportunity.kind === 'upsell' && sold.length > 0) {
    const agreement = random.pick(sold);
    amend(scene, agreement, opportunity.amountMinor / Math.max(1, agreement.annualMinor));
    return;
  }
  const startDay = day + 1;
  const endDay = termEnd(startDay, TERM_MONTHS);
  const agreement: Agreement = {
    id: scene.newId('a'),
    type: random.chance(0.5) ? 'SOW' : 'service',
    parentId: customer.agreements.find(({ type }) => type === 'MSA')?.id ?? null,
    startDay,
    termMonths: TERM_MONTHS,
    billingMonths: random.pick([1, 3, 12]),
    paymentTermDays: 30,
    noticeDays: 30,
    autoRenew: random.chance(0.5),
    serviceLine: random.pick(['platform', 'analytics', 'advisory', 'training']),
    endDay,
    annualMinor: opportunity.amountMinor,
    nextBillDay: startDay,
    decisionDay: endDay,
    lapses: false,
    amendments: 0,
    sequence: 0,
  };
  customer.agreements.push(agreement);
  announceAgreement(scene, agreement, scene.hour(19));
}
