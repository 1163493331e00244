import type { Overview } from '../../../src/api/schemas.ts';
import { apiUrl } from '../lib/api.ts';
import { count } from '../lib/format.ts';
import { useLiveReload } from '../lib/live.ts';
import { useResource } from '../lib/resource.ts';
import { hrefOf, type Page, type Place } from '../lib/router.ts';
import { useTenant } from '../lib/tenant-context.ts';

const ITEMS: readonly (readonly [Page, string, string])[] = [
  ['overview', 'Overview', 'M2.5 13.5v-5M6.5 13.5v-9M10.5 13.5v-6M14 13.5V2.5'],
  ['customers', 'Customers', 'M2 4h12M2 8h12M2 12h12'],
  ['alerts', 'Alerts', 'M8 2.5L14 13H2zM8 6.5v3M8 11v.6'],
  ['concentration', 'Concentration', 'M2 13.5C3 5 6 3 14 2.5M2 13.5h12'],
  ['quarantine', 'Data', 'M3 4c0-2 10-2 10 0v8c0 2-10 2-10 0zM3 4c0 2 10 2 10 0M3 8c0 2 10 2 10 0'],
];

/** The pages: beside each other at the top, at the bottom of a narrow screen. */
export function Navigation(props: { readonly place: Place }) {
  const tenant = useTenant();
  const overview = useResource<Overview>(apiUrl(tenant.tenant, 'overview'));
  useLiveReload(tenant.tenant, overview.reload, {
    everyMs: 5_000,
    concerns: (message) => message.kind === 'alert',
  });
  const open = overview.data?.openAlerts;
  return (
    <nav class="navigation" aria-label="Pages">
      {ITEMS.map(([page, name, icon]) => (
        <a
          key={page}
          href={hrefOf(tenant.tenant, page)}
          aria-current={props.place.page === page && props.place.known ? 'page' : undefined}
        >
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d={icon} />
          </svg>
          <span>{name}</span>
          {page === 'alerts' && open && open.high > 0 && (
            <span class="nav-count" title={`${open.high} open with high severity`}>
              {count(open.high)}
              <span class="sr"> open with high severity</span>
            </span>
          )}
        </a>
      ))}
    </nav>
  );
}
