import { describe, expect, it } from 'vitest';
import { FakeRegistry } from './test-support/fake-registry.ts';
import { openCodec } from './test-support/open-codec.ts';
import { MOST_UNKNOWN, UNKNOWN_FOR_MS, UnknownIds } from './unknown-ids.ts';

const thing = { type: 'record', name: 'Thing', fields: [] };
const registration = (text: object) => ({
  subject: 'test.clock-value',
  text: JSON.stringify(text),
  compatibility: 'FULL_TRANSITIVE' as const,
});

describe('a schema', () => {
  it('is asked for once, however many need it at the same time', async () => {
    const registry = new FakeRegistry();
    const id = registry.add(thing);
    const { schemas } = await openCodec(registry);
    await Promise.all([schemas.load([id]), schemas.load([id, id]), schemas.load(new Set([id]))]);
    await schemas.load([id]);
    expect(registry.asked).toEqual([id]);
    expect(schemas.get(id)).toEqual({ kind: 'avro', text: JSON.stringify(thing) });
  });

  it('that is unknown is asked for once too, when many of them are needed in other orders at the same time', async () => {
    const { schemas, registry } = await openCodec();
    const ids = Array.from({ length: 40 }, (_, n) => 1_000 + n);
    await Promise.all([schemas.load(ids), schemas.load(ids.toReversed()), schemas.load(ids.slice(20))]);
    expect(registry.asked.toSorted()).toEqual(ids);
  });

  it('is not asked for by a number that no registry gives', async () => {
    const { schemas, registry } = await openCodec();
    await schemas.load([0, 2 ** 31, 2 ** 32 - 1]);
    expect(registry.asked).toEqual([]);
    expect(schemas.get(0)).toEqual({ kind: 'unknown' });
  });

  it('is asked for again after the registry was away', async () => {
    const registry = new FakeRegistry();
    const id = registry.add(thing);
    const { schemas } = await openCodec(registry);
    registry.isAway = true;
    await expect(schemas.load([id])).rejects.toMatchObject({ code: 'unavailable', retriable: true });
    registry.isAway = false;
    await schemas.load([id]);
    expect(schemas.get(id)).toMatchObject({ kind: 'avro' });
  });

  it('that cannot be registered at the first start is named with the way out', async () => {
    const { schemas, registry } = await openCodec();
    registry.isAway = true;
    const registering = schemas.register(registration(thing));
    await expect(registering).rejects.toMatchObject({ code: 'unavailable' });
    await expect(registering).rejects.toThrow(
      /did not answer.*once before it can work without it: start the registry/,
    );
  });

  it('that gets the number of another one shows that the registry has forgotten what it knew', async () => {
    const registry = new FakeRegistry();
    const { schemas } = await openCodec(registry);
    await schemas.register(registration(thing));
    registry.forget();
    const registering = schemas.register(registration({ ...thing, name: 'Other' }));
    await expect(registering).rejects.toMatchObject({ code: 'refused' });
    await expect(registering).rejects.toThrow(/gave the id 1 to another schema.*Restore the registry/);
  });
});

describe('ids that are unknown', () => {
  it('stay so for a minute, and no more of them are kept than a bound', () => {
    let nowMs = 0;
    const ids = new UnknownIds(() => nowMs);
    for (let id = 1; id <= MOST_UNKNOWN + 5; id += 1) ids.add(id);
    expect([1, 5, 6, MOST_UNKNOWN + 5].map((id) => ids.has(id))).toEqual([false, false, true, true]);
    nowMs = UNKNOWN_FOR_MS - 1;
    expect(ids.has(6)).toBe(true);
    nowMs = UNKNOWN_FOR_MS;
    expect(ids.has(6)).toBe(false);
  });
});
