import {
  type AlertRecord,
  type CustomerChangesRecord,
  customerKey,
  DAY_MS,
  type SituationChange,
} from '@bellwether/events';
import { createRunner, drain } from '@bellwether/stream';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { alerting } from './alerting.ts';

const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };

async function alertsAfter(...records: CustomerChangesRecord[]): Promise<AlertRecord[]> {
  const log = new MemoryLog();
  await log.append(
    records.map((value) => ({ topic: 'customer-changes', key: customerKey('acme', 'c-1'), value })),
  );
  await drain([createRunner({ topology: alerting, log, store: new MemoryStore(), clock })]);
  return log.topic('alerts').map(({ value }) => value as AlertRecord);
}

function change(
  sequence: number,
  type: SituationChange['type'] | null,
  told: { readonly staleSince?: number } = {},
): CustomerChangesRecord {
  const situation: SituationChange = {
    type: type ?? 'risk.at-risk.raised',
    cause: 'health',
    code: 'health-below-50',
    text: 'health fell to 40',
    valueMinor: 100,
    currency: 'USD',
    reasons: [],
  };
  const at = sequence * DAY_MS;
  return {
    kind: 'change',
    tenant: 'acme',
    customerId: 'c-1',
    sequence,
    asOf: at,
    knownAt: at,
    historical: false,
    cause: 'new-data',
    causedBy: [],
    ...told,
    changes: type === null ? [] : [situation],
    engineVersion: '1',
  };
}

const acknowledge = (alertId: string): CustomerChangesRecord => ({
  kind: 'action',
  tenant: 'acme',
  customerId: 'c-1',
  id: 'a-1',
  type: 'alert.acknowledged',
  time: 1,
  receivedAt: 1,
  data: { alertId, actor: 'kim' },
});

describe('alerting', () => {
  it('raises, lets people acknowledge, and resolves on recovery (S38)', async () => {
    const [raised] = await alertsAfter(change(1, 'risk.at-risk.raised'));
    const alertId = raised?.alertId ?? '';
    const states = await alertsAfter(
      change(1, 'risk.at-risk.raised'),
      acknowledge(alertId),
      change(2, 'risk.at-risk.cleared'),
    );
    expect(states.map(({ state, revision }) => [state, revision])).toEqual([
      ['raised', 1],
      ['acknowledged', 2],
      ['resolved', 3],
    ]);
    expect(states[1]).toMatchObject({
      acknowledgedBy: 'kim',
      customerId: 'c-1',
      rule: 'at-risk',
      severity: 'high',
    });
  });

  it('keeps an acknowledgement that comes before its alert', async () => {
    const [raised] = await alertsAfter(change(1, 'risk.at-risk.raised'));
    const states = await alertsAfter(acknowledge(raised?.alertId ?? ''), change(1, 'risk.at-risk.raised'));
    expect(states.at(-1)).toMatchObject({ state: 'acknowledged' });
  });

  it('holds what it raises while data of the customer may be missing, and lets it go afterwards (N14)', async () => {
    const staleSince = 5 * DAY_MS;
    const states = await alertsAfter(
      change(1, null, { staleSince }),
      change(2, 'risk.at-risk.raised', { staleSince }),
      change(3, null),
    );
    expect(states.map(({ state, heldSince, revision }) => [state, heldSince, revision])).toEqual([
      ['raised', staleSince, 1],
      ['raised', undefined, 2],
    ]);
    expect(states[0]?.reasons[0]?.text).toBe('held: data may be missing since 1970-01-06 00:00 UTC');
    expect(states[1]?.reasons).toEqual([]);
  });

  it('takes a repeated change for what it is', async () => {
    const raised = change(1, 'risk.at-risk.raised');
    expect(await alertsAfter(raised, raised, change(2, 'risk.at-risk.raised'))).toHaveLength(1);
  });
});
