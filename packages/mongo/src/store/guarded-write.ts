import type { AnyBulkWriteOperation, BulkWriteResult, Collection, MongoBulkWriteError } from 'mongodb';
import { isOnlyDuplicates } from '../mongo-errors.ts';
import type { BsonDocument } from './bson-document.ts';
import type { BsonEntry } from './bson-entry.ts';

type Operation = AnyBulkWriteOperation<BsonDocument>;

/**
 * Compare-and-set: writes each document where the version before it is stored (none for version 1), all others alike.
 * Inserts and replacements go side by side, and both have ended when this ends, however it ends.
 * @returns how many were written
 */
export async function writeGuarded(
  collection: Collection<BsonDocument>,
  documents: Iterable<BsonDocument>,
): Promise<number> {
  const { inserts, replacements } = guardedOperations(documents);
  const counts = await allSettled(
    [inserts, replacements].map((operations) => written(collection, operations)),
  );
  return counts.reduce((total, count) => total + count, 0);
}

/** First versions, and others on the condition that the version before is stored. */
export function guardedOperations(documents: Iterable<BsonDocument>): {
  readonly inserts: Operation[];
  readonly replacements: Operation[];
} {
  const inserts: Operation[] = [];
  const replacements: Operation[] = [];
  for (const document of documents) {
    const { _id, writeVersion } = document;
    if (writeVersion === 1) inserts.push({ insertOne: { document } });
    else
      replacements.push({
        replaceOne: { filter: { _id, writeVersion: writeVersion - 1 }, replacement: document },
      });
  }
  return { inserts, replacements };
}

/** Writes entries; one whose id is there already is left as it is. */
export async function writeEntries(
  collection: Collection<BsonEntry>,
  entries: readonly BsonEntry[],
): Promise<void> {
  const operations = entries.map((document) => ({ insertOne: { document } }));
  await unlessDuplicates(collection.bulkWrite(operations, { ordered: false }));
}

/**
 * The results, when everything has ended.
 * @throws what the first of those that failed failed with
 */
export async function allSettled<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(works);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

async function written(
  collection: Collection<BsonDocument>,
  operations: readonly Operation[],
): Promise<number> {
  if (operations.length === 0) return 0;
  const result = await unlessDuplicates(collection.bulkWrite(operations, { ordered: false }));
  return result.insertedCount + result.matchedCount;
}

async function unlessDuplicates(
  work: Promise<BulkWriteResult>,
): Promise<BulkWriteResult | MongoBulkWriteError> {
  try {
    return await work;
  } catch (error) {
    if (isOnlyDuplicates(error)) return error;
    throw error;
  }
}
