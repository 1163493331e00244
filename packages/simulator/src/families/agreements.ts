import { formatDay } from '@bellwether/events';
import type { Agreement } from '../customer.ts';
import { DAYS_PER_MONTH, DAYS_PER_YEAR, MISFORTUNES } from '../parameters.ts';
import type { Scene } from '../scene.ts';

const AMENDMENTS_PER_YEAR = 0.35;
const MINOR_STEP = 10_000;
const CLOSING_REASONS = [
  'terminated for convenience',
  'moved to another provider',
  'budget withdrawn',
] as const;

/** A whole number of hundreds of the currency, at least one. */
export function roundMinor(amountMinor: number): number {
  return Math.max(MINOR_STEP, Math.round(amountMinor / MINOR_STEP) * MINOR_STEP);
}

/** Last day of a term that starts on `startDay`. */
export function termEnd(startDay: number, months: number): number {
  return startDay + Math.round(months * DAYS_PER_MONTH) - 1;
}

/** The customer relation management system tells of an agreement, new or from before. */
export function announceAgreement(scene: Scene, agreement: Agreement, atMs: number): void {
  const { endDay } = agreement;
  agreement.sequence += 1;
  const data = {
    agreementId: agreement.id,
    agreementType: agreement.type,
    ...(agreement.parentId === null ? {} : { parentAgreementId: agreement.parentId }),
    valueMinor: termValue(agreement),
    signedDate: formatDay(agreement.startDay - 10),
    effectiveDate: formatDay(agreement.startDay),
    startDate: formatDay(agreement.startDay),
    ...(endDay === null
      ? { perpetual: true }
      : { endDate: formatDay(endDay), autoRenew: agreement.autoRenew }),
    ...(endDay === null ? {} : { renewalTermMonths: agreement.termMonths, noticeDays: agreement.noticeDays }),
    paymentTerms: `net ${agreement.paymentTermDays}`,
    serviceLine: agreement.serviceLine,
  };
  scene.emit('agreement.created', data, { atMs, sequence: agreement.sequence });
}

/** Value of one term, whole minor units; of one year where there is no end. */
function termValue(agreement: Agreement): number {
  const months = agreement.endDay === null ? 12 : agreement.termMonths;
  return Math.round((agreement.annualMinor * months) / 12);
}

/** Amendments, renewals and expiries of a day. */
export function keepAgreements(scene: Scene): void {
  const { customer, day } = scene;
  for (const agreement of [...customer.agreements]) {
    maybeAmend(scene, agreement);
    if (agreement.decisionDay === day) decideRenewal(scene, agreement);
    if (agreement.lapses && agreement.endDay !== null && day > agreement.endDay) expire(scene, agreement);
  }
}

function maybeAmend(scene: Scene, agreement: Agreement): void {
  const { customer, random, effects } = scene;
  const doubt = -effects.opportunities;
  const growing = customer.traits.archetype === 'growing';
  const perYear = AMENDMENTS_PER_YEAR * (growing ? 2 : 1) * (1 + 3 * doubt);
  if (agreement.annualMinor === 0 || !random.chance(perYear / DAYS_PER_YEAR)) return;
  const direction = random.weighted({ up: 0.68 * (1 - doubt), none: 0.17, down: 0.15 + 0.6 * doubt });
  const size = direction === 'none' ? 0 : random.between(0.04, 0.2) * (direction === 'up' ? 1 : -1);
  amend(scene, agreement, size);
}

/** Changes the value of an agreement by a share of its year. */
export function amend(scene: Scene, agreement: Agreement, share: number): void {
  const { day } = scene;
  const deltaMinor = share === 0 ? 0 : Math.sign(share) * roundMinor(Math.abs(share) * agreement.annualMinor);
  agreement.annualMinor = Math.max(MINOR_STEP, agreement.annualMinor + deltaMinor);
  agreement.amendments += 1;
  agreement.sequence += 1;
  const data = {
    agreementId: agreement.id,
    amendmentNumber: `A${agreement.amendments}`,
    effectiveDate: formatDay(day),
    ...(deltaMinor === 0 ? {} : { deltaMinor }),
    reason: deltaMinor === 0 ? 'administrative change' : deltaMinor > 0 ? 'scope extended' : 'scope reduced',
  };
  scene.emit('agreement.amended', data, { atMs: scene.workTime(), sequence: agreement.sequence });
}

function decideRenewal(scene: Scene, agreement: Agreement): void {
  const { customer, random, pressure } = scene;
  const { drift } = customer;
  const endDay = agreement.endDay ?? 0;
  const leaving = drift !== null && drift.churnDay !== null && pressure > 0 && endDay + 1 >= drift.churnDay;
  const lapseShare = agreement.type === 'MSA' ? 0 : MISFORTUNES.lapseShare;
  if (leaving || random.chance(lapseShare + 0.5 * pressure)) {
    agreement.lapses = true;
    return;
  }
  const startDay = endDay + 1;
  agreement.annualMinor = Math.round(agreement.annualMinor * random.between(1, 1.06));
  agreement.endDay = termEnd(startDay, agreement.termMonths);
  agreement.decisionDay = agreement.autoRenew ? agreement.endDay : agreement.endDay - random.integer(5, 25);
  agreement.sequence += 1;
  const data = {
    agreementId: agreement.id,
    deltaMinor: termValue(agreement),
    effectiveDate: formatDay(startDay),
    endDate: formatDay(agreement.endDay),
    reason: agreement.autoRenew ? 'renewed by itself' : 'renewed by order',
  };
  scene.emit('agreement.renewed', data, { atMs: scene.hour(20), sequence: agreement.sequence });
}

function expire(scene: Scene, agreement: Agreement): void {
  const { customer } = scene;
  customer.agreements = customer.agreements.filter(({ id }) => id !== agreement.id);
  agreement.sequence += 1;
  const data = { agreementId: agreement.id, effectiveDate: formatDay(scene.day), reason: 'not renewed' };
  scene.emit('agreement.expired', data, { atMs: scene.hour(1), sequence: agreement.sequence });
}

/** The last day of a customer: what ran out expires, the rest is terminated, and the record is closed. */
export function leaveForGood(scene: Scene): void {
  const { customer, day, random } = scene;
  const reason = random.pick(CLOSING_REASONS);
  for (const agreement of [...customer.agreements]) {
    if (agreement.endDay !== null && agreement.endDay < day) {
      expire(scene, agreement);
      continue;
    }
    agreement.sequence += 1;
    const date = formatDay(day);
    const data = {
      agreementId: agreement.id,
      effectiveDate: date,
      endDate: date,
      reason,
      ...unbilled(scene, agreement),
    };
    scene.emit('agreement.terminated', data, { atMs: scene.hour(9), sequence: agreement.sequence });
  }
  customer.agreements = [];
  scene.emit('customer.profile', { status: 'former' }, { atMs: scene.hour(17) });
}

/** Half of the sources take the value of the rest of the term back, the others leave it standing. */
function unbilled(scene: Scene, agreement: Agreement): { deltaMinor?: number } {
  if (agreement.endDay === null || agreement.annualMinor === 0 || scene.random.chance(0.5)) return {};
  const days = Math.min(agreement.endDay - scene.day, Math.round(agreement.termMonths * DAYS_PER_MONTH));
  return { deltaMinor: -Math.round((agreement.annualMinor * days) / DAYS_PER_YEAR) };
}
