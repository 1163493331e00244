import { NO_RATES, type SourceMessage } from '@bellwether/events';
import { createRunner, drain } from '@bellwether/stream';
import { Crash, crashing, MemoryStore, seededChance } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../tenants/calendar.ts';
import { ACME, bodyMessage, jsonMessage, LOGIN, openSources, TimedLog } from '../testing/sources.fixture.ts';
import { ingestSourceTopology } from './ingest-source.ts';

const numbered = (sequence: number, change: object = {}) =>
  jsonMessage({ ...LOGIN, id: `n${sequence}`, sequence, sequencetype: 'Integer', ...change });

/** Events, holes that open and close, markers and garbage. */
const MIXED: readonly SourceMessage[] = [
  ...[1, 2, 4, 5, 3, 6, 9].map((sequence) => numbered(sequence)),
  jsonMessage('{'),
  jsonMessage({
    ChangeEventHeader: { changeType: 'GAP_DELETE', entityName: 'Account', recordIds: ['c3', 'c4'] },
  }),
  ...[8, 7, 10].map((sequence) => numbered(sequence)),
  ...[1, 2, 4].map((sequence) => numbered(sequence, { subject: 'c2', source: '/other' })),
];

function published(log: TimedLog): string {
  return JSON.stringify(
    ['customer-events', 'ingest-quarantine', 'resync-requests'].map((topic) => log.topic(topic)),
  );
}

async function append(log: TimedLog): Promise<void> {
  await log.append(MIXED.map((value) => ({ topic: 'source-crm', key: 'acme|c1', value })));
}

describe('messages of another system', () => {
  it('are published once each, in order, through crashes at any moment', async () => {
    const undisturbed = new TimedLog();
    await append(undisturbed);
    await work({ log: undisturbed, store: new MemoryStore() }, 100);
    const expected = published(undisturbed);
    expect(JSON.parse(expected)[0]).toHaveLength(20);
    for (let seed = 1; seed <= 60; seed += 1) {
      const [log, store] = [new TimedLog(), new MemoryStore()];
      await append(log);
      await work(crashing(log, store, { chance: seededChance(seed), rate: 0.2 }), 1 + (seed % 7));
      expect(published(log), `seed ${seed}`).toBe(expected);
    }
  });
});

/** Processes everything, with a new process after each crash. */
async function work(
  parts: Pick<ReturnType<typeof crashing>, 'log' | 'store'>,
  batchRecords: number,
): Promise<void> {
  const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    try {
      const judging = { tenantOf: () => ACME, calendar: createCalendar(), rates: NO_RATES };
      const topology = ingestSourceTopology('crm', judging);
      await drain([createRunner({ topology, ...parts, clock, limits: { batchRecords } })]);
      return;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
  throw new Error('never done');
}

describe('a flood of garbage (T16)', () => {
  const MESSAGES = 4_000;
  const unreadable = (reason: 'bad-magic' | 'unknown-schema' | 'not-this-schema' | 'not-utf8') =>
    bodyMessage({ kind: 'unreadable', reason, detail: 'x', base64: 'A'.repeat(400) });
  /** Mostly of the size of an event; one in twenty is nested ten thousand levels deep, one is far too large. */
  const kinds: readonly SourceMessage[] = [
    ...Array.from({ length: 6 }, () => jsonMessage('\u0001 no JSON at all'.repeat(20))),
    ...Array.from({ length: 6 }, () => unreadable('bad-magic')),
    ...(['unknown-schema', 'not-this-schema', 'not-utf8'] as const).map(unreadable),
    ...Array.from({ length: 3 }, () => jsonMessage({ ...LOGIN, type: 'gossip', data: { a: [1, { b: 2 }] } })),
    jsonMessage('['.repeat(10_000)),
    jsonMessage({ ...LOGIN, data: { filler: 'x'.repeat(300_000) } }),
  ];

  /** CPU time of this thread, one in five good messages followed by garbage; microseconds a good message. */
  async function costOf(garbage: readonly SourceMessage[]): Promise<number> {
    const sources = openSources();
    const messages: SourceMessage[] = [];
    for (let index = 0; index < MESSAGES; index += 1) {
      messages.push(jsonMessage({ ...LOGIN, id: `g${index}`, subject: `c${index % 50}` }));
      const extra = garbage[(index >> 2) % garbage.length];
      if (index % 4 === 3 && extra !== undefined) messages.push(extra);
    }
    await sources.log.append(messages.map((value) => ({ topic: 'source-product', key: 'acme|c1', value })));
    const before = process.threadCpuUsage();
    await sources.drain();
    const { user, system } = process.threadCpuUsage(before);
    expect(sources.events()).toHaveLength(MESSAGES);
    expect(sources.quarantine()).toHaveLength(garbage.length === 0 ? 0 : MESSAGES / 4);
    return (user + system) / MESSAGES;
  }

  it('of one message in five costs little beside the good ones, and loses none', async () => {
    await costOf([]);
    const quiet: number[] = [];
    const flooded: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      quiet.push(await costOf([]));
      flooded.push(await costOf(kinds));
    }
    const rate = Math.min(...quiet) / Math.min(...flooded);
    process.stdout.write(
      `Good messages at ${(100 * rate).toFixed(0)} % of their rate without garbage ` +
        `(${Math.min(...quiet).toFixed(1)} and ${Math.min(...flooded).toFixed(1)} CPU microseconds each).\n`,
    );
    // Reading a message is a small part of what an event costs on its way to a score: where a message of garbage costs
    // no more than eight that are merely read, one in five takes less than a fifth of the rate of all services
    // together.
    expect(rate).toBeGreaterThan(1 / 3);
  }, 60_000);
});
