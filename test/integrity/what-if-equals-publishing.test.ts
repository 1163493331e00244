import {
  MATTERMOST_2025,
  type ModelPack,
  Retrospect,
  type RetrospectRecord,
  SHIPPED_PACKS,
  supposeOf,
} from '@bellwether/domain';
import type { CustomerEvent, CustomerEventsRecord, ReviewRecord } from '@bellwether/events';
import { customerStreams } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScoredCustomer } from './support/scored-customer.ts';

const RUNS = Number(process.env.BELLWETHER_RUNS ?? 60);

const isOfCustomer = (record: CustomerEventsRecord): record is RetrospectRecord => record.kind !== 'minute';

function scoredBy(records: readonly CustomerEventsRecord[]): ScoredCustomer {
  const customer = new ScoredCustomer();
  for (const record of records) customer.take(record);
  return customer;
}
function lookBack(records: readonly RetrospectRecord[]): Retrospect {
  const retrospect = new Retrospect();
  for (const record of records) retrospect.take(record);
  return retrospect;
}

/** What the topology of scoring does once the pack is live in the context and everybody is reviewed under it. */
function promote(customer: ScoredCustomer, live: ModelPack, receivedAt: number): void {
  const { models, itemVersions } = customer.head;
  const contextVersion = customer.head.contextVersion + 1;
  const items = { ...itemVersions, models: contextVersion };
  customer.head = { ...customer.head, models: { ...models, live }, contextVersion, itemVersions: items };
  const review: ReviewRecord = {
    kind: 'review',
    tenant: 'acme',
    version: 1,
    slotFrom: 0,
    slotTo: 1023,
    receivedAt,
  };
  customer.take(review);
}

/** Streams cut in two: what has been published, and events that may come now. */
const streams = fc
  .tuple(customerStreams({ maxLength: 30 }), fc.integer({ min: 1, max: 5 }))
  .map(([stream, last]) => {
    const records = stream.filter(isOfCustomer);
    const past = records.slice(0, -last);
    const events = records.slice(-last).filter((record): record is CustomerEvent => record.kind === 'event');
    return { past, events, receivedAt: Math.max(...records.map((record) => record.receivedAt)) };
  });

describe('what would be (N6)', () => {
  it('if events came, is what is published when they come, byte for byte', () => {
    let told = 0;
    fc.assert(
      fc.property(streams, ({ past, events, receivedAt }) => {
        const { after } = supposeOf(lookBack(past), { events, receivedAt });
        const real = scoredBy([...past, ...events]);
        expect(JSON.stringify(after.state)).toBe(JSON.stringify(real.state));
        expect(JSON.stringify(after.changes)).toBe(JSON.stringify(real.changes));
        told += real.changes.length - scoredBy(past).changes.length;
      }),
      { numRuns: RUNS },
    );
    expect(told).toBeGreaterThan(RUNS / 4);
  });

  it('if a model were promoted, is what is published when it is live, byte for byte; so are events after it', () => {
    let told = 0;
    fc.assert(
      fc.property(streams, fc.constantFrom(...SHIPPED_PACKS), ({ past, events, receivedAt }, model) => {
        const { after } = supposeOf(lookBack(past), { model, events, receivedAt });
        const real = scoredBy(past);
        const before = real.changes.length;
        promote(real, model, receivedAt);
        for (const event of events) real.take(event);
        expect(JSON.stringify(after.state?.published)).toBe(JSON.stringify(real.state?.published));
        expect(JSON.stringify(after.changes)).toBe(JSON.stringify(real.changes));
        const health = after.state?.published.health;
        // Before the first day of a tenant nobody is reviewed: the model counts from its next record on.
        if (health && after.context.day !== null)
          expect(health.model).toEqual({ id: model.id, version: model.version });
        told += real.changes.length - before;
      }),
      { numRuns: RUNS },
    );
    expect(told).toBeGreaterThan(RUNS / 4);
  });

  it('leaves what stands as it is', () => {
    fc.assert(
      fc.property(streams, ({ past, events, receivedAt }) => {
        const before = lookBack(past);
        const [state, changes] = [JSON.stringify(before.state), before.changes.length];
        supposeOf(before, { model: MATTERMOST_2025, events, receivedAt });
        expect([JSON.stringify(before.state), before.changes.length]).toEqual([state, changes]);
      }),
      { numRuns: 20 },
    );
  });
});
