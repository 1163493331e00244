import { describe, expect, it } from 'vitest';
import { customerHref, hrefOf, readPlace } from './router.ts';

describe('places of the board', () => {
  it('are real paths with the filters in the query', () => {
    const place = readPlace('/t/simulated/customers', '?sort=health&band=at-risk');
    expect(place).toMatchObject({ tenant: 'simulated', page: 'customers', customerId: null, known: true });
    expect(place.query.get('band')).toBe('at-risk');
  });

  it('lead to one customer, whatever characters its id has', () => {
    const href = customerHref('simulated', 'a:b@c');
    expect(readPlace(href, '').customerId).toBe('a:b@c');
  });

  it('begin at the overview', () => {
    expect(readPlace('/t/cdnow', '')).toMatchObject({ tenant: 'cdnow', page: 'overview', known: true });
    expect(readPlace('/', '').tenant).toBeNull();
  });

  it('say when a path names no page, and do not fail on a malformed one', () => {
    expect(readPlace('/t/cdnow/nonsense', '').known).toBe(false);
    expect(readPlace('/t/cdnow/alerts/1/2', '').known).toBe(false);
    expect(readPlace('/t/%E0%A4%A/overview', '').tenant).toBe('%E0%A4%A');
  });

  it('leave empty filters out of links', () => {
    expect(hrefOf('t', 'customers', { band: '', q: null, sort: 'name' })).toBe('/t/t/customers?sort=name');
  });
});
