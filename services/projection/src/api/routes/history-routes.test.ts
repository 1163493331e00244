import { DAY_MS, type EventData } from '@bellwether/events';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  NOW,
  openProjection,
  type ProjectionUnderTest,
  recordOf,
} from '../../test-support/projection-under-test.ts';
import {
  changeOf,
  dayOf,
  eventOf,
  healthOf,
  ltvOf,
  reasonOf,
  settingsOf,
  TODAY,
} from '../../test-support/records.ts';
import { ScoresThen, Why } from '../history-schemas.ts';
import { WhatIf } from '../what-if-schemas.ts';

const base = '/v1/tenants/acme/customers';
const agreement: EventData<'agreement.created'> = { agreementId: 'm', agreementType: 'MSA', valueMinor: 900 };

let projection: ProjectionUnderTest;
/** c1 begins three days ago and is told of a change two days ago, one of them late. */
beforeAll(async () => {
  projection = await openProjection({ partitions: 2 });
  const events = (value: Parameters<typeof recordOf>[1]) => recordOf('customer-events', value);
  const everywhere = (value: Parameters<typeof recordOf>[1]) =>
    [0, 1].map((partition) => ({ ...events(value), partition }));
  await projection.take(
    ...everywhere(settingsOf()),
    ...everywhere(dayOf(TODAY - 3)),
    events(eventOf('agreement.created', agreement, { id: 'a', day: TODAY - 3 })),
    ...everywhere(dayOf(TODAY - 2)),
    ...everywhere(dayOf(TODAY - 1)),
    ...everywhere(dayOf(TODAY)),
    events(
      eventOf(
        'agreement.amended',
        { agreementId: 'm', deltaMinor: 100 },
        {
          ...{ id: 'late', day: TODAY - 2, receivedAt: TODAY * DAY_MS + 5_000 },
        },
      ),
    ),
  );
  const at = (day: number) => ({ asOf: day * DAY_MS, knownAt: day * DAY_MS + 1_000 });
  const first = [reasonOf('usage', 5_000), reasonOf('goals', 1_000)];
  const fallen = healthOf(4_500, { previous: 6_000, reasons: [reasonOf('usage', -1_500)] });
  await projection.take(
    recordOf(
      'customer-changes',
      changeOf(1, [ltvOf(900), healthOf(6_000, { reasons: first })], at(TODAY - 3)),
    ),
    recordOf(
      'customer-changes',
      changeOf(2, [fallen], { ...at(TODAY - 1), cause: 'time-decay', causedBy: [] }),
    ),
  );
});
afterAll(() => projection.close());

const date = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
async function problemOf(url: string, payload?: object) {
  const request = payload === undefined ? { url } : ({ method: 'POST', url, payload } as const);
  const { statusCode, headers, body } = await projection.app.inject(request);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const { type, detail, faults = [] } = JSON.parse(body);
  const paths = faults.map(({ path }: { path: string }) => path);
  return { status: statusCode, kind: type.replace('urn:bellwether:problem:', ''), detail, paths };
}

describe('scores at an instant as known at another (N4)', () => {
  it('have late corrections in them as soon as they were known, and what was published beside them', async () => {
    const then = `${base}/c1/scores?asOf=${date(TODAY - 2)}`;
    const before = await projection.get<ScoresThen>(`${then}&knownAt=${date(TODAY - 1)}`);
    const now = await projection.get<ScoresThen>(then);
    expect(Compile(ScoresThen).Errors(now)).toEqual([]);
    expect([before.scores.ltv?.value, before.lateEvents, before.events]).toEqual([900, [], 1]);
    expect([now.scores.ltv?.value, now.lateEvents, now.events]).toEqual([1_000, ['late'], 2]);
    expect(now.scores.ltv?.published).toMatchObject({ value: 900, sequence: 1 });
    expect([before.day, now.day]).toEqual([date(TODAY - 2), date(TODAY - 2)]);
  });

  it('before the first event are none, and the answer says when that was', async () => {
    const url = `${base}/c1/scores?asOf=${date(TODAY - 4)}`;
    const { status, kind, detail } = await problemOf(url);
    expect([status, kind]).toEqual([404, 'nothing-known']);
    expect(detail).toContain(`Its first event is of ${new Date((TODAY - 3) * DAY_MS).toISOString()}`);
  });

  it.each([
    ['no instant', 'asOf=then', ['?asOf']],
    [
      'two that are to come',
      `asOf=${date(TODAY + 1)}&knownAt=${new Date(NOW + 1).toISOString()}`,
      ['?asOf', '?knownAt'],
    ],
    ['a parameter that does not exist', 'at=2024-01-01', ['?at']],
  ])('are not answered for %s', async (_what, asked, paths) => {
    expect(await problemOf(`${base}/c1/scores?${asked}`)).toMatchObject({ status: 400, paths });
  });

  it('are not answered for nobody', async () => {
    expect(await problemOf(`${base}/nobody/scores`)).toMatchObject({ status: 404, kind: 'unknown-customer' });
  });
});

describe('why a score moved (N1)', () => {
  it('is told from the values published at both ends, by signal, cause and change', async () => {
    const why = await projection.get<Why>(`${base}/c1/why?from=${date(TODAY - 2)}&to=${date(TODAY - 1)}`);
    expect(Compile(Why).Errors(why)).toEqual([]);
    expect(why).toMatchObject({
      score: 'health',
      unit: 'hundredths',
      delta: -1_500,
      contributions: { usage: -1_500 },
    });
    expect([why.from.value, why.to.value]).toEqual([6_000, 4_500]);
    expect(why.causes).toEqual([{ cause: 'time-decay', changes: 1, contribution: -1_500 }]);
  });

  it('from before the first change explains the whole value', async () => {
    const why = await projection.get<Why>(`${base}/c1/why?from=2020-01-01`);
    expect([why.from.value, why.delta, why.contributions]).toEqual([
      null,
      null,
      { usage: 3_500, goals: 1_000 },
    ]);
  });

  it('is not told for a span that ends before it begins, or has no beginning', async () => {
    const turned = `${base}/c1/why?from=${date(TODAY)}&to=${date(TODAY - 2)}`;
    expect(await problemOf(turned)).toMatchObject({ status: 400, paths: ['?to'] });
    expect(await problemOf(`${base}/c1/why`)).toMatchObject({ status: 400, paths: ['?from'] });
  });
});

describe('the history of a score', () => {
  it('is there for every score of a customer, and between two instants', async () => {
    const all = await projection.get<{ points: unknown[] }>(`${base}/c1/history?score=health`);
    const last = await projection.get<{ points: unknown[] }>(`${base}/c1/history?from=${date(TODAY - 1)}`);
    expect([all.points.length, last.points.length]).toEqual([2, 1]);
    for (const score of ['revenue', 'rfm', 'churn', 'lifecycle', 'relationship', 'tier', 'complexity']) {
      expect(await projection.get(`${base}/c1/history?score=${score}`)).toMatchObject({ score, points: [] });
    }
    expect(await problemOf(`${base}/c1/history?score=concentration`)).toMatchObject({ status: 400 });
  });
});

describe('what would be (N6)', () => {
  const paid = { specversion: '1.0', id: 'p', source: 'billing', type: 'payment.paid', subject: 'c1' };

  it('is answered in the words of its schema', async () => {
    const event = { ...paid, time: new Date(NOW).toISOString(), data: { amountMinor: 5 } };
    const response = await projection.app.inject({
      ...({ method: 'POST', url: `${base}/c1/what-if` } as const),
      payload: { events: [event], without: ['late'] },
    });
    const answer: WhatIf = response.json();
    expect(Compile(WhatIf).Errors(answer)).toEqual([]);
    expect(answer.scores.ltv).toMatchObject({ before: { value: 1_000 }, after: { value: 905 }, delta: -95 });
    expect(answer.changes.map(({ causedBy }) => causedBy)).toContainEqual(['p']);
  });

  it('says which supposed events scoring would set aside', async () => {
    const time = new Date(NOW).toISOString();
    const amended = { agreementId: 'm', deltaMinor: 4_000_000_000_000 };
    const event = { ...paid, id: 'huge', type: 'agreement.amended', time, data: amended };
    const response = await projection.app.inject({
      ...({ method: 'POST', url: `${base}/c1/what-if` } as const),
      payload: { events: [event] },
    });
    expect(response.json()).toMatchObject({
      refused: [{ eventId: 'huge', reason: 'amount-out-of-range' }],
      changes: [],
    });
  });

  it('needs one event that is left', async () => {
    const { status, paths } = await problemOf(`${base}/c1/what-if`, { without: ['a', 'late'] });
    expect([status, paths]).toEqual([400, ['/without']]);
  });
});
