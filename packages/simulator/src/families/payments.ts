import { DAY_MS, formatDay } from '@bellwether/events';
import type { Agreement } from '../customer.ts';
import { DAYS_PER_MONTH } from '../parameters.ts';
import type { Scene } from '../scene.ts';
import { roundMinor } from './agreements.ts';

const FAILED_SHARE = 0.02;
const PARTS_SHARE = 0.03;
const BOUGHT_PER_DAY = { framework: 0.012, other: 0.002 } as const;
const PURCHASE_MEDIAN_MINOR = 250_000;

/** Invoices that fall due on a day, with the payments they lead to, and purchases outside agreements. */
export function bill(scene: Scene): void {
  const { customer, day, random, pressure } = scene;
  for (const agreement of customer.agreements) {
    if (agreement.annualMinor > 0 && agreement.nextBillDay <= day) invoice(scene, agreement);
  }
  const perDay = BOUGHT_PER_DAY[customer.traits.archetype === 'msa-only' ? 'framework' : 'other'];
  if (random.chance(perDay * (1 - pressure))) buyOutsideAgreement(scene, scene.workTime());
}

/** A payment that belongs to no agreement. */
export function buyOutsideAgreement(scene: Scene, atMs: number): void {
  const amountMinor = roundMinor(scene.random.logNormal(PURCHASE_MEDIAN_MINOR, 0.7));
  scene.emit('payment.paid', { amountMinor, units: scene.random.integer(1, 20) }, { atMs });
}

function invoice(scene: Scene, agreement: Agreement): void {
  const { day, random, customer, effects } = scene;
  agreement.nextBillDay = day + Math.round(agreement.billingMonths * DAYS_PER_MONTH);
  const bill = {
    invoiceId: scene.newId('n'),
    agreementId: agreement.id,
    amountMinor: Math.round((agreement.annualMinor * agreement.billingMonths) / 12),
    recurringMonths: agreement.billingMonths,
  };
  const dueDay = day + agreement.paymentTermDays;
  scene.emit(
    'payment.invoiced',
    { ...bill, dueDate: formatDay(dueDay) },
    { atMs: scene.hour(5 + random.next()) },
  );
  const dueMs = (dueDay + 1) * DAY_MS;
  if (!random.chance(Math.min(0.95, customer.traits.latePayment + effects.latePayment))) {
    const early = random.between(0, Math.min(12, agreement.paymentTermDays));
    pay(scene, bill, dueMs - early * DAY_MS);
    return;
  }
  scene.emit('payment.overdue', bill, { atMs: dueMs + random.between(5, 7) * 3_600_000 });
  pay(scene, bill, dueMs + random.between(2, 35) * DAY_MS);
}

interface Bill {
  readonly invoiceId: string;
  readonly agreementId: string;
  readonly amountMinor: number;
  readonly recurringMonths: number;
}

/** Money comes: mostly at once, sometimes after a failed attempt, sometimes in two parts. */
function pay(scene: Scene, bill: Bill, atMs: number): void {
  const { random } = scene;
  if (random.chance(PARTS_SHARE)) {
    const firstMinor = Math.round(bill.amountMinor / 2);
    scene.emit('payment.paid', { ...bill, amountMinor: firstMinor }, { atMs });
    const rest = { ...bill, amountMinor: bill.amountMinor - firstMinor };
    scene.emit('payment.paid', rest, { atMs: atMs + random.between(3, 20) * DAY_MS });
    return;
  }
  const failed = random.chance(FAILED_SHARE);
  if (failed) scene.emit('payment.failed', bill, { atMs });
  scene.emit('payment.paid', bill, { atMs: failed ? atMs + random.between(2, 6) * DAY_MS : atMs });
}
