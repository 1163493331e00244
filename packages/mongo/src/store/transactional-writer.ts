import type { Collection, MongoClient } from 'mongodb';
import pLimit from 'p-limit';
import { JOURNALED } from '../journaled.ts';
import { isRefusal } from '../mongo-errors.ts';
import type { BsonDocument, MeasuredDocument } from './bson-document.ts';
import { guardedOperations, writeGuarded } from './guarded-write.ts';

/**
 * Transactions stay small and few: what they change is kept in the server's cache until they end, where many large ones
 * at once leave no room to end any of them. More documents than this are against MongoDB's advice, too
 * (https://www.mongodb.com/docs/manual/core/transactions-production-consideration/).
 */
const LARGEST = { bytes: 524_288, documents: 1_000 } as const;
const AT_ONCE = 2;

/**
 * Compare-and-set of many documents in a few transactions: a server that waits for its disk after every write then
 * waits once for each. Nothing relies on it. Where a version before is not the one that is stored, or the server does
 * not want the transaction, none of it is done, and its documents are written one by one, so that the answer is the
 * same (ADR 11).
 */
export class TransactionalWriter {
  readonly #client: MongoClient;
  readonly #inTurn = pLimit(AT_ONCE);

  constructor(client: MongoClient) {
    this.#client = client;
  }

  /** @returns how many were written */
  async write(collection: Collection<BsonDocument>, documents: readonly MeasuredDocument[]): Promise<number> {
    let count = 0;
    for (const some of portions(documents)) {
      const isWritten = some.length > 1 && (await this.#inTurn(() => this.#writeAll(collection, some)));
      count += isWritten ? some.length : await writeGuarded(collection, some);
    }
    return count;
  }

  /** True when all were written, false when none was. @throws when nobody knows */
  async #writeAll(
    collection: Collection<BsonDocument>,
    documents: readonly BsonDocument[],
  ): Promise<boolean> {
    const session = this.#client.startSession();
    try {
      session.startTransaction({ writeConcern: JOURNALED });
      const { inserts, replacements } = guardedOperations(documents);
      const written = collection.bulkWrite([...inserts, ...replacements], { ordered: false, session });
      const result = await unlessRefused(written);
      const isWhole = result !== undefined && result.insertedCount + result.matchedCount === documents.length;
      await (isWhole ? session.commitTransaction() : session.abortTransaction());
      return isWhole;
    } finally {
      await session.endSession();
    }
  }
}

function* portions(documents: readonly MeasuredDocument[]): Generator<readonly BsonDocument[]> {
  let portion: BsonDocument[] = [];
  let size = 0;
  for (const { bson, bytes } of documents) {
    if (portion.length > 0 && (size + bytes > LARGEST.bytes || portion.length === LARGEST.documents)) {
      yield portion;
      portion = [];
      size = 0;
    }
    portion.push(bson);
    size += bytes;
  }
  if (portion.length > 0) yield portion;
}

/** Undefined when the server refused. @throws when nobody answered */
async function unlessRefused<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}
