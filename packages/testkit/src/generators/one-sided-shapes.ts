import type { EventData, EventType } from '@bellwether/events';
import fc from 'fast-check';
import { type EventShape, eventShapes } from './event-shapes.ts';

const told = <T extends EventType>(type: T, data: EventData<T>): fc.Arbitrary<EventShape> =>
  fc.constant({ type, data } as unknown as EventShape);

const FEATURES = ['reports', 'export', 'search', 'api', 'mobile', 'alerts', 'roles'];
const feature = fc
  .constantFrom(...FEATURES)
  .map((name): EventShape => ({ type: 'activity.feature-used', data: { feature: name, count: 9 } }));
const seats = fc.constantFrom(14, 15, 16, 17, 20).map(
  (activeUsers): EventShape => ({
    type: 'activity.usage-reported',
    data: { count: 20, activeUsers, licensedSeats: 20 },
  }),
);
const nps = fc
  .constantFrom(6, 9, 10)
  .map((score): EventShape => ({ type: 'feedback.nps', data: { score, scaleMin: 0, scaleMax: 10 } }));
const csat = fc
  .constantFrom(4, 5)
  .map((score): EventShape => ({ type: 'feedback.csat', data: { score, scaleMin: 1, scaleMax: 5 } }));

/** Mostly good news, so that health is high and falls again: for what only healthy customers come to. */
export const thrivingShapes: fc.Arbitrary<EventShape> = fc.oneof(
  { weight: 3, arbitrary: feature },
  { weight: 2, arbitrary: seats },
  { weight: 2, arbitrary: nps },
  { weight: 2, arbitrary: csat },
  { weight: 1, arbitrary: told('goal.met', { goalId: 'g1' }) },
  { weight: 1, arbitrary: told('goal.value-realised', { goalId: 'g2', target: 10, actual: 10 }) },
  { weight: 1, arbitrary: told('contact.created', { contactId: 'p1', isSponsor: true }) },
  { weight: 1, arbitrary: told('ticket.resolved', { ticketId: 't1' }) },
  {
    weight: 2,
    arbitrary: told('agreement.created', {
      ...{ agreementId: 'A', agreementType: 'SOW', valueMinor: 900_000 },
      ...{ startDate: '2023-01-31', endDate: '2025-03-31' },
    }),
  },
  { weight: 2, arbitrary: eventShapes },
);

const purchase = fc
  .integer({ min: 1, max: 900_000 })
  .map((amountMinor): EventShape => ({ type: 'payment.paid', data: { amountMinor } }));

/** Purchases under no agreement, and what else there is without one: for what is read from the rhythm of buying. */
export const buyingShapes: fc.Arbitrary<EventShape> = fc.oneof(
  { weight: 3, arbitrary: purchase },
  { weight: 1, arbitrary: feature },
  { weight: 1, arbitrary: csat },
  { weight: 1, arbitrary: told('ticket.opened', { ticketId: 't1', severity: 3 }) },
  { weight: 1, arbitrary: eventShapes.filter(({ type }) => !type.startsWith('agreement.')) },
);
