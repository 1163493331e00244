import Type from 'typebox';
import { Currency, Id, LocalDate, MAX_WHOLE_NUMBER, PositiveMinorUnits, ShortText } from '../ids.ts';

const invoice = {
  invoiceId: Type.Optional(Id),
  agreementId: Type.Optional(Id),
  amountMinor: PositiveMinorUnits,
  currency: Type.Optional(Currency),
  recurringMonths: Type.Optional(Type.Integer({ minimum: 0, maximum: 120 })),
};

/** Billing (S26, S27, S109). A payment is an increment: two parts of one invoice are two events. */
export const paymentEvents = {
  'payment.invoiced': Type.Object(
    { ...invoice, invoiceId: Id, dueDate: Type.Optional(LocalDate) },
    { additionalProperties: false },
  ),
  'payment.paid': Type.Object(
    { ...invoice, units: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })) },
    { additionalProperties: false },
  ),
  'payment.overdue': Type.Object({ ...invoice, invoiceId: Id }, { additionalProperties: false }),
  'payment.failed': Type.Object(invoice, { additionalProperties: false }),
} as const;

const Measure = Type.Optional(Type.Number({ minimum: -1e12, maximum: 1e12 }));

/** Goals of the customer (S93, S112): facts about a goal, idempotent by its id. */
export const goalEvents = {
  'goal.set': Type.Object(
    { goalId: Id, title: Type.Optional(ShortText), target: Measure, dueDate: Type.Optional(LocalDate) },
    { additionalProperties: false },
  ),
  'goal.met': Type.Object({ goalId: Id, actual: Measure }, { additionalProperties: false }),
  'goal.value-realised': Type.Object(
    { goalId: Id, target: Measure, actual: Measure, firstMeaningfulUse: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
} as const;

/** Who the customer is (S52, S63, S81, S104), and with whom it counts (N23). */
export const customerEvents = {
  'customer.profile': Type.Object(
    {
      name: Type.Optional(ShortText),
      industry: Type.Optional(ShortText),
      sizeBand: Type.Optional(ShortText),
      annualRevenueMinor: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_WHOLE_NUMBER })),
      employees: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
      yearlyCostMinor: Type.Optional(PositiveMinorUnits),
      owner: Type.Optional(ShortText),
      tier: Type.Optional(ShortText),
      parentCustomerId: Type.Optional(Id),
      createdDate: Type.Optional(LocalDate),
      status: Type.Optional(ShortText),
    },
    { additionalProperties: false },
  ),
  /** From its time on the customer counts with another one, under whose id its scores are published (N23). */
  'customer.merged': Type.Object({ into: Id }, { additionalProperties: false }),
  /** From its time on the customer counts for itself again. */
  'customer.split': Type.Object({}, { additionalProperties: false }),
} as const;
