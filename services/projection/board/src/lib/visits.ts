import { recall, remember } from './storage.ts';

/** A reload within this time is the same visit. */
const SAME_VISIT_MS = 30 * 60_000;

const sinceByTenant = new Map<string, number | null>();

/**
 * When the reader last looked at a tenant, epoch ms; null on the first visit. The same for as long as the board stays
 * open, so that the strip does not empty itself while it is read.
 */
export function lastVisitMs(tenant: string, nowMs: number): number | null {
  const known = sinceByTenant.get(tenant);
  if (known !== undefined) return known;
  const [since, seen] = (recall(`visit.${tenant}`) ?? '').split('|').map(Number);
  const same = seen !== undefined && nowMs - seen < SAME_VISIT_MS;
  const from = (same ? since : seen) || null;
  sinceByTenant.set(tenant, from);
  markVisit(tenant, nowMs);
  return from;
}

/** Notes that the reader is looking now; kept with the start of the present comparison. */
export function markVisit(tenant: string, nowMs: number): void {
  remember(`visit.${tenant}`, `${sinceByTenant.get(tenant) ?? ''}|${nowMs}`);
}
