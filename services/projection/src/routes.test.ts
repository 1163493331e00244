import { Compile } from 'typebox/compile';
import { expect, it } from 'vitest';
import { CustomerRow } from './api/schemas.ts';
import { openProjection, recordOf } from './test-support/projection-under-test.ts';
import { changeOf, dayOf, eventOf, healthOf, ltvOf, settingsOf } from './test-support/records.ts';

it('smoke', async () => {
  const p = await openProjection();
  await p.take(
    recordOf('customer-events', settingsOf()),
    recordOf('customer-events', dayOf()),
    recordOf('customer-events', eventOf('customer.profile', { name: 'Ácme' })),
    recordOf('customer-changes', changeOf(1, [healthOf(7100), ltvOf(100)])),
  );
  console.log(await p.get('/v1/tenants'));
  console.log(JSON.stringify(await p.get('/v1/tenants/acme/customers')));
  console.log(JSON.stringify(await p.get('/v1/tenants/acme/customers/c1')));
  console.log(JSON.stringify(await p.get('/v1/tenants/acme/overview')));
  console.log((await p.app.inject('/v1/tenants/acme/customers?foo=1&limit=x')).body);
  console.log((await p.app.inject('/v1/tenants/acme/customers?cursor=xx')).body);
  console.log((await p.app.inject('/v1/tenants/nope/customers')).body);
  console.log((await p.app.inject('/v1/tenants/acme/customers?format=csv')).body);
  console.log((await p.app.inject('/openapi.json')).body.slice(0, 1500));
  for (const r of ['multi-agreement', 'ltv-ranking', 'complexity', 'msa-only', 'concentration'])
    console.log(JSON.stringify(await p.get(`/v1/tenants/acme/reports/${r}`)));
  await p.close();
});
