import { it } from 'vitest';
import { openProjection, recordOf } from './test-support/projection-under-test.ts';
import { changeOf, dayOf, eventOf, healthOf, ltvOf, settingsOf } from './test-support/records.ts';
it('perf', async () => {
  const p = await openProjection();
  await p.take(recordOf('customer-events', settingsOf()), recordOf('customer-events', dayOf()));
  const N = 50_000;
  const recs = [];
  for (let i = 0; i < N; i++) {
    const customerId = `c${i}`;
    recs.push(recordOf('customer-events', eventOf('customer.profile', { name: `Name ${(i * 7919) % N}` }, { customerId })));
    recs.push(recordOf('customer-events', eventOf('agreement.created', { agreementId: `a${i}`, agreementType: 'MSA', valueMinor: i, endDate: '2024-09-01' }, { customerId })));
    recs.push(recordOf('customer-changes', changeOf(1, [healthOf((i * 31) % 10000), ltvOf((i * 104729) % 1000003)], { customerId })));
  }
  let t = performance.now();
  await p.take(...recs);
  console.log('take', performance.now() - t);
  for (const q of ['?', '?sort=value', '?sort=health', '?sort=name', '?q=name%20499', '?sort=notice&band=at-risk', '?sort=name&cursor=']) {
    t = performance.now();
    const r = await p.app.inject(`/v1/tenants/acme/customers${q}`);
    console.log(q, r.statusCode, performance.now() - t);
  }
  await p.take(recordOf('customer-changes', changeOf(2, [ltvOf(5)], { customerId: 'c77' })));
  for (const q of ['customers', 'overview', 'reports/concentration', 'reports/msa-only']) {
    t = performance.now();
    const r = await p.app.inject(`/v1/tenants/acme/${q}`);
    console.log(q, r.statusCode, performance.now() - t);
  }
  await p.close();
}, 200_000);
