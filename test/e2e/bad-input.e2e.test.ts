import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, getAll, getJson, postJson } from './support/api.ts';
import { cloudEvent } from './support/cloud-events.ts';
import { finishBellwether, type RunningBellwether, startBellwether } from './support/start-bellwether.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import type { Accounting } from './support/tenant-numbers.ts';

const files = temporaryFolder('files');
const MAP = `
version: 1
tenant: { currency: USD, timeZone: UTC }
format: { type: csv }
source: /shop
id: [order]
customerId: { column: customer }
time: { column: at, format: yyyy-MM-dd }
events:
  - type: payment.paid
    data:
      amountMinor: { column: amount, as: money }
`;

describe('wrong input over HTTP, while a right one comes every time', () => {
  let bellwether: RunningBellwether;
  let sent = 0;
  beforeAll(async () => {
    bellwether = await startBellwether({ data: temporaryFolder('bad-input'), parameters: ['--empty'] });
  });
  afterAll(async () => {
    await bellwether?.stop('SIGKILL');
  });
  const payment = () => cloudEvent('customer-1', 'payment.paid', { amountMinor: 100 });
  const text = JSON.stringify(payment());
  const post = async (body: string | Buffer) => {
    const url = `${bellwether.url}/v1/tenants/shop/events`;
    const headers = { 'content-type': 'application/cloudevents+json' };
    const answer = await fetch(url, { method: 'POST', headers, body });
    return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.json() };
  };

  it.each([
    ['broken JSON', '{"specversion":', 400],
    ['a wrong type', text.replace('100', '"100"'), 400],
    ['an unknown kind', text.replace('payment.paid', 'payment.payed'), 400],
    ['NaN', text.replace('100', 'NaN'), 400],
    ['an amount out of range', text.replace('100', '9e15'), 400],
    ['a date that does not exist', text.replace(/"time":"[^"]*"/, '"time":"2023-02-30T00:00:00Z"'), 400],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 400],
    ['an id with a control character', text.replace('customer-1', 'customer\\u00001'), 400],
    ['an id with $', text.replace('customer-1', '$ne'), 400],
    ['a body of 10 MB', `"${'x'.repeat(10_000_000)}"`, 413],
  ])('%s is told what is wrong, and nothing else waits', async (_what, body, status) => {
    const wrong = await post(body);
    expect(wrong).toMatchObject({ status, body: { status, detail: expect.stringMatching(/\S/) } });
    expect(wrong.type).toContain('application/problem+json');
    expect((await post(JSON.stringify(payment()))).status).toBe(202);
    sent += 1;
  });

  it('left nothing behind: every right event is scored, no wrong one is counted', async () => {
    const accounting = () => getJson<Accounting>(`${bellwether.url}/v1/tenants/shop/accounting`);
    const done = await eventually(accounting, ({ scored }) => scored === sent);
    expect(done).toEqual({ accepted: sent, scored: sent, duplicate: 0, quarantined: 0, inFlight: 0 });
    expect((await fetch(`${bellwether.url}/livez`)).status).toBe(200);
    expect(bellwether.log()).not.toMatch(/Internal fault|"level":"error"/);
  });

  it('an acknowledgement of an alert that does not exist, and a tenant that does not, are not found', async () => {
    const shop = `${bellwether.url}/v1/tenants/shop`;
    const answer = await postJson(`${shop}/alerts/at-risk:nobody:health:1/acknowledge`, { actor: 'Ada' });
    expect(answer.status).toBe(404);
    expect((await fetch(`${bellwether.url}/v1/tenants/nobody/customers`)).status).toBe(404);
  });
});

describe('a mistake of the operator is answered in plain words, without a stack', () => {
  const write = (name: string, content: string): string => {
    const path = join(files, name);
    writeFileSync(path, content);
    return path;
  };
  const importing = (file: string, map: string) =>
    finishBellwether(['import', file, '--map', map, '--tenant', 'shop', '--data', temporaryFolder('import')]);
  const good = write('good.csv', 'order,customer,at,amount\n1,a,2024-01-05,9.50\n');
  const map = write('map.yaml', MAP);

  it.each([
    { mistake: 'a file that is not there', file: join(files, 'none.csv'), mapFile: map, named: /none\.csv/ },
    {
      mistake: 'a file without a column that the map names',
      file: write('short.csv', 'order,customer,at\n1,a,2024-01-05\n'),
      mapFile: map,
      named: /amount/,
    },
    {
      mistake: 'a map that is not there',
      file: good,
      mapFile: join(files, 'none.yaml'),
      named: /none\.yaml/,
    },
    {
      mistake: 'a map with a field that no event has',
      file: good,
      mapFile: write('odd.yaml', MAP.replace('amountMinor:', 'amountMajor:')),
      named: /amountMajor/,
    },
    {
      mistake: 'a map with a word that maps do not have',
      file: good,
      mapFile: write('word.yaml', MAP.replace('source:', 'sauce:')),
      named: /sauce/,
    },
  ])('$mistake', async ({ file, mapFile, named }) => {
    const { code, output } = await importing(file, mapFile);
    expect(output).toMatch(named);
    expect(output).not.toMatch(/\n\s+at |Internal fault|node:internal/);
    expect(code).toBe(1);
  });

  it.each([
    ['a port that is no number', ['start', '--port', 'abc'], /port/],
    [
      'an address that others can reach',
      ['start', '--host', '0.0.0.0', '--data', join(files, 'data')],
      /127\.0\.0\.1/,
    ],
    ['an option that does not exist', ['start', '--colour'], /unknown option '--colour'/],
    ['a command that does not exist', ['begin'], /unknown command 'begin'/],
  ])('%s', async (_what, parameters, named) => {
    const { code, output } = await finishBellwether(parameters);
    expect(output).toMatch(named);
    expect(output).not.toMatch(/\n\s+at |Internal fault/);
    expect(code).toBe(1);
  });
});

describe('a file with some rows that are wrong', () => {
  it('is imported but for these rows, each in quarantine with its number and what was expected', async () => {
    const rows = [
      '1,a,2024-01-05,9.50',
      '2,a,2023-02-30,1.00',
      '3,b,2024-01-06,many',
      '4,$b,2024-01-06,1.00',
      '5,b',
    ];
    const file = join(files, 'mixed.csv');
    writeFileSync(file, `order,customer,at,amount\n${rows.join('\n')}\n`);
    const data = temporaryFolder('mixed');
    const parameters = ['import', file, '--map', join(files, 'map.yaml'), '--tenant', 'shop', '--data', data];
    const first = await finishBellwether(parameters);
    expect(first).toMatchObject({
      code: 0,
      output: expect.stringContaining('4 bad rows went to quarantine'),
    });

    const bellwether = await startBellwether({ data, parameters: ['--empty'] });
    try {
      const shop = `${bellwether.url}/v1/tenants/shop`;
      const found = await getAll<{ position: { row: number }; reason: string; faults: object[] }>(
        `${shop}/quarantine`,
      );
      expect(found.map(({ position }) => position.row).sort()).toEqual([3, 4, 5, 6]);
      for (const { faults } of found) expect(faults.length).toBeGreaterThan(0);
      expect(await getJson<Accounting>(`${shop}/accounting`)).toMatchObject({
        accepted: 5,
        scored: 1,
        quarantined: 4,
      });
    } finally {
      await bellwether.stop();
    }
    const again = await finishBellwether(parameters);
    expect(again.output).toContain('already');
  });
});
