import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Tenant } from '../../../src/api/schemas.ts';
import { dayOf } from './time.ts';

/** The tenant that the page is about. */
export const TenantContext = createContext<Tenant | null>(null);

/** The present tenant; only inside a page. */
export function useTenant(): Tenant {
  const tenant = useContext(TenantContext);
  if (!tenant) throw new Error('no tenant on this page');
  return tenant;
}

/** The tenant's present: the end of its data where it is frozen, otherwise the clock on the wall. */
export function tenantNowMs(tenant: Tenant, wallMs: number): number {
  if (tenant.clock === 'live' || tenant.asOf === null) return wallMs;
  return Date.parse(`${tenant.asOf}T23:59:59Z`);
}

/** The tenant's present as an epoch ms and a calendar day; a live one is looked at again every half minute. */
export function useTenantNow(): { readonly ms: number; readonly day: string } {
  const tenant = useTenant();
  const [wallMs, setWallMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setWallMs(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const ms = tenantNowMs(tenant, wallMs);
  const day = tenant.clock === 'live' || tenant.asOf === null ? dayOf(ms, tenant.timeZone) : tenant.asOf;
  return { ms, day };
}
