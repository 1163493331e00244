import { useEffect, useErrorBoundary } from 'preact/hooks';
import type { Tenant } from '../../../src/api/schemas.ts';
import { arrivedByHistory, hrefOf, navigate, type Place, usePlace } from '../lib/router.ts';
import { recall, remember } from '../lib/storage.ts';
import { TenantContext } from '../lib/tenant-context.ts';
import { firstTenant } from '../lib/tenants.ts';
import { AlertsPage } from '../pages/alerts/alerts-page.tsx';
import { ConcentrationPage } from '../pages/concentration/concentration-page.tsx';
import { CustomerPage } from '../pages/customer/customer-page.tsx';
import { CustomersPage } from '../pages/customers/customers-page.tsx';
import { DataPage } from '../pages/data/data-page.tsx';
import { OverviewPage } from '../pages/overview/overview-page.tsx';
import { Patterns } from '../parts/marks.tsx';
import { Empty, ImportHint, Loaded } from '../parts/states.tsx';
import { ActorDialog } from './actor-dialog.tsx';
import { Header } from './header.tsx';
import { HelpDialog } from './help.tsx';
import { Navigation } from './navigation.tsx';
import { useTenants } from './use-tenants.ts';

const PAGE_TITLES = {
  overview: 'Overview',
  customers: 'Customers',
  concentration: 'Concentration',
  alerts: 'Alerts',
  quarantine: 'Data',
} as const;

function PageOf(props: { readonly place: Place }) {
  const { place } = props;
  if (!place.known) return <h1>There is no such page</h1>;
  if (place.customerId !== null) return <CustomerPage key={place.customerId} customerId={place.customerId} />;
  if (place.page === 'customers') return <CustomersPage query={place.query} />;
  if (place.page === 'concentration') return <ConcentrationPage />;
  if (place.page === 'alerts') return <AlertsPage query={place.query} />;
  if (place.page === 'quarantine') return <DataPage query={place.query} />;
  return <OverviewPage query={place.query} />;
}

function pathOf(place: Place): string {
  return `${place.tenant}/${place.page}/${place.customerId}`;
}

/** A fault of one page leaves the navigation usable. */
function GuardedPage(props: { readonly place: Place }) {
  const [error] = useErrorBoundary();
  if (error === undefined) return <PageOf place={props.place} />;
  return (
    <div class="notice notice-failure" role="alert">
      <p>
        <strong>This page could not be drawn:</strong>{' '}
        {error instanceof Error ? error.message : String(error)}. The other pages still work; loading this one
        again may help.
      </p>
      <button type="button" class="button" onClick={() => location.reload()}>
        Load again
      </button>
    </div>
  );
}

/** Title and focus follow the page, so that a screen reader hears where it is. */
function usePageAnnounced(place: Place): void {
  const path = pathOf(place);
  useEffect(() => {
    const name = place.customerId ?? PAGE_TITLES[place.page];
    document.title = `${name} · ${place.tenant ?? ''} · Bellwether`;
    if (document.activeElement && document.activeElement !== document.body) {
      document.getElementById('page')?.focus({ preventScroll: true });
    }
    if (!arrivedByHistory()) window.scrollTo(0, 0);
  }, [path]);
}

function TenantBoard(props: { readonly tenants: readonly Tenant[]; readonly place: Place }) {
  const tenant = props.tenants.find((known) => known.tenant === props.place.tenant);
  usePageAnnounced(props.place);
  useRemembered(tenant?.tenant);
  if (!tenant) {
    return (
      <main id="page" class="page" tabIndex={-1}>
        <h1>There is no tenant “{props.place.tenant}”</h1>
        <Empty title="These exist:">
          <ul>
            {props.tenants.map((known) => (
              <li key={known.tenant}>
                <a href={hrefOf(known.tenant, 'overview')}>{known.tenant}</a>
              </li>
            ))}
          </ul>
        </Empty>
      </main>
    );
  }
  return (
    <TenantContext.Provider value={tenant}>
      <Header tenants={props.tenants} place={props.place} />
      <Navigation place={props.place} />
      <main id="page" class="page" tabIndex={-1} key={tenant.tenant}>
        <GuardedPage key={pathOf(props.place)} place={props.place} />
      </main>
      <HelpDialog />
      <ActorDialog />
    </TenantContext.Provider>
  );
}

/** Where `/` led; not remembered, since nobody chose it and a better one may be there the next time. */
let proposed: string | null = null;

function useRemembered(tenant: string | undefined): void {
  useEffect(() => {
    if (tenant === undefined || tenant === proposed) return;
    remember('tenant', tenant);
    proposed = null;
  }, [tenant]);
}

/** `/` leads to the tenant last chosen, or to the one that says most. */
function useFirstTenant(tenants: readonly Tenant[] | undefined, place: Place): void {
  useEffect(() => {
    if (!tenants || place.tenant !== null) return;
    const target = firstTenant(tenants, recall('tenant'));
    if (!target) return;
    proposed = target.tenant;
    navigate(hrefOf(target.tenant, 'overview'), { replace: true });
  }, [tenants, place.tenant]);
}

/** The whole board. */
export function Board() {
  const place = usePlace();
  const tenants = useTenants(place.tenant);
  useFirstTenant(tenants.data?.items, place);
  return (
    <>
      <a class="skip" href="#page">
        Skip to the page
      </a>
      <Patterns />
      {tenants.data && tenants.data.items.length > 0 ? (
        place.tenant !== null && <TenantBoard tenants={tenants.data.items} place={place} />
      ) : (
        <main id="page" class="page">
          <h1>Bellwether</h1>
          <Loaded what="The list of tenants" resource={tenants}>
            {() => (
              <Empty title="No data yet.">
                <ImportHint tenant="NAME" />
              </Empty>
            )}
          </Loaded>
        </main>
      )}
    </>
  );
}
