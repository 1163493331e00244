import { applyChoice, CRM, CS_FRAMEWORK, type ModelChoice, NO_CHOICE } from '@bellwether/domain';
import type { ModelChoiceRecord, ShadowScores } from '@bellwether/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIVE, openWith, takeCustomers } from '../../../test-support/customers.ts';
import { NOW, type ProjectionUnderTest, recordOf } from '../../../test-support/projection-under-test.ts';
import { TENANT, TODAY } from '../../../test-support/records.ts';
import { faultsOf } from '../../../test-support/strict-schema.ts';
import { ModelDiffReport, Models } from '../../model-schemas.ts';
import { faultsOnTheWay } from './faults-on-the-way.ts';

const MODELS = '/v1/tenants/acme/models';
const DAY_MS = 86_400_000;
const NAMED = { id: CRM.id, version: CRM.version };
const HEAVIER = { ...CRM, id: 'crm-two', version: '2.0.0', title: 'Ours' };

let projection: ProjectionUnderTest;
let choice: ModelChoice = NO_CHOICE;

beforeAll(async () => {
  projection = await openWith(FIVE);
});
afterAll(() => projection.close());

/** What the routes have published and nobody has taken yet, applied and told as ingest does. */
async function followChoices(): Promise<void> {
  const wanted = await projection.log.read(
    { topic: 'model-choices', partition: 0, offset: 0 },
    { limit: 99, waitMs: 0 },
  );
  for (const { value } of wanted.slice(choice.version)) {
    const result = applyChoice(choice, value as ModelChoiceRecord);
    if (!result.ok) throw new Error(result.refusal.why);
    choice = result.choice;
  }
  await projection.take(
    recordOf('customer-events', {
      kind: 'context',
      tenant: TENANT,
      item: 'models',
      version: choice.version,
      receivedAt: 0,
      value: { choice: JSON.stringify(choice) },
    } as never),
  );
}

async function send(method: 'POST' | 'DELETE', path: string, payload?: object | string) {
  const isText = typeof payload === 'string';
  const headers = isText ? { 'content-type': 'application/yaml' } : {};
  const response = await projection.app.inject({
    method,
    url: `${MODELS}${path}`,
    ...(payload === undefined ? {} : { payload, headers }),
  });
  return { status: response.statusCode, body: response.json() };
}

type Side = readonly [value: number | null, atRisk?: boolean];

function shadowOf(customerId: string, live: Side, shadow: Side): ShadowScores {
  const health = ([value]: Side, { id, version }: { id: string; version: string }) => ({
    unit: 'hundredths' as const,
    value,
    band:
      value === null
        ? 'not-scorable'
        : value >= 8_000
          ? 'healthy'
          : value >= 5_000
            ? 'needs-attention'
            : 'at-risk',
    parts: {},
    model: { id, version },
  });
  const { id, version } = HEAVIER;
  return {
    kind: 'shadow-scores',
    tenant: TENANT,
    customerId,
    asOf: TODAY * DAY_MS,
    knownAt: TODAY * DAY_MS,
    historical: false,
    cause: 'new-data',
    live: { health: health(live, CS_FRAMEWORK), atRisk: live[1] ?? false },
    shadows: [{ id, version, size: null, health: health(shadow, HEAVIER), atRisk: shadow[1] ?? false }],
    engineVersion: '1',
  };
}

describe('the models of a tenant (N6)', () => {
  it('are the shipped one where nobody has chosen any', async () => {
    const models = await projection.get<Models>(MODELS);
    expect(faultsOf(Models, models)).toEqual([]);
    expect(models).toMatchObject({
      live: [{ id: 'cs-framework', version: '2.0.0', size: null, since: null, by: null }],
      shadows: [],
      before: null,
      history: [],
    });
  });

  it('are tried, withdrawn, promoted and rolled back by whoever says so, a moment after it was accepted', async () => {
    const tried = await send('POST', '/shadows?by=Ada', HEAVIER);
    expect(tried.status).toBe(202);
    expect((await projection.get<Models>(MODELS)).shadows).toEqual([]);
    await followChoices();
    const models = await projection.get<Models>(MODELS);
    expect(models.shadows).toMatchObject([{ id: 'crm-two', by: 'Ada', since: new Date(NOW).toISOString() }]);
    expect(models.history[0]).toMatchObject({ choiceId: tried.body.choiceId, kind: 'shadow' });
    await send('POST', '/shadows?by=Ada&size=enterprise', JSON.stringify(CRM));
    await followChoices();
    await send('DELETE', '/shadows/crm?by=Bo');
    await followChoices();
    await send('POST', '/promote', { id: 'crm-two', version: '2.0.0', by: 'Bo' });
    await followChoices();
    const promoted = await projection.get<Models>(MODELS);
    expect(promoted.live).toMatchObject([{ id: 'crm-two', by: 'Bo' }]);
    expect(promoted.before).toEqual({ size: null, pack: { id: 'cs-framework', version: '2.0.0' } });
    await send('POST', '/rollback', { by: 'Bo' });
    await followChoices();
    const back = await projection.get<Models>(MODELS);
    expect(faultsOf(Models, back)).toEqual([]);
    expect(back.live).toMatchObject([{ id: 'cs-framework', by: 'Bo' }]);
    expect(back.history.map(({ kind, size }) => [kind, size])).toEqual([
      ['rollback', null],
      ['promote', null],
      ['withdraw', 'enterprise'],
      ['shadow', 'enterprise'],
      ['shadow', null],
    ]);
  });

  it.each<{ answer: string; method: 'POST' | 'DELETE'; path: string; payload?: object | string }>([
    { answer: '409 no-such-shadow', method: 'POST', path: '/promote', payload: { ...NAMED, by: 'Ada' } },
    { answer: '409 nothing-before', method: 'POST', path: '/rollback', payload: { by: 'Ada' } },
    { answer: '409 already-live', method: 'POST', path: '/shadows?by=Ada', payload: CS_FRAMEWORK },
    {
      answer: '409 version-taken',
      method: 'POST',
      path: '/shadows?by=Ada',
      payload: { ...CRM, title: 'Another' },
    },
    { answer: '404 unknown-shadow', method: 'DELETE', path: '/shadows/crm?by=Ada' },
    { answer: '400 invalid-request', method: 'POST', path: '/rollback', payload: {} },
    { answer: '400 invalid-request', method: 'POST', path: '/promote', payload: NAMED },
    { answer: '400 invalid-request', method: 'POST', path: '/shadows', payload: HEAVIER },
    { answer: '400 invalid-request', method: 'POST', path: '/shadows?by=Ada&size=huge', payload: HEAVIER },
    { answer: '400 invalid-pack', method: 'POST', path: '/shadows?by=Ada', payload: { id: 'crm' } },
    { answer: '400 invalid-pack', method: 'POST', path: '/shadows?by=Ada', payload: 'id: [crm' },
  ])('are not changed by what is not possible: $answer', async ({ answer, method, path, payload }) => {
    const { status, body } = await send(method, path, payload);
    expect(`${status} ${body.type}`).toBe(answer.replace(' ', ' urn:bellwether:problem:'));
    expect(body.detail).toMatch(/\S+ \S+/);
  });

  it('are told all that is wrong with a pack at once, golden cases too (N21)', async () => {
    const [first, ...others] = CRM.goldenCases;
    const wrong = {
      ...HEAVIER,
      goldenCases: [{ ...first, value: 1, band: 'healthy' }, ...others],
    };
    const { body } = await send('POST', '/shadows?by=Ada', wrong);
    expect(body.faults.map(({ path }: { path: string }) => path)).toEqual([
      'goldenCases[0].value',
      'goldenCases[0].band',
    ]);
  });

  it('may not be longer than all of them together fit into one record', async () => {
    const long = { ...HEAVIER, version: '2.2.0', notes: 'x'.repeat(64_000) };
    expect(await send('POST', '/shadows?by=Ada', long)).toMatchObject({
      status: 413,
      body: { title: 'The request is too large' },
    });
    // YAML may say one text twice, so what it comes to is measured too.
    expect(faultsOnTheWay(long)).toEqual([
      { path: '/', expected: 'at most 64000 bytes as JSON', got: String(JSON.stringify(long).length) },
    ]);
  });

  it('are left alone while history is imported', async () => {
    await takeCustomers(projection, [], 'loading');
    const value = { currency: 'USD', timeZone: 'UTC', synthetic: false, clock: 'importing' };
    const context = {
      kind: 'context',
      tenant: 'loading',
      item: 'settings',
      version: 2,
      receivedAt: 0,
      value,
    };
    await projection.take(recordOf('customer-events', context));
    const url = '/v1/tenants/loading/models/rollback';
    const response = await projection.app.inject({ method: 'POST', url, payload: { by: 'Ada' } });
    expect([response.statusCode, response.json().type]).toEqual([
      409,
      'urn:bellwether:problem:tenant-importing',
    ]);
  });
});

describe('what a model that is tried would change (N6)', () => {
  beforeAll(async () => {
    await send('POST', '/shadows?by=Ada', HEAVIER);
    await followChoices();
    // Worth 50, 30, 15, 5 and nothing known; d and e were not told of.
    await projection.take(
      ...[
        shadowOf('a', [9_000], [7_000]),
        shadowOf('b', [4_000, true], [5_200]),
        shadowOf('c', [6_000], [4_000, true]),
      ].map((value) => recordOf('shadow-scores', value)),
    );
  });

  it('is counted over all customers, with who they are, the greatest first', async () => {
    const diff = await projection.get<ModelDiffReport>(`${MODELS}/diff?shadow=crm-two`);
    expect(faultsOf(ModelDiffReport, diff)).toEqual([]);
    expect(diff).toMatchObject({
      currency: 'USD',
      shadowModel: { id: 'crm-two', version: '2.0.0', size: null },
      customers: 5,
      compared: 3,
      crossing: { customers: 3, valueMinor: 95 },
      better: { customers: 1, valueMinor: 30 },
      worse: { customers: 2, valueMinor: 65 },
      alertsGained: { customers: 1, valueMinor: 15 },
      alertsLost: { customers: 1, valueMinor: 30 },
      moves: [
        { from: 'healthy', to: 'needs-attention', customers: 1, valueMinor: 50 },
        { from: 'needs-attention', to: 'at-risk', customers: 1, valueMinor: 15 },
        { from: 'at-risk', to: 'needs-attention', customers: 1, valueMinor: 30 },
      ],
    });
    expect(
      diff.items.map(({ name, alert, differenceHundredths }) => [name, alert, differenceHundredths]),
    ).toEqual([
      ['Alpha', null, -2_000],
      ['Beta', 'lost', 1_200],
      ['Gamma', 'gained', -2_000],
    ]);
  });

  it('comes page by page, and as a file', async () => {
    const first = await projection.get<ModelDiffReport>(`${MODELS}/diff?shadow=crm-two&limit=2`);
    const next = await projection.get<ModelDiffReport>(
      `${MODELS}/diff?shadow=crm-two&limit=2&cursor=${first.next}`,
    );
    expect([...first.items, ...next.items].map(({ customerId }) => customerId)).toEqual(['a', 'b', 'c']);
    expect(next.next).toBeNull();
    const { headers, body } = await projection.app.inject(`${MODELS}/diff?shadow=crm-two&format=csv`);
    expect(headers['content-type']).toContain('text/csv');
    expect(body.trimEnd().split('\r\n')).toHaveLength(4);
  });

  it('is nothing for a customer of whom it is told no more', async () => {
    await projection.take(
      recordOf('shadow-scores', { ...shadowOf('a', [9_000], [7_000]), shadows: [] } as never),
    );
    const diff = await projection.get<ModelDiffReport>(`${MODELS}/diff?shadow=crm-two&show=all`);
    expect(diff.items.map(({ customerId }) => customerId)).toEqual(['b', 'c']);
  });

  it('is not known of a model that nobody tries', async () => {
    const response = await projection.app.inject(`${MODELS}/diff?shadow=mattermost-2025`);
    expect([response.statusCode, response.json().detail]).toEqual([
      404,
      'No model mattermost-2025 is tried for acme: tried are crm-two.',
    ]);
  });

  it('is described in OpenAPI, as are all questions about models', async () => {
    const { paths } = await projection.get<{ paths: Record<string, object> }>('/openapi.json');
    const described = Object.keys(paths).filter((path) => path.startsWith('/v1/tenants/{tenant}/models'));
    expect(described.map((path) => path.slice('/v1/tenants/{tenant}/models'.length)).sort()).toEqual([
      '',
      '/diff',
      '/promote',
      '/rollback',
      '/shadows',
      '/shadows/{id}',
    ]);
  });
});
