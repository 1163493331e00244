import { useEffect } from 'preact/hooks';
import type { Tenant } from '../../../src/api/schemas.ts';
import { useLiveReload } from '../lib/live.ts';
import { type Resource, useResource } from '../lib/resource.ts';
import { tenantsEveryMs } from '../lib/tenants.ts';

/** A live tenant speaks several times a second; its state and its number of customers need not follow at once. */
const LIVE_EVERY_MS = 10_000;

/**
 * The tenants, asked for again as they change: one may appear, or end its import, while the board is open. What is
 * shown stays while the next answer is on its way.
 */
export function useTenants(wanted: string | null): Resource<{ items: Tenant[] }> {
  const tenants = useResource<{ items: Tenant[] }>('/v1/tenants');
  const items = tenants.data?.items;
  const everyMs = tenantsEveryMs(items, wanted);
  useEffect(() => {
    const timer = setInterval(tenants.reload, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, tenants.reload]);
  const isKnown = items?.some((tenant) => tenant.tenant === wanted) === true;
  useLiveReload(isKnown ? wanted : null, tenants.reload, { everyMs: LIVE_EVERY_MS });
  return tenants;
}
