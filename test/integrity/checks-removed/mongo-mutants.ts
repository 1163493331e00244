import { type Mutant, without } from './mutant.ts';

const WRITE = 'packages/mongo/src/store/guarded-write.ts';
const OWNED = 'packages/mongo/src/store/owned-documents.ts';
const STORE = 'packages/mongo/src/store/mongo-store.ts';
const ERRORS = 'packages/mongo/src/mongo-errors.ts';
const OPEN = 'packages/mongo/src/open-mongo.ts';
const JOURNALED = 'packages/mongo/src/journaled.ts';
const TRANSACTIONAL = 'packages/mongo/src/store/transactional-writer.ts';

/** The checks of the store on MongoDB, each taken out alone. */
export const MONGO_MUTANTS: Readonly<Record<string, Mutant>> = {
  'documents are replaced whatever their version': without(
    { file: WRITE, changes: [['filter: { _id, writeVersion: writeVersion - 1 }', 'filter: { _id }']] },
    {
      family: 'loop',
      scenario: 'a zombie is about to save (T6 in small)',
      breaks: 'a zombie writes nothing',
    },
  ),
  'documents are replaced whatever their version, without a loop': without(
    { file: WRITE, changes: [['filter: { _id, writeVersion: writeVersion - 1 }', 'filter: { _id }']] },
    {
      family: 'mongo',
      scenario: 'another process wrote one of the documents meanwhile',
      breaks: 'what another process wrote stays',
    },
  ),
  'new documents take the place of those that are there': without(
    {
      file: WRITE,
      changes: [
        [
          '{ insertOne: { document } });\n    else',
          '{ replaceOne: { filter: { _id }, replacement: document, upsert: true } });\n    else',
        ],
        ['result.insertedCount + result.matchedCount', 'result.upsertedCount + result.matchedCount'],
      ],
    },
    {
      family: 'mongo',
      scenario: 'two processes make the same document',
      breaks: 'what another process made stays',
    },
  ),
  'all documents count as written': without(
    {
      file: WRITE,
      changes: [['return result.insertedCount + result.matchedCount;', 'return operations.length;']],
    },
    {
      family: 'mongo',
      scenario: 'another process wrote one of the documents meanwhile',
      breaks: 'a save tells exactly how many documents it wrote',
    },
  ),
  'a save ends when one half of it has failed': without(
    {
      file: WRITE,
      changes: [['const outcomes = await', 'await Promise.all(works);\n  const outcomes = await']],
    },
    {
      family: 'script',
      scenario: 'one half of a save fails at once',
      breaks: 'nothing is under way any more when a save ends',
    },
  ),
  'writes are not journaled': without(
    { file: JOURNALED, changes: [['journal: true', 'journal: false']] },
    { family: 'script', scenario: 'something is saved', breaks: 'every write is to be journaled' },
  ),
  'writes reach one server': without(
    { file: JOURNALED, changes: [["w: 'majority', journal", 'w: 1, journal']] },
    { family: 'script', scenario: 'something is saved', breaks: 'every write is to reach a majority' },
  ),
  'a transaction is committed as the URI says': without(
    {
      file: TRANSACTIONAL,
      changes: [['startTransaction({ writeConcern: JOURNALED })', 'startTransaction()']],
    },
    {
      family: 'script',
      scenario: 'something is saved in a replica set',
      breaks: 'every transaction is to be journaled by a majority',
    },
  ),
  'a transaction is committed although a version was another': without(
    {
      file: TRANSACTIONAL,
      changes: [
        ['result.insertedCount + result.matchedCount === documents.length', 'result.insertedCount >= 0'],
      ],
    },
    {
      family: 'script',
      scenario: 'a version in a replica set is another',
      breaks: 'what cannot be done in full is not committed',
    },
  ),
  'reads see what may be lost again': without(
    { file: OPEN, changes: [["new ReadConcern('majority')", "new ReadConcern('local')"]] },
    {
      family: 'script',
      scenario: 'something is read from a replica set',
      breaks: 'what is read cannot be lost again',
    },
  ),
  'reads go where the URI says': without(
    { file: OPEN, changes: [["readPreference: 'primary', readConcern", 'readConcern']] },
    { family: 'script', scenario: 'something is read from a replica set', breaks: 'the primary is asked' },
  ),
  'a write that no majority has is one all the same': without(
    {
      file: ERRORS,
      // With the driver of today either half of the condition would do.
      changes: [
        ['if (errors.length === 0 || error.result.getWriteConcernError() !== undefined) return false;', ''],
      ],
    },
    {
      family: 'script',
      scenario: 'a write was not journaled by a majority',
      breaks: 'only what is known to be a conflict is one',
    },
  ),
  'a lost connection is taken for a conflict': without(
    { file: ERRORS, changes: [['errors.length === 0 || ', '']] },
    {
      family: 'script',
      scenario: 'the connection ends in the middle of a write',
      breaks: 'only what is known to be a conflict is one',
    },
  ),
  'one conflict hides other failures': without(
    { file: ERRORS, changes: [['errors.every(({ code })', 'errors.some(({ code })']] },
    {
      family: 'script',
      scenario: 'a conflict and a failure come in one answer',
      breaks: 'only what is known to be a conflict is one',
    },
  ),
  'documents do not wait for their entries': without(
    {
      file: STORE,
      changes: [
        ['await this.#saveEntries(entries);', 'void this.#saveEntries(entries).catch(() => undefined);'],
      ],
    },
    { family: 'script', scenario: 'an entry is lost', breaks: 'no document is there without its entries' },
  ),
  'documents stay in memory while they are saved': without(
    { file: STORE, changes: [['    owned.drop(collection, documents);\n    try {', '    try {']] },
    {
      family: 'script',
      scenario: 'a document is asked for while it is saved',
      breaks: 'while a save is under way the server is asked',
    },
  ),
  'documents stay in memory after a save in doubt': without(
    { file: STORE, changes: [['      else owned.drop(collection, documents);\n', '']] },
    {
      family: 'script',
      scenario: 'a document was read while a save failed',
      breaks: 'after a save in doubt the server is asked',
    },
  ),
  'documents stay in memory when a partition is let go': without(
    { file: OWNED, changes: [['this.#cache.dropPartition(collection, partition);', '']] },
    {
      family: 'loop',
      scenario: 'a zombie is about to save (T6 in small)',
      breaks: 'who was fenced can be the owner again',
    },
  ),
  'documents stay in memory when a partition is let go, without a loop': without(
    { file: OWNED, changes: [['this.#cache.dropPartition(collection, partition);', '']] },
    {
      family: 'mongo',
      scenario: 'a partition comes back',
      breaks: 'what was in memory before a take-over counts no more',
    },
  ),
  'documents of other owners are kept in memory': without(
    { file: OWNED, changes: [['this.#owned.delete(owner(collection, partition));', '']] },
    {
      family: 'mongo',
      scenario: 'a partition comes back',
      breaks: 'a document of a partition that may be another’s is not kept',
    },
  ),
  'what was saved before a partition was let go is kept': without(
    { file: OWNED, changes: [['if (moment !== this.#timesForgotten) return;', '']] },
    {
      family: 'script',
      scenario: 'a partition was let go while it was saved',
      breaks: 'what was saved before a partition was let go is not kept',
    },
  ),
  'what was asked before a partition was let go is kept': without(
    { file: OWNED, changes: [['moment !== this.#timesForgotten || ', '']] },
    {
      family: 'script',
      scenario: 'a partition was let go while it was read',
      breaks: 'what was asked before a partition was let go is not kept',
    },
  ),
  'late answers take the place of what was saved': without(
    {
      file: OWNED,
      changes: [['kept === undefined || kept.writeVersion', 'kept !== document || kept.writeVersion']],
    },
    {
      family: 'script',
      scenario: 'a document was saved while it was read',
      breaks: 'a late answer does not take the place of what was saved since',
    },
  ),
};
