import { DAY_MS } from '@bellwether/events';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Concentration } from './api/report-schemas/concentration.ts';
import { ComplexityRow, LtvRow, MsaOnlyRow, MultiAgreementRow } from './api/report-schemas/customer-lists.ts';
import { page } from './api/schema-parts.ts';
import {
  Accounting,
  Alert,
  CustomerDetail,
  CustomerRow,
  History,
  Overview,
  Quarantined,
  Tenant,
  TimelineEntry,
} from './api/schemas.ts';
import {
  NOW,
  openProjection,
  type ProjectionUnderTest,
  recordOf,
} from './test-support/projection-under-test.ts';
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
} from './test-support/records.ts';

interface List<Row> {
  readonly items: Row[];
  readonly next: string | null;
}

let projection: ProjectionUnderTest;
const base = '/v1/tenants/acme';

/** Twelve customers c0..c11 worth 0..1100, every third of them without health, and one story: c5. */
beforeAll(async () => {
  projection = await openProjection({ partitions: 3 });
  const { take } = projection;
  for (let partition = 0; partition < 3; partition++) {
    await take({ ...recordOf('customer-events', settingsOf()), partition });
    await take({ ...recordOf('customer-events', dayOf()), partition });
  }
  for (let index = 0; index < 12; index++) {
    const customerId = `c${index}`;
    const name = ['Ödön', '=HYPERLINK("x")', 'zeta'][index % 3] ?? '';
    const health = index % 3 === 0 ? null : index * 800;
    const owner = index < 6 ? 'Ada' : 'Bo';
    await take(
      recordOf(
        'customer-events',
        eventOf('customer.profile', { name: `${name} ${index}`, owner }, { customerId }),
      ),
      recordOf('customer-changes', changeOf(1, [ltvOf(index * 100), healthOf(health)], { customerId })),
    );
  }
  await takeStory(take);
});
afterAll(async () => {
  await projection.close();
});

async function takeStory(take: ProjectionUnderTest['take']): Promise<void> {
  const customerId = 'c5';
  const of = { customerId };
  const agreement = { agreementType: 'MSA', valueMinor: 300, endDate: '2024-06-30' } as const;
  const parts = { agreements: 2, activeAgreements: 1, contractedMinor: 500, activeMinor: 300 };
  const fallen = healthOf(3_000, {
    previous: 4_000,
    previousBand: 'needs-attention',
    reasons: [reasonOf('login-frequency', -1_000, 'logins on 2 of the last 30 days')],
  });
  const raised = [situationOf('risk.at-risk.raised'), situationOf('opportunity.cross-sell.raised')];
  await take(
    recordOf('customer-events', eventOf('agreement.created', { agreementId: 'm1', ...agreement }, of)),
    recordOf(
      'customer-events',
      eventOf('agreement.created', { agreementId: 's1', agreementType: 'SOW', endDate: '2024-01-31' }, of),
    ),
    recordOf('customer-events', eventOf('activity.login', {}, { ...of, day: TODAY - 2 })),
    recordOf('customer-changes', changeOf(2, [ltvOf(500, parts), fallen, ...raised], of)),
    recordOf('alerts', alertOf(of)),
    recordOf('alerts', alertOf({ customerId: 'c6', severity: 'low', valueMinor: null })),
    recordOf('alerts', alertOf({ customerId: 'c7', severity: 'high', valueMinor: 9_000 })),
    recordOf('alerts', alertOf({ customerId: 'c8', state: 'resolved', resolvedAt: TODAY * DAY_MS })),
  );
  for (let index = 0; index < 3; index++) {
    const receivedAt = (TODAY - index) * DAY_MS;
    await take(recordOf('ingest-quarantine', quarantinedOf(`q${index}`, { receivedAt })));
  }
  const tally = { ok: 5, duplicate: 1, quarantined: 3 };
  const counted = {
    kind: 'tally',
    group: 'ingest-http',
    topic: 'source-http',
    partition: 0,
    tenant: 'acme',
    tally,
  };
  await take({ topic: 'ingest-accounting', key: 'x', value: counted });
}

const customers = (query: string) => projection.get<List<CustomerRow>>(`${base}/customers?${query}`);
const idsOf = (list: List<{ customerId: string }>) => list.items.map(({ customerId }) => customerId);

describe('every answer', () => {
  const answers: readonly (readonly [string, TSchema])[] = [
    ['/v1/tenants', page(Tenant)],
    [base, Tenant],
    [`${base}/overview`, Overview],
    [`${base}/customers`, page(CustomerRow)],
    [`${base}/customers/c5`, CustomerDetail],
    [`${base}/customers/c5/timeline`, page(TimelineEntry)],
    [`${base}/customers/c5/history`, History],
    [`${base}/customers/c5/history?score=ltv`, History],
    [`${base}/reports/multi-agreement`, page(MultiAgreementRow)],
    [`${base}/reports/ltv-ranking`, page(LtvRow)],
    [`${base}/reports/complexity`, page(ComplexityRow)],
    [`${base}/reports/msa-only`, page(MsaOnlyRow)],
    [`${base}/reports/concentration`, Concentration],
    [`${base}/alerts?state=all`, page(Alert)],
    [`${base}/alerts/at-risk:c5:health:1`, Alert],
    [`${base}/quarantine`, page(Quarantined)],
    [`${base}/accounting`, Accounting],
  ];
  it.each(answers)('of %s is as its schema says', async (url, schema) => {
    expect(Compile(schema).Errors(await projection.get(url))).toEqual([]);
  });

  it('is described at /openapi.json, in OpenAPI 3.1', async () => {
    const document = await projection.get<{ openapi: string; paths: Record<string, unknown> }>(
      '/openapi.json',
    );
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/v1/tenants/{tenant}/reports/multi-agreement');
    expect(Object.keys(document.paths)).toHaveLength(51);
  });
});

describe('the customers', () => {
  it('are ranked by value, greatest first', async () => {
    const { items } = await customers('limit=3');
    expect(items.map(({ customerId, rank, valueMinor }) => [customerId, rank, valueMinor])).toEqual([
      ['c11', 1, 1_100],
      ['c10', 2, 1_000],
      ['c9', 3, 900],
    ]);
  });

  it.each([
    ['sort=value', 5],
    ['sort=health', 5],
    ['sort=health&order=desc', 1],
    ['sort=name&order=desc', 7],
    ['sort=alerts', 3],
    ['sort=notice', 4],
    ['sort=complexity', 5],
    ['sort=churn', 5],
    ['sort=rfm&order=asc', 5],
    ['sort=value&owner=Ada', 2],
  ])('come page by page, none missing and none twice: %s', async (query, limit) => {
    const whole = await customers(`${query}&limit=100`);
    const pages: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const list: List<CustomerRow> = await customers(
        `${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`,
      );
      expect(list.items.length).toBeLessThanOrEqual(limit);
      pages.push(...idsOf(list));
      cursor = list.next;
    }
    expect(pages).toEqual(idsOf(whole));
    expect(new Set(pages).size).toBe(pages.length);
  });

  it('without a health stand last, whichever way they are sorted', async () => {
    for (const order of ['asc', 'desc']) {
      const { items } = await customers(`sort=health&order=${order}`);
      expect(items.slice(-4).map(({ healthScore }) => healthScore)).toEqual([null, null, null, null]);
    }
  });

  it.each([
    ['q=odon', ['c9', 'c6', 'c3', 'c0']],
    ['q=C10', ['c10']],
    ['q=.*', []],
    ['q=%24where', []],
    ['atRisk=true', ['c5']],
    ['msaOnly=true', ['c5']],
    ['band=not-scorable&owner=Bo', ['c9', 'c6']],
    ['owner=ada', []],
  ])('are found by %s', async (query, ids) => {
    expect(idsOf(await customers(query))).toEqual(ids);
  });

  it('show what has just been committed', async () => {
    await customers('');
    const { take } = projection;
    await take(
      recordOf(
        'customer-events',
        eventOf('customer.profile', { name: 'New' }, { customerId: 'c99', day: TODAY }),
      ),
      recordOf('customer-changes', changeOf(1, [ltvOf(5_000)], { customerId: 'c99' })),
      recordOf('alerts', alertOf({ customerId: 'c99' })),
    );
    const [first] = (await customers('limit=1')).items;
    expect(first).toMatchObject({ customerId: 'c99', name: 'New', rank: 1, openAlerts: 1 });
    await take(
      recordOf('customer-changes', changeOf(2, [ltvOf(-1)], { customerId: 'c99' })),
      recordOf('alerts', alertOf({ customerId: 'c99', state: 'resolved', revision: 2 })),
    );
    const last = (await customers('limit=100')).items.at(-1);
    expect(last).toMatchObject({ customerId: 'c99', rank: 13, openAlerts: 0 });
  });

  it('come as a file with every row, safe to open', async () => {
    const response = await projection.app.inject(`${base}/customers?format=csv&limit=2`);
    expect(response.headers['content-type']).toContain('text/csv');
    const lines = response.body.trimEnd().split('\r\n');
    expect(lines.length).toBeGreaterThanOrEqual(13);
    expect(response.body).toContain(`"'=HYPERLINK(""x"") 1"`);
  });
});

describe('one customer', () => {
  it('is told in a sentence, with reasons, agreements, alerts and the present situation', async () => {
    const detail = await projection.get<CustomerDetail>(`${base}/customers/c5`);
    expect(detail).toMatchObject({ atRisk: true, msaOnly: true, sequence: 2, nextNoticeDate: '2024-06-30' });
    expect(detail.summary).toBe(
      'Health fell from 40 to 30 since 20 May, mostly logins on 2 of the last 30 days (−10.0).',
    );
    expect(detail.agreementTree.map(({ agreementId, status }) => [agreementId, status])).toEqual([
      ['m1', 'active'],
      ['s1', 'ended'],
    ]);
    expect(detail.alerts.map(({ alertId }) => alertId)).toEqual(['at-risk:c5:health:1']);
  });

  it('has events and changes in one timeline, newest first, page by page', async () => {
    const url = `${base}/customers/c5/timeline`;
    const whole = await projection.get<List<TimelineEntry>>(`${url}?limit=100`);
    expect(whole.items).toHaveLength(4 + 2 + 4);
    const times = whole.items.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
    const first = await projection.get<List<TimelineEntry>>(`${url}?limit=2`);
    const rest = await projection.get<List<TimelineEntry>>(`${url}?limit=100&cursor=${first.next}`);
    expect([...first.items, ...rest.items]).toEqual(whole.items);
  });

  it('has the changes of one instant by sequence, after the events, on pages of any size', async () => {
    const of = { customerId: 'c4' };
    const at = (TODAY - 3) * DAY_MS;
    for (const id of ['x', 'y', 'z']) {
      const logins = eventOf('activity.login', {}, { ...of, id, day: TODAY - 3 });
      await projection.take(recordOf('customer-events', logins));
    }
    for (const sequence of [2, 3, 4]) {
      const change = changeOf(sequence, [ltvOf(400, { activeMinor: sequence })], { ...of, asOf: at });
      await projection.take(recordOf('customer-changes', change));
    }
    const url = `${base}/customers/c4/timeline`;
    const whole = (await projection.get<List<TimelineEntry>>(`${url}?limit=100`)).items;
    const ofInstant = whole.filter((entry) => entry.at === new Date(at).toISOString());
    expect(ofInstant.map((entry) => (entry.kind === 'change' ? entry.sequence : entry.kind))).toEqual([
      ...[4, 3, 2],
      ...['event', 'event', 'event'],
    ]);
    for (const limit of [1, 2, 4, 5]) {
      const paged: TimelineEntry[] = [];
      let next: string | null = '';
      while (next !== null) {
        const cursor: string = next === '' ? '' : `&cursor=${next}`;
        const page: List<TimelineEntry> = await projection.get(`${url}?limit=${limit}${cursor}`);
        paged.push(...page.items);
        next = page.next;
      }
      expect(paged).toEqual(whole);
    }
  });

  it('has a history whose contributions add up to each value', async () => {
    const { points } = await projection.get<History>(`${base}/customers/c5/history`);
    expect(points.map(({ value }) => value)).toEqual([4_000, 3_000]);
    expect(points.at(-1)?.contributions).toEqual({ 'login-frequency': -1_000 });
  });
});

describe('the reports', () => {
  it('list customers with several agreements, and with several active ones (S1)', async () => {
    const url = `${base}/reports/multi-agreement`;
    const { items } = await projection.get<List<MultiAgreementRow>>(url);
    expect(items).toEqual([
      expect.objectContaining({
        customerId: 'c5',
        agreements: 2,
        activeAgreements: 1,
        types: ['MSA', 'SOW'],
      }),
    ]);
    expect((await projection.get<List<MultiAgreementRow>>(`${url}?active=true`)).items).toEqual([]);
  });

  it('tell who holds only MSAs, since when and what to offer (S4)', async () => {
    const { items } = await projection.get<List<MsaOnlyRow>>(`${base}/reports/msa-only`);
    expect(items).toMatchObject([
      { customerId: 'c5', code: 'lapsed', msas: 1, recommended: 'SOW', since: '2024-01-31' },
    ]);
  });

  it('rank customers by value page by page (S2)', async () => {
    const url = `${base}/reports/ltv-ranking`;
    const first = await projection.get<List<LtvRow>>(`${url}?limit=4`);
    const second = await projection.get<List<LtvRow>>(`${url}?limit=4&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('tell the concentration as last published, with its days and why it is worth an alarm (D2)', async () => {
    const parts = { hhiTenths: 18_458, top1BasisPoints: 900, top5BasisPoints: 7_575, customers: 12 };
    const concentration = {
      ...ltvOf(0),
      type: 'score.concentration.changed',
      score: 'concentration',
    } as const;
    for (const [sequence, hhiTenths] of [16_000, 17_000, 18_458].entries()) {
      const change = { ...concentration, band: 'high', parts: { ...parts, hhiTenths } };
      const options = { customerId: '@portfolio', asOf: (TODAY - 2 + sequence) * DAY_MS + sequence };
      await projection.take(recordOf('customer-changes', changeOf(sequence + 1, [change], options)));
    }
    const report = await projection.get<Concentration>(`${base}/reports/concentration`);
    expect(report).toMatchObject({ customers: 12, hhi: 1_845.8, band: 'high', topShares: { '5': 75.75 } });
    expect(report.history.map(({ hhi }) => hhi)).toEqual([1_600, 1_700, 1_845.8]);
    expect(report.alarms).toEqual([
      'The concentration index (HHI) is high: 1845.8.',
      'The five greatest customers hold 75.75 % of the value.',
    ]);
    const file = await projection.app.inject(`${base}/reports/concentration?format=csv`);
    expect(file.body).toMatch(/^customerId,name,valueMinor,sharePercent,cumulativePercent\r\nc11,/);
  });

  it('draw the curve of those with a positive value up to one hundred percent (S5)', async () => {
    const { curve } = await projection.get<Concentration>(`${base}/reports/concentration`);
    expect(curve[0]).toMatchObject({ customerId: 'c11', valueMinor: 1_100 });
    expect(curve.at(-1)?.cumulativePercent).toBeCloseTo(100, 9);
    expect(curve.every(({ valueMinor }) => valueMinor > 0)).toBe(true);
  });
});

describe('the alerts', () => {
  const alerts = (query: string) => projection.get<List<Alert>>(`${base}/alerts?${query}`);
  const post = (alertId: string, payload: object | string) =>
    projection.app.inject({ method: 'POST', url: `${base}/alerts/${alertId}/acknowledge`, payload });

  it('that are open come by severity and value', async () => {
    expect(idsOf(await alerts(''))).toEqual(['c7', 'c5', 'c6']);
    const first = await alerts('limit=1');
    expect(idsOf(await alerts(`limit=5&cursor=${first.next}`))).toEqual(['c5', 'c6']);
    expect((await alerts('severity=low')).items[0]).toMatchObject({
      customerName: 'Ödön 6',
      valueMinor: null,
    });
  });

  it('are found by state, rule and customer', async () => {
    expect(idsOf(await alerts('state=resolved&customer=c8'))).toEqual(['c8']);
    expect((await alerts('rule=renewal')).items).toEqual([]);
  });

  it('are acknowledged by an event that goes the way of every event', async () => {
    const response = await post('at-risk:c5:health:1', { actor: 'Ada', note: 'calling' });
    expect(response.statusCode).toBe(202);
    const partitions = [0, 1, 2].map((partition) =>
      projection.log.read({ topic: 'source-board', partition, offset: 0 }, { limit: 10, waitMs: 0 }),
    );
    const records = (await Promise.all(partitions)).flat();
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      key: 'acme|c5',
      value: {
        kind: 'received',
        event: {
          type: 'alert.acknowledged',
          id: response.json().eventId,
          time: NOW,
          day: TODAY,
          data: { alertId: 'at-risk:c5:health:1', actor: 'Ada', note: 'calling' },
        },
      },
    });
  });

  it.each([
    ['at-risk:c8:health:1', { actor: 'Ada' }, 409],
    ['at-risk:nobody:health:1', { actor: 'Ada' }, 404],
    ['at-risk:c5:health:1', { actor: ' ' }, 400],
    ['at-risk:c5:health:1', { actor: 'Ada', state: 'resolved' }, 400],
    ['at-risk:c5:health:1', {}, 400],
    ['at-risk:c5:health:1', 'not JSON', 415],
  ])('are not acknowledged: %s with %j is %i', async (alertId, payload, status) => {
    const response = await post(alertId, payload);
    expect([response.statusCode, response.json().status]).toEqual([status, status]);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });
});

describe('the data page', () => {
  it('lists what was quarantined, newest first, page by page', async () => {
    const first = await projection.get<List<Quarantined>>(`${base}/quarantine?limit=2`);
    const second = await projection.get<List<Quarantined>>(`${base}/quarantine?limit=2&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(({ quarantineId }) => quarantineId)).toEqual([
      'q0',
      'q1',
      'q2',
    ]);
    expect((await projection.get<List<Quarantined>>(`${base}/quarantine?reason=too-large`)).items).toEqual(
      [],
    );
  });

  it('accounts for everything accepted', async () => {
    expect(await projection.get(`${base}/accounting`)).toEqual({
      accepted: 9,
      scored: 0,
      duplicate: 1,
      quarantined: 3,
      inFlight: 5,
    });
  });
});

describe('the tenants', () => {
  it('are listed by name', async () => {
    const other = await openProjection();
    for (const tenant of ['zeta', 'acme', 'mid']) {
      await other.take(recordOf('customer-events', settingsOf({ tenant })));
    }
    const { items } = await other.get<List<Tenant>>('/v1/tenants');
    expect(items.map(({ tenant }) => tenant)).toEqual(['acme', 'mid', 'zeta']);
    await other.close();
  });
});

describe('the overview', () => {
  it('says what changed since, and what needs attention', async () => {
    const since = new Date((TODAY - 1) * DAY_MS).toISOString();
    const overview = await projection.get<Overview>(`${base}/overview?since=${since}`);
    expect(overview.since).toMatchObject({
      alertsRaised: expect.any(Number),
      bandMoves: [{ from: 'needs-attention', to: 'at-risk', count: 1, valueMinor: 500 }],
    });
    expect(overview.renewals.find(({ month }) => month === '2024-06')).toEqual({
      month: '2024-06',
      count: 1,
      valueMinor: 300,
    });
    expect(overview.openAlerts).toEqual({ high: 2, medium: 0, low: 1 });
    expect(overview.valueAtRiskMinor).toBe(500);
    expect(overview.distribution.reduce((sum, count) => sum + count, 0)).toBe(8);
  });

  it('counts alerts that began and customers that moved, not how often, and says when a stopped feed was heard', async () => {
    const other = await openProjection();
    const of = (revision: number, options: object) => recordOf('alerts', alertOf({ revision, ...options }));
    const move = (sequence: number, [previousBand, band]: readonly [string, string]) =>
      recordOf('customer-changes', changeOf(sequence, [{ ...healthOf(4_000), previousBand, band }]));
    const feeds = {
      kind: 'context',
      tenant: 'acme',
      item: 'feeds',
      version: 1,
      receivedAt: 0,
      value: {
        activity: { status: 'fresh', lastDay: TODAY - 365 },
        ticket: { status: 'stale', lastDay: TODAY - 31 },
      },
    } as const;
    await other.take(
      recordOf('customer-events', settingsOf()),
      recordOf('customer-events', dayOf()),
      recordOf('customer-events', feeds),
      recordOf('customer-changes', changeOf(1, [ltvOf(700), healthOf(9_000)])),
      move(2, ['healthy', 'at-risk']),
      move(3, ['at-risk', 'needs-attention']),
      of(1, { severity: 'low' }),
      of(2, { severity: 'high' }),
    );
    const { since, data } = await other.get<Overview>(`${base}/overview`);
    expect(since).toMatchObject({
      alertsRaised: 1,
      bandMoves: [{ from: 'healthy', to: 'needs-attention', count: 1, valueMinor: 700 }],
    });
    expect(data.feeds.slice(0, 3)).toEqual([
      { feed: 'agreement', status: 'absent', lastDate: null },
      { feed: 'activity', status: 'fresh', lastDate: null },
      { feed: 'ticket', status: 'stale', lastDate: '2024-04-19' },
    ]);
    await other.close();
  });

  it('counts as value at risk what is flagged at risk, also where health is above 50 again', async () => {
    const other = await openProjection();
    await other.take(
      recordOf('customer-events', settingsOf()),
      recordOf(
        'customer-changes',
        changeOf(1, [ltvOf(700), healthOf(4_700), situationOf('risk.at-risk.raised')]),
      ),
      recordOf(
        'customer-changes',
        changeOf(2, [healthOf(5_300, { previous: 4_700, previousBand: 'at-risk' })]),
      ),
    );
    const { bands, valueAtRiskMinor } = await other.get<Overview>(`${base}/overview`);
    expect(valueAtRiskMinor).toBe(700);
    expect(bands).toMatchObject({
      'at-risk': { count: 0, valueMinor: 0 },
      'needs-attention': { count: 1, valueMinor: 700 },
    });
    await other.close();
  });

  it('has no news since tomorrow', async () => {
    const since = new Date((TODAY + 1) * DAY_MS).toISOString();
    const overview = await projection.get<Overview>(`${base}/overview?since=${since}`);
    expect(overview.since).toMatchObject({ alertsRaised: 0, alertsResolved: 0, bandMoves: [] });
  });
});

describe('a request that cannot be answered', () => {
  it.each([
    ['/v1/tenants/nobody/customers', 404, 'There is no tenant nobody.'],
    [`${base}/customers/nobody`, 404, 'There is no customer nobody.'],
    [`${base}/customers/@portfolio`, 404, 'There is no customer @portfolio.'],
    [`${base}/alerts/nothing`, 404, 'There is no alert nothing.'],
    [`${base}/customers?limt=5`, 400, '?limt: expected no such query parameter, got "5"'],
    [`${base}/customers?limit=0`, 400, '?limit: expected to be >= 1, got 0'],
    [`${base}/customers?limit=5&limit=6`, 400, '?limit'],
    [`${base}/customers?sort=[$ne]`, 400, '?sort: expected one of value, health, name'],
    [`${base}/customers?cursor=abc`, 400, '?cursor: expected the `next` of the page before'],
    [`${base}/overview?since=2024-02-30T00:00:00Z`, 400, '?since: expected an existing RFC 3339 date-time'],
    [
      `${base}/customers/a%24b`,
      400,
      '/customerId: expected letters, digits and _ : . @ -, 1 to 128, got "a$b"',
    ],
    ['/v1/tenants/$x/customers', 400, '/tenant: expected letters, digits and _ : . @ -, 1 to 128, got "$x"'],
    [`${base}/alerts/$x`, 400, '/alertId: expected letters, digits and _ : . @ -, 1 to 300, got "$x"'],
    [`${base}/overview?limit=5`, 400, '?limit: expected no such query parameter'],
  ])('is a problem: %s', async (url, status, detail) => {
    const response = await projection.app.inject(url);
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json().detail).toContain(detail);
  });
});
