import { describe, expect, it } from 'vitest';
import type { Tenant } from '../../../src/api/schemas.ts';
import { firstTenant, tenantsEveryMs } from './tenants.ts';

function tenant(name: string, clock: Tenant['clock']): Tenant {
  return {
    tenant: name,
    currency: 'USD',
    timeZone: 'UTC',
    synthetic: false,
    clock,
    asOf: null,
    customers: 1,
  };
}

describe('the tenant that the board opens at', () => {
  const tenants = [tenant('cdnow', 'frozen'), tenant('shop', 'live'), tenant('acme', 'live')];

  it('is the one last chosen, while it exists', () => {
    expect(firstTenant(tenants, 'cdnow')?.tenant).toBe('cdnow');
    expect(firstTenant(tenants, 'gone')?.tenant).toBe('acme');
  });

  it('is a live one before one that is being imported, and that before a frozen one', () => {
    expect(firstTenant(tenants, null)?.tenant).toBe('acme');
    const loading = [tenant('cdnow', 'frozen'), tenant('simulated', 'importing')];
    expect(firstTenant(loading, null)?.tenant).toBe('simulated');
    expect(firstTenant([], null)).toBeUndefined();
  });
});

describe('how often the tenants are asked for', () => {
  const frozen = tenant('cdnow', 'frozen');

  it('is soon while one is importing, none is there, or the wanted one is missing', () => {
    const soon = tenantsEveryMs(undefined, null);
    expect(soon).toBeLessThanOrEqual(5_000);
    expect(tenantsEveryMs([], null)).toBe(soon);
    expect(tenantsEveryMs([frozen, tenant('a', 'importing')], 'cdnow')).toBe(soon);
    expect(tenantsEveryMs([frozen], 'shop')).toBe(soon);
  });

  it('is now and then where nothing is under way', () => {
    expect(tenantsEveryMs([frozen], 'cdnow')).toBe(30_000);
    expect(tenantsEveryMs([frozen], null)).toBe(30_000);
  });
});
