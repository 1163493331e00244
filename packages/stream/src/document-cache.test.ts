import { describe, expect, it } from 'vitest';
import { DocumentCache } from './document-cache.ts';
import type { StoredDocument } from './ports.ts';

const documentOf = (id: string, partition = 0): StoredDocument => ({
  id,
  partition,
  writeVersion: 1,
  appliedOffset: 0,
  pending: [],
  index: {},
  state: id,
});

describe('document cache', () => {
  it('stays within its bytes: what was used longest ago goes first', () => {
    const cache = new DocumentCache(10_000);
    for (const id of ['a', 'b', 'c']) cache.put('customers', documentOf(id), 3_000);
    expect(cache.get('customers', 'a')?.id).toBe('a');
    cache.put('customers', documentOf('d'), 3_000);
    expect(cache.get('customers', 'b')).toBeUndefined();
    expect(['a', 'c', 'd'].map((id) => cache.get('customers', id)?.id)).toEqual(['a', 'c', 'd']);
  });

  it('does not keep the old version of a document that has become too large for it', () => {
    const cache = new DocumentCache(10_000);
    cache.put('customers', documentOf('a'), 100);
    cache.put('customers', { ...documentOf('a'), writeVersion: 2 }, 20_000);
    expect(cache.get('customers', 'a')).toBeUndefined();
  });

  it('forgets one partition of one collection', () => {
    const cache = new DocumentCache(10_000);
    cache.put('customers', documentOf('a', 1), 1);
    cache.put('customers', documentOf('b', 2), 1);
    cache.put('alerts', documentOf('a', 1), 1);
    cache.dropPartition('customers', 1);
    expect(cache.get('customers', 'a')).toBeUndefined();
    expect(cache.get('customers', 'b')).toBeDefined();
    expect(cache.get('alerts', 'a')).toBeDefined();
  });
});
