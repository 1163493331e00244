import type { Tenant } from '../../../src/api/schemas.ts';

/** How often the list is asked for while something in it is about to change, and otherwise, ms. */
const SOON_MS = 3_000;
const LATER_MS = 30_000;

/** Until the tenants are asked for again, ms: soon while one is importing, or none or not the wanted one is there. */
export function tenantsEveryMs(tenants: readonly Tenant[] | undefined, wanted: string | null): number {
  if (!tenants || tenants.length === 0) return SOON_MS;
  if (tenants.some((tenant) => tenant.clock === 'importing')) return SOON_MS;
  return wanted === null || tenants.some((tenant) => tenant.tenant === wanted) ? LATER_MS : SOON_MS;
}

const OPENED_FIRST = { live: 0, importing: 1, frozen: 2 } as const;

/** Where `/` leads: to the tenant last chosen, else to a live one, else to one on its way; then by name. */
export function firstTenant(tenants: readonly Tenant[], last: string | null): Tenant | undefined {
  const known = tenants.find((tenant) => tenant.tenant === last);
  if (known) return known;
  const rank = (tenant: Tenant) => OPENED_FIRST[tenant.clock];
  return [...tenants].sort((a, b) => rank(a) - rank(b) || a.tenant.localeCompare(b.tenant))[0];
}
