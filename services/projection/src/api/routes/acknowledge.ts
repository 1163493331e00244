import { randomUUID } from 'node:crypto';
import { type CustomerEventOf, customerKey, type ReceivedEvent } from '@bellwether/events';
import Type, { type Static } from 'typebox';
import { localDay } from '../../read/local-day.ts';
import type { TenantView } from '../../read/tenant-view.ts';
import type { AlertDocument } from '../../steps/fold-alert.ts';
import { ProblemError } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';

/** Who takes note, and what there is to say. */
export const Acknowledgement = Type.Object(
  {
    actor: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S', description: 'who takes note' }),
    note: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);
export const Accepted = Type.Object({
  eventId: Type.String({ description: 'id of the event that says so' }),
});

/** Events of people at the board come from this source. */
const SOURCE = 'bellwether:board';

/**
 * Publishes that somebody took note of an alert: a person is a source system, so this is an event like any other, and
 * the alert changes when the event has gone its way. Resolves when the event is on disk.
 */
export async function acknowledge(
  deps: RouteDeps,
  what: {
    readonly view: TenantView;
    readonly alert: AlertDocument;
    readonly body: Static<typeof Acknowledgement>;
  },
): Promise<Static<typeof Accepted>> {
  const { view, alert } = what;
  const { actor, note } = what.body;
  if (alert.state === 'resolved') {
    throw new ProblemError(409, 'alert-resolved', {
      detail: `The alert ${alert.alertId} is resolved already: there is nothing left to take note of.`,
    });
  }
  const now = deps.now();
  const event: CustomerEventOf<'alert.acknowledged'> = {
    kind: 'event',
    tenant: view.tenant,
    customerId: alert.customerId,
    id: randomUUID(),
    source: SOURCE,
    type: 'alert.acknowledged',
    time: now,
    day: localDay(now, view.settings.timeZone),
    receivedAt: now,
    historical: false,
    data: { alertId: alert.alertId, actor, ...(note === undefined ? {} : { note }) },
  };
  const value: ReceivedEvent = { kind: 'received', event };
  const key = customerKey(view.tenant, alert.customerId);
  await deps.log.append([{ topic: 'source-board', key, value }]);
  return { eventId: event.id };
}
