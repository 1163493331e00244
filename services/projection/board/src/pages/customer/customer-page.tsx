import type { CustomerDetail, History } from '../../../../src/api/schemas.ts';
import { apiUrl } from '../../lib/api.ts';
import { useKeys } from '../../lib/keys.ts';
import { type LiveMessage, useLiveReload } from '../../lib/live.ts';
import { useResource } from '../../lib/resource.ts';
import { hrefOf, navigate } from '../../lib/router.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { Loaded } from '../../parts/states.tsx';
import { Agreements } from './agreements.tsx';
import { CustomerAlerts } from './customer-alerts.tsx';
import { CustomerHead } from './customer-head.tsx';
import { HealthNow } from './health-now.tsx';
import { HealthOverTime } from './health-over-time.tsx';
import { NeverScored } from './never-scored.tsx';
import { Purchases } from './purchases.tsx';
import { Timeline } from './timeline.tsx';

function Content(props: { readonly customer: CustomerDetail }) {
  const tenant = useTenant();
  const { customer } = props;
  const path = `customers/${encodeURIComponent(customer.customerId)}`;
  const history = useResource<History>(apiUrl(tenant.tenant, `${path}/history`, { score: 'health' }));
  useLiveReload(tenant.tenant, history.reload, {
    everyMs: 2_000,
    concerns: (message) => concerns(message, customer.customerId),
  });
  // That nothing is known is published too, as a point without a value.
  const neverScored =
    customer.health.score === null && history.data?.points.every((point) => point.value === null);
  return (
    <>
      <CustomerHead customer={customer} />
      <div class="columns columns-wide">
        {neverScored ? (
          <NeverScored customer={customer} />
        ) : (
          <div class="stack">
            <Loaded what="The history of the score" resource={history}>
              {(data) => <HealthOverTime history={data} health={customer.health} />}
            </Loaded>
            <HealthNow health={customer.health} />
          </div>
        )}
        <div class="stack">
          <CustomerAlerts alerts={customer.alerts} />
          <Purchases customer={customer} />
        </div>
      </div>
      <Agreements agreements={customer.agreementTree} currency={customer.currency} />
      <Timeline customerId={customer.customerId} />
    </>
  );
}

function concerns(message: LiveMessage, customerId: string): boolean {
  if (message.kind === 'change') return message.change.customerId === customerId;
  return message.kind === 'alert' && message.alert.customerId === customerId;
}

/** What is going on with this customer, and what to say on the phone. */
export function CustomerPage(props: { readonly customerId: string }) {
  const tenant = useTenant();
  const url = apiUrl(tenant.tenant, `customers/${encodeURIComponent(props.customerId)}`);
  const resource = useResource<CustomerDetail>(url);
  useLiveReload(tenant.tenant, resource.reload, {
    everyMs: 2_000,
    concerns: (message) => concerns(message, props.customerId),
  });
  useKeys({ u: () => navigate(hrefOf(tenant.tenant, 'customers')) });
  return (
    <>
      <nav class="crumbs" aria-label="Where this page is">
        <a href={hrefOf(tenant.tenant, 'customers')}>Customers</a>
      </nav>
      {resource.data === null && <h1>{props.customerId}</h1>}
      <Loaded what={`Customer ${props.customerId}`} resource={resource}>
        {(customer) => <Content customer={customer} />}
      </Loaded>
    </>
  );
}
