import { DAY_MS } from '@bellwether/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COLLECTIONS, ENTRIES, reasonGroup, tenantKey } from '../collections.ts';
import type { AlertTransition } from '../steps/fold-alert.ts';
import type { CustomerCard } from '../steps/fold-card.ts';
import type { CustomerScores } from '../steps/fold-change.ts';
import type { PortfolioState } from '../steps/fold-portfolio.ts';
import type { ControlEntry } from '../steps/make-control-entries.ts';
import { type EventEntry, eventOfEntry } from '../steps/make-event-entry.ts';
import { openProjection, type ProjectionUnderTest, recordOf } from '../test-support/projection-under-test.ts';
import {
  alertOf,
  changeOf,
  dayOf,
  eventOf,
  healthOf,
  ltvOf,
  quarantinedOf,
  reasonOf,
  settingsOf,
  situationOf,
  TODAY,
} from '../test-support/records.ts';

let projection: ProjectionUnderTest;
beforeEach(async () => {
  projection = await openProjection();
});
afterEach(async () => {
  await projection.close();
});

const card = () => projection.readModels.get<CustomerCard>(COLLECTIONS.cards, 'acme|c1');
const scores = () => projection.readModels.get<CustomerScores>(COLLECTIONS.customers, 'acme|c1');
const entries = <Value>(collection: string, group: string) =>
  projection.readModels.entries<Value>(collection, group, { limit: 100 });

describe('events', () => {
  it('stand in the timeline once, however often they are delivered', async () => {
    const event = recordOf('customer-events', eventOf('activity.login', {}));
    await projection.take(event, event);
    await projection.take(event);
    expect(await entries(ENTRIES.events, 'acme|c1')).toHaveLength(1);
  });

  it('make a customer, but what people do at the board does not', async () => {
    await projection.take(
      recordOf('customer-events', eventOf('activity.login', {})),
      recordOf(
        'customer-events',
        eventOf('alert.acknowledged', { alertId: 'a', actor: 'Ada' }, { customerId: 'c2' }),
      ),
    );
    expect(await card()).toMatchObject({ customerId: 'c1', name: null });
    expect(await projection.readModels.count(COLLECTIONS.cards, 'acme')).toBe(1);
    expect(await entries(ENTRIES.events, 'acme|c2')).toHaveLength(1);
  });
  it('keep what it takes to score by them again: their day, their place, the sequence of the source (N4)', async () => {
    const login = eventOf('activity.login', {}, { id: 'one', sequence: 3 });
    const old = eventOf('activity.login', {}, { id: 'two', historical: true, day: TODAY - 1 });
    await projection.take(recordOf('customer-events', login), recordOf('customer-events', old));
    const kept = (await entries<EventEntry>(ENTRIES.events, 'acme|c1')).map(({ value }) => value);
    expect(kept.map(({ id, position }) => [id, position])).toEqual([
      ['one', 0],
      ['two', 1],
    ]);
    const customer = { tenant: 'acme', customerId: 'c1' };
    expect(kept.map((entry) => eventOfEntry(entry, customer))).toEqual([login, old]);
  });

  it('that come again with other content, or re-driven, stand beside the first of the same identity', async () => {
    const wrong = eventOf('payment.paid', { amountMinor: 1 }, { id: 'p' });
    const right = eventOf('payment.paid', { amountMinor: 2 }, { id: 'p' });
    const redriven = { ...wrong, redriven: 'q:0:7' };
    for (const event of [wrong, right, right, redriven, redriven]) {
      await projection.take(recordOf('customer-events', event));
    }
    expect(await entries(ENTRIES.events, 'acme|c1')).toHaveLength(3);
  });
});

describe('what the log tells of a tenant', () => {
  it('is kept by partition in its order, a day once for all its slots, a context once for all partitions', async () => {
    await projection.close();
    projection = await openProjection({ partitions: 2 });
    for (const partition of [0, 1]) {
      const told = [settingsOf(), dayOf(TODAY, { slotTo: 511 }), dayOf(TODAY, { slotFrom: 512 })];
      await projection.take(...told.map((value) => ({ ...recordOf('customer-events', value), partition })));
    }
    for (const partition of [0, 1]) {
      const kept = await entries<ControlEntry>(ENTRIES.controls, tenantKey('acme', partition));
      expect(kept.map(({ order, value }) => [order, value])).toEqual([
        [1, dayOf(TODAY)],
        [0, { kind: 'context', item: 'settings', version: 1 }],
      ]);
    }
    const contexts = await entries(ENTRIES.contexts, 'acme');
    expect(contexts.map(({ value }) => value)).toEqual([settingsOf()]);
  });
});

describe('changes', () => {
  it('set what the customer is worth and how it is, and leave the rest', async () => {
    await projection.take(
      recordOf('customer-changes', changeOf(1, [ltvOf(500, { agreements: 2 }), healthOf(7_000)])),
      recordOf('customer-changes', changeOf(2, [healthOf(4_000, { previous: 7_000 })])),
    );
    expect(await scores()).toMatchObject({
      sequence: 2,
      valueMinor: 500,
      health: 4_000,
      healthBand: 'at-risk',
    });
  });

  it('that were taken before change nothing', async () => {
    await projection.take(
      recordOf('customer-changes', changeOf(1, [ltvOf(500)])),
      recordOf('customer-changes', changeOf(2, [ltvOf(700)])),
      recordOf('customer-changes', changeOf(1, [ltvOf(500)])),
    );
    expect(await scores()).toMatchObject({ sequence: 2, valueMinor: 700 });
    expect(await entries(ENTRIES.changes, 'acme|c1')).toHaveLength(2);
  });

  it('latch situations until they end', async () => {
    const raised = [
      situationOf('risk.at-risk.raised'),
      situationOf('opportunity.cross-sell.raised', { code: 'lapsed' }),
      situationOf('renewal.due', { cause: 's1', dueDay: 20_000 }),
      situationOf('renewal.due', { cause: 's2', dueDay: 20_010 }),
    ];
    await projection.take(recordOf('customer-changes', changeOf(1, raised)));
    expect(await scores()).toMatchObject({ atRisk: { code: 'code' }, crossSell: { code: 'lapsed' } });
    const ended = [
      situationOf('risk.at-risk.cleared'),
      situationOf('opportunity.cross-sell.withdrawn'),
      situationOf('renewal.settled', { cause: 's1' }),
    ];
    await projection.take(recordOf('customer-changes', changeOf(2, ended)));
    expect(await scores()).toMatchObject({ atRisk: null, crossSell: null });
    expect(Object.keys((await scores())?.renewals ?? {})).toEqual(['s2']);
  });

  it('remember who moved from one health band to another, and what it was worth', async () => {
    const fallen = healthOf(4_000, {
      previous: 7_000,
      previousBand: 'needs-attention',
      reasons: [reasonOf('a', -3_000)],
    });
    await projection.take(
      recordOf('customer-changes', changeOf(1, [ltvOf(900), healthOf(7_000)])),
      recordOf('customer-changes', changeOf(2, [fallen])),
    );
    const moves = await entries(ENTRIES.bandMoves, 'acme');
    expect(moves.map(({ value }) => value)).toEqual([
      { customerId: 'c1', sequence: 2, from: 'needs-attention', to: 'at-risk', valueMinor: 900 },
    ]);
  });

  const concentrationOf = (sequence: number, hhiTenths: number, day: number) => {
    const change = {
      ...ltvOf(0),
      type: 'score.concentration.changed',
      score: 'concentration',
      band: 'high',
    } as const;
    const asOf = day * DAY_MS + sequence;
    return recordOf(
      'customer-changes',
      changeOf(sequence, [{ ...change, parts: { hhiTenths } }], { customerId: '@portfolio', asOf }),
    );
  };

  it('of the portfolio make the portfolio and no customer', async () => {
    await projection.take(concentrationOf(1, 18_458, TODAY));
    const state = await projection.readModels.get<PortfolioState>(COLLECTIONS.customers, 'acme|@portfolio');
    expect(state).toMatchObject({ kind: 'portfolio', band: 'high', parts: { hhiTenths: 18_458 } });
    expect(await projection.readModels.count(COLLECTIONS.customers, 'acme')).toBe(0);
  });

  it('of the portfolio are remembered once a day', async () => {
    await projection.take(concentrationOf(1, 10, TODAY), concentrationOf(2, 20, TODAY));
    await projection.take(concentrationOf(3, 30, TODAY + 1), concentrationOf(4, 40, TODAY + 1));
    const days = await entries<{ parts: object }>(ENTRIES.concentration, 'acme');
    expect(days.map(({ value }) => value.parts)).toEqual([{ hhiTenths: 30 }, { hhiTenths: 10 }]);
  });

  it('do not include days, minutes and forwarded actions', async () => {
    await projection.take({ topic: 'customer-changes', key: '', value: { kind: 'minute', asOf: 5 } });
    expect(await projection.readModels.groups(COLLECTIONS.customers)).toEqual([]);
  });
});

describe('alerts', () => {
  it('stand as after their last transition, and every transition is remembered', async () => {
    const resolved = alertOf({ state: 'resolved', revision: 2, resolvedAt: 5, changedAt: 9 });
    await projection.take(
      recordOf('alerts', alertOf()),
      recordOf('alerts', resolved),
      recordOf('alerts', alertOf()),
    );
    const alert = await projection.readModels.get(COLLECTIONS.alerts, 'acme|at-risk:c1:health:1');
    expect(alert).toMatchObject({
      state: 'resolved',
      open: false,
      revision: 2,
      severityOrder: 0,
      valueOrder: 1_000,
    });
    expect(await entries(ENTRIES.alertTransitions, 'acme')).toHaveLength(2);
  });

  it('begin when they are raised or re-opened, and not when they grow graver', async () => {
    const steps = [
      alertOf({ severity: 'low', changedAt: 1 }),
      alertOf({ revision: 2, changedAt: 2 }),
      alertOf({ revision: 3, state: 'acknowledged', changedAt: 3 }),
      alertOf({ revision: 4, state: 'acknowledged', changedAt: 4, severity: 'low' }),
      alertOf({ revision: 5, state: 'resolved', changedAt: 5, resolvedAt: 5 }),
      alertOf({ revision: 6, changedAt: 6 }),
    ].map((alert) => recordOf('alerts', alert));
    await projection.take(...steps);
    const transitions = await entries<AlertTransition>(ENTRIES.alertTransitions, 'acme');
    expect(transitions.map(({ value }) => value.begins).reverse()).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('quarantined inputs', () => {
  it('are listed by tenant and by reason, those of both services together', async () => {
    await projection.take(
      recordOf('ingest-quarantine', quarantinedOf('q1')),
      recordOf('scoring-quarantine', quarantinedOf('q2', { stage: 'scoring', reason: 'agreement-limit' })),
    );
    expect(await entries(ENTRIES.quarantine, 'acme')).toHaveLength(2);
    const [limit] = await entries(ENTRIES.quarantine, reasonGroup('acme', 'agreement-limit'));
    expect(limit?.value).toMatchObject({ quarantineId: 'q2' });
  });
});
