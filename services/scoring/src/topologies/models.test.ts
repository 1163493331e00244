import { applyChoice, CRM, type ModelChoice, NO_CHOICE } from '@bellwether/domain';
import {
  type CustomerChange,
  type CustomerEventsRecord,
  customerKey,
  DAY_MS,
  type ModelChoiceRecord,
  type ShadowScores,
} from '@bellwether/events';
import { createRunner, drain } from '@bellwether/stream';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { scoringTopology } from './scoring.ts';

const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };
const TENANT = 'acme';
const DAY = 20_000;
const CUSTOMERS = ['c-1', 'c-2', 'c-3', 'c-4'];
const PARTITIONS = 2;
const USE = { type: 'activity.feature-used', data: { feature: 'reports', count: 4 } };

/** A tenant on two partitions whose models are chosen, told to each of them as the owner of the models does. */
class Tenant {
  readonly log = new MemoryLog(PARTITIONS);
  readonly store = new MemoryStore();
  #choice: ModelChoice = NO_CHOICE;
  #count = 0;

  async begin(day: number): Promise<void> {
    const range = { slotFrom: 0, slotTo: 1023 };
    const told = { startsAt: day * DAY_MS, receivedAt: day * DAY_MS, historical: false };
    await this.#everywhere({ kind: 'day', tenant: TENANT, day, ...range, ...told });
    const fresh = { status: 'fresh', lastDay: day } as const;
    const value = { activity: fresh, contact: fresh, opportunity: fresh, customer: fresh };
    await this.#everywhere({
      kind: 'context',
      tenant: TENANT,
      item: 'feeds',
      version: 1,
      receivedAt: 0,
      value,
    });
  }

  /** What crm reads: a contact, a won deal, revenue, one use. */
  async know(customerId: string): Promise<void> {
    const contact = { contactId: 'p', hasEmail: true };
    await this.happens(customerId, { type: 'contact.created', data: contact });
    const won = { opportunityId: 'o', amountMinor: 10_000_000 };
    await this.happens(customerId, { type: 'opportunity.won', data: won });
    await this.happens(customerId, { type: 'customer.profile', data: { annualRevenueMinor: 1_000_000_000 } });
    await this.happens(customerId, { type: 'activity.login', data: {} });
  }

  async happens(customerId: string, what: { readonly type: string; readonly data: unknown }): Promise<void> {
    this.#count += 1;
    const at = DAY * DAY_MS + this.#count;
    const id = `e-${this.#count}`;
    const when = { source: 'test', time: at, day: DAY, receivedAt: at, historical: false };
    const value = { kind: 'event', tenant: TENANT, customerId, id, ...when, ...what };
    await this.log.append([{ topic: 'customer-events', key: customerKey(TENANT, customerId), value }]);
  }

  async choose(kind: 'shadow' | 'promote' | 'rollback'): Promise<void> {
    await this.tellChoice(kind);
    await this.review();
  }

  async tellChoice(kind: 'shadow' | 'promote' | 'rollback'): Promise<void> {
    const told = { tenant: TENANT, choiceId: 'x', by: 'Ada', at: DAY * DAY_MS };
    const { id, version } = CRM;
    const all = {
      ...told,
      id,
      version,
      pack: JSON.stringify(CRM),
      size: null,
      kind,
    } as ModelChoiceRecord;
    const result = applyChoice(this.#choice, all);
    if (!result.ok) throw new Error(result.refusal.why);
    this.#choice = result.choice;
    const receivedAt = DAY * DAY_MS;
    const choice = JSON.stringify(this.#choice);
    const item = { item: 'models', version: this.#choice.version, value: { choice } } as const;
    await this.#everywhere({ kind: 'context', tenant: TENANT, ...item, receivedAt });
  }

  /** As it follows every choice. */
  async review(): Promise<void> {
    const receivedAt = DAY * DAY_MS;
    const range = { slotFrom: 0, slotTo: 1023 };
    await this.#everywhere({
      kind: 'review',
      tenant: TENANT,
      version: this.#choice.version,
      ...range,
      receivedAt,
    });
  }

  async #everywhere(value: CustomerEventsRecord): Promise<void> {
    const partitions = [...Array(PARTITIONS).keys()];
    await this.log.append(
      partitions.map((partition) => ({ topic: 'customer-events', key: TENANT, partition, value })),
    );
  }

  async work(): Promise<void> {
    const topology = scoringTopology({ partitions: PARTITIONS });
    await drain([createRunner({ log: this.log, store: this.store, clock, topology })]);
  }

  changes(customerId: string): readonly CustomerChange[] {
    return this.log
      .topic('customer-changes')
      .map(({ value }) => value as CustomerChange)
      .filter((change) => change.kind === 'change' && change.customerId === customerId);
  }

  shadows(customerId: string): readonly ShadowScores[] {
    return this.log
      .topic('shadow-scores')
      .map(({ value }) => value as ShadowScores)
      .filter((told) => told.customerId === customerId);
  }
}

async function tenantWithCustomers(): Promise<Tenant> {
  const tenant = new Tenant();
  await tenant.begin(DAY);
  for (const customerId of CUSTOMERS) await tenant.know(customerId);
  await tenant.work();
  return tenant;
}

describe('a model that is tried (N6)', () => {
  it('scores every customer at once, on a topic of its own; sequences of changes know nothing of it', async () => {
    const tenant = await tenantWithCustomers();
    const told = CUSTOMERS.map((customerId) => tenant.changes(customerId).length);
    await tenant.choose('shadow');
    await tenant.work();
    expect(CUSTOMERS.map((customerId) => tenant.changes(customerId).length)).toEqual(told);
    // By crm: 20 x 100 + 20 x 8 + 20 x 100 + 25 x 80 + 15 x 60 = 7,060; the framework knows too little of them.
    for (const customerId of CUSTOMERS) {
      expect(tenant.shadows(customerId)).toMatchObject([
        {
          cause: 'reference-change',
          live: { health: { value: null, band: 'not-scorable', model: { id: 'cs-framework' } } },
          shadows: [
            { id: 'crm', size: null, health: { value: 7_060, band: 'needs-attention' }, atRisk: false },
          ],
        },
      ]);
    }
  });

  it('is told again when one of the two moves, with both as they stand', async () => {
    const tenant = await tenantWithCustomers();
    await tenant.choose('shadow');
    await tenant.happens('c-2', USE);
    await tenant.work();
    const [, last] = tenant.shadows('c-2');
    // 5 uses instead of 1: 20 x 40 instead of 20 x 8
    expect([last?.shadows[0]?.health.value, last?.cause]).toEqual([7_700, 'new-data']);
    expect(tenant.shadows('c-1')).toHaveLength(1);
  });
});

describe('a model that is promoted (N6)', () => {
  it('counts for every customer at once, and the change says why (N13); a step back does the same', async () => {
    const tenant = await tenantWithCustomers();
    for (const kind of ['shadow', 'promote', 'rollback'] as const) {
      await tenant.choose(kind);
      await tenant.work();
    }
    for (const customerId of CUSTOMERS) {
      const [promoted, back] = tenant.changes(customerId).slice(-2);
      expect([promoted?.cause, back?.cause]).toEqual(['model-change', 'model-change']);
      const health = { type: 'score.health.changed' };
      expect(promoted?.changes[0]).toMatchObject({ ...health, previous: null, value: 7_060 });
      expect(back?.changes[0]).toMatchObject({ ...health, previous: 7_060, value: null });
      expect(tenant.shadows(customerId).at(-1)?.shadows).toEqual([]);
    }
  });

  it('has a change of its own for a customer to whom something happens before the review', async () => {
    const tenant = await tenantWithCustomers();
    await tenant.choose('shadow');
    await tenant.tellChoice('promote');
    await tenant.happens('c-1', USE);
    await tenant.review();
    await tenant.work();
    const causes = tenant.changes('c-1').map(({ cause }) => cause);
    expect(causes.slice(-2)).toEqual(['model-change', 'new-data']);
  });

  it('is the same for a log that is worked through at once as for one that is followed (N5)', async () => {
    const [followed, atOnce] = [await tenantWithCustomers(), new Tenant()];
    await atOnce.begin(DAY);
    for (const customerId of CUSTOMERS) await atOnce.know(customerId);
    for (const kind of ['shadow', 'promote', 'rollback'] as const) {
      await followed.choose(kind);
      await followed.work();
      await atOnce.choose(kind);
    }
    await atOnce.work();
    for (const customerId of CUSTOMERS) {
      const told = (tenant: Tenant) => [tenant.changes(customerId), tenant.shadows(customerId)];
      expect(JSON.stringify(told(atOnce))).toBe(JSON.stringify(told(followed)));
    }
  });
});
