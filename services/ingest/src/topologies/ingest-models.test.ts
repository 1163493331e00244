import { CRM, type ModelChoice } from '@bellwether/domain';
import type { ContextRecord, CustomerEventsRecord, ModelChoiceRecord } from '@bellwether/events';
import { createRunner, drain } from '@bellwether/stream';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import type { TenantGate } from '../steps/forward-event.ts';
import { ingestModelsTopology } from './ingest-models.ts';

const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };
const SHADOW: ModelChoiceRecord = {
  kind: 'shadow',
  tenant: 'acme',
  choiceId: 's',
  by: 'Ada',
  at: 7,
  pack: JSON.stringify(CRM),
  size: null,
};
const { id, version } = CRM;
const { tenant, by, at } = SHADOW;
const PROMOTE: ModelChoiceRecord = { kind: 'promote', tenant, choiceId: 'p', by, at, id, version };
const WITHDRAW: ModelChoiceRecord = { kind: 'withdraw', tenant, choiceId: 'w', by, at, id, version };

async function afterChoices(
  records: readonly ModelChoiceRecord[],
  gateOf: (tenant: string) => TenantGate | undefined = () => undefined,
): Promise<readonly CustomerEventsRecord[]> {
  const [log, store] = [new MemoryLog(2), new MemoryStore()];
  for (const value of records) {
    await log.append([{ topic: 'model-choices', key: value.tenant, partition: 0, value }]);
    await drain([
      createRunner({ log, store, clock, topology: ingestModelsTopology({ gateOf, partitions: 2 }) }),
    ]);
  }
  const told = log.topic('customer-events');
  expect(told.filter(({ partition }) => partition === 0)).toHaveLength(told.length / 2);
  return told.filter(({ partition }) => partition === 1).map(({ value }) => value as CustomerEventsRecord);
}

const choiceOf = (record: CustomerEventsRecord | undefined): ModelChoice =>
  JSON.parse((record as Extract<ContextRecord, { item: 'models' }>).value.choice);

describe('the owner of the models of tenants (N6)', () => {
  it('tells each choice to every partition, and then has every customer looked at', async () => {
    const told = await afterChoices([SHADOW, PROMOTE]);
    expect(told.map((record) => [record.kind, 'version' in record && record.version])).toEqual([
      ['context', 1],
      ['review', 1],
      ['context', 2],
      ['review', 2],
    ]);
    expect(told[1]).toMatchObject({ slotFrom: 0, slotTo: 1023, receivedAt: 7 });
    expect(choiceOf(told[0]).shadows.map(({ pack }) => pack.id)).toEqual(['crm']);
    expect(choiceOf(told[2]).live.map(({ pack, by }) => [pack.id, by])).toEqual([['crm', 'Ada']]);
  });

  it('leaves out what somebody else has made impossible before', async () => {
    const told = await afterChoices([SHADOW, WITHDRAW, PROMOTE]);
    expect(told.filter(({ kind }) => kind === 'context').map((record) => choiceOf(record).version)).toEqual([
      1, 2,
    ]);
  });

  it('writes nothing into a history that is imported, but works for a tenant that is frozen', async () => {
    expect(await afterChoices([SHADOW], () => ({ clock: 'importing', day: null }))).toEqual([]);
    expect(await afterChoices([SHADOW], () => ({ clock: 'frozen', day: 100 }))).toHaveLength(2);
  });
});
