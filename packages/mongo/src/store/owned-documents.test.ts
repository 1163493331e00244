import { DocumentCache, type StoredDocument } from '@bellwether/stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { OwnedDocuments } from './owned-documents.ts';

const version = (writeVersion: number, partition = 0, id = 'a') => {
  const document: StoredDocument = {
    id,
    partition,
    writeVersion,
    appliedOffset: 0,
    pending: [],
    index: {},
    state: null,
  };
  return { document, bytes: 1 };
};

describe('documents that nobody else can change', () => {
  let owned: OwnedDocuments;
  const cached = (id = 'a') => owned.get('customers', id)?.writeVersion;
  const read = (kept: ReturnType<typeof version>, moment = owned.moment) =>
    owned.keepRead('customers', kept, moment);
  const save = (kept: ReturnType<typeof version>, moment = owned.moment) =>
    owned.keepSaved('customers', [kept], moment);
  beforeEach(() => {
    owned = new OwnedDocuments(new DocumentCache(10_000));
  });

  it('are kept as they were saved', () => {
    save(version(3));
    expect(cached()).toBe(3);
  });

  it('are not those of a partition in which nothing was saved: somebody else may write there', () => {
    read(version(3));
    expect(cached()).toBeUndefined();
    save(version(1, 1, 'other'));
    read(version(3));
    expect(cached()).toBeUndefined();
    save(version(1, 0, 'ours'));
    read(version(3));
    expect(cached()).toBe(3);
  });

  it('are gone with their partition, and those of others stay', () => {
    save(version(3));
    save(version(4, 1, 'b'));
    owned.forget('customers', 0);
    read(version(3));
    expect([cached(), cached('b')]).toEqual([undefined, 4]);
  });

  it('are not what was read before the partition was forgotten, even if it is ours again', () => {
    save(version(3));
    const before = owned.moment;
    owned.forget('customers', 0);
    save(version(1, 0, 'other'));
    read(version(3), before);
    expect(cached()).toBeUndefined();
    save(version(4), before);
    expect(cached()).toBeUndefined();
  });

  it('are not older than what was saved while they were read', () => {
    save(version(4));
    read(version(3));
    expect(cached()).toBe(4);
  });

  it('are dropped when it is unknown what was written', () => {
    save(version(3));
    owned.drop('customers', [version(4).document]);
    expect(cached()).toBeUndefined();
  });
});
