import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AsyncAPIDocumentInterface, Parser } from '@asyncapi/parser/cjs/index.js';
import { alerting } from '@bellwether/alerting';
import { type CustomerEventsRecord, TOPIC_NAMES, TOPICS, type TopicName } from '@bellwether/events';
import { asyncApiDocument, CONTRACT_VERSION } from '@bellwether/events/asyncapi';
import { portfolio, scoring } from '@bellwether/scoring';
import { createRunner, drain } from '@bellwether/stream';
import { customerStreams, MemoryLog, MemoryStore } from '@bellwether/testkit';
import fc from 'fast-check';
import { Compile, type Validator } from 'typebox/compile';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { headersOf } from '../../packages/registry/src/event-headers.ts';
import { asCloudEvent } from '../integrity/support/open-pipeline.ts';
import { asFoundByOthers } from '../integrity/support/wire-reader.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const TEXT = readFileSync(join(ROOT, 'docs', 'asyncapi.yaml'), 'utf8');
const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };

/** Severities of the parser: 0 error, 1 warning; below that it only suggests. */
const WARNING = 1;

describe('the AsyncAPI document (N12)', () => {
  let document: AsyncAPIDocumentInterface;
  beforeAll(async () => {
    const parsed = await new Parser().parse(TEXT);
    expect(parsed.diagnostics.filter(({ severity }) => severity <= WARNING)).toEqual([]);
    if (!parsed.document) throw new Error('there is no document');
    document = parsed.document;
  });
  const addressOf = (topic: TopicName) => `{prefix}.${topic}`;
  const channelOf = (topic: TopicName) =>
    document
      .channels()
      .all()
      .find((one) => one.address() === addressOf(topic));

  it('is up to date: `npm run asyncapi` writes it', () => {
    expect(parse(TEXT)).toEqual(JSON.parse(JSON.stringify(asyncApiDocument())));
    const { version } = JSON.parse(readFileSync(join(ROOT, 'packages', 'events', 'package.json'), 'utf8'));
    expect(CONTRACT_VERSION).toBe(version);
  });

  it('has every topic that applications write or read, and no other', () => {
    const open = TOPIC_NAMES.filter(
      (name) => TOPICS[name].writer === 'applications' || TOPICS[name].readers === 'applications',
    );
    expect(
      document
        .channels()
        .all()
        .map((channel) => channel.address())
        .sort(),
    ).toEqual(open.map(addressOf).sort());
    for (const name of open) {
      const actions = channelOf(name)
        ?.operations()
        .all()
        .map((operation) => operation.action());
      expect([name, actions]).toEqual([name, [TOPICS[name].writer === 'applications' ? 'send' : 'receive']]);
    }
  });

  it('describes what scoring and alerting tell, headers and values, as others find it', async () => {
    const checks = new Map<TopicName, { payload: Validator; headers: Validator }>();
    const checkOf = (topic: TopicName) => {
      const known = checks.get(topic);
      if (known) return known;
      const message = channelOf(topic)?.messages().all()[0];
      const made = {
        payload: Compile(message?.payload()?.json() as object),
        headers: Compile(message?.headers()?.json() as object),
      };
      checks.set(topic, made);
      return made;
    };
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(customerStreams({ maxLength: 40 }), async (records) => {
        for (const { topic, value } of await told(records)) {
          const { payload, headers } = checkOf(topic);
          const found = asFoundByOthers(topic, value);
          expect([topic, payload.Errors(found)]).toEqual([topic, []]);
          expect([topic, headers.Errors(headersOf(topic, value))]).toEqual([topic, []]);
          seen.set(topic, (seen.get(topic) ?? 0) + 1);
        }
      }),
      { numRuns: 25 },
    );
    expect([...seen.keys()].sort()).toEqual(
      expect.arrayContaining([
        'alerts',
        'customer-changes',
        'customer-current',
        'score-health-changed',
        'score-ltv-changed',
        'score-rfm-changed',
      ]),
    );
    const wrong = { kind: 'current', tenant: 'acme', customerId: 'c-1', sequence: 'one' };
    expect(checkOf('customer-current').payload.Check(wrong)).toBe(false);
  });

  it('describes the events that are accepted', () => {
    const messages = new Map(
      channelOf('source-crm')
        ?.messages()
        .all()
        .map((one) => [one.name(), one]),
    );
    const types = new Set<string>();
    fc.assert(
      fc.property(customerStreams({ maxLength: 40 }), (records) => {
        for (const record of records) {
          if (record.kind !== 'event') continue;
          const payload = messages.get(record.type)?.payload()?.json() as object;
          expect([record.type, Compile(payload).Errors(asCloudEvent(record))]).toEqual([record.type, []]);
          expect(Compile(payload).Check({ ...asCloudEvent(record), subject: '' })).toBe(false);
          types.add(record.type);
        }
      }),
      { numRuns: 10 },
    );
    expect(types.size).toBeGreaterThan(10);
  });
});

/** Everything that applications are told about a life. */
async function told(records: readonly CustomerEventsRecord[]) {
  const log = new MemoryLog();
  const parts = { log, store: new MemoryStore(), clock };
  await log.append(records.map((value) => ({ topic: 'customer-events', key: 'acme', value })));
  await drain([
    createRunner({ ...parts, topology: scoring }),
    createRunner({ ...parts, topology: portfolio }),
    createRunner({ ...parts, topology: alerting }),
  ]);
  return TOPIC_NAMES.filter((name) => TOPICS[name].readers === 'applications').flatMap((topic) =>
    log.topic(topic).map(({ value }) => ({ topic, value })),
  );
}
