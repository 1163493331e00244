import { type Mutant, without } from './mutant.ts';

const FETCH = 'packages/kafka/src/protocol/fetch.ts';
const LOG = 'packages/kafka/src/kafka-log.ts';
const BATCH = 'packages/kafka/src/protocol/record-batch.ts';
const ABORTED = 'packages/kafka/src/protocol/aborted-transactions.ts';
const FETCHER = 'packages/kafka/src/reading/fetcher.ts';

const OVERLAP = { family: 'reading', scenario: 'transactions overlap and are aborted' } as const;
const LEFT_OUT = 'aborted records are left out, committed ones are not';

/** The checks of reading from Kafka, each taken out alone. */
export const READING_MUTANTS: Readonly<Record<string, Mutant>> = {
  'open transactions are read': without(
    { file: FETCH, changes: [['const READ_COMMITTED = 1;', 'const READ_COMMITTED = 0;']] },
    {
      family: 'reading',
      scenario: 'a transaction is open',
      breaks: 'nothing is read of an open transaction',
    },
  ),
  'the end is after what is not committed': without(
    { file: LOG, changes: [['const READ_COMMITTED = 1;', 'const READ_COMMITTED = 0;']] },
    { family: 'reading', scenario: 'a transaction is open', breaks: 'the end is before an open transaction' },
  ),
  'aborted records are read': without(
    { file: BATCH, changes: [['!(batch.isTransactional && aborted.has(batch.producerId)) && ', '']] },
    { ...OVERLAP, breaks: LEFT_OUT },
  ),
  'aborted transactions are taken in the order of their ends': without(
    {
      file: ABORTED,
      changes: [['aborted.toSorted((one, other) => one.firstOffset - other.firstOffset)', 'aborted']],
    },
    { ...OVERLAP, breaks: LEFT_OUT },
  ),
  'one aborted transaction is stepped into for each batch': without(
    { file: ABORTED, changes: [['this.#next += 1;', 'this.#next += 1;\n      return;']] },
    { ...OVERLAP, breaks: 'aborted records are left out from any place on' },
  ),
  'an aborted transaction never ends': without(
    { file: BATCH, changes: [['if (batch.isAbort()) aborted.end(batch.producerId);', '']] },
    { ...OVERLAP, breaks: LEFT_OUT },
  ),
  'two readers share what one of them gets': without(
    { file: FETCHER, changes: [['if (isThere && !known.isClaimed)', 'if (isThere)']] },
    { family: 'reading', scenario: 'two readers wait at one place', breaks: 'each reader gets every record' },
  ),
  'a reader goes on where another ended': without(
    { file: FETCHER, changes: [[' && known.readOffset === offset;', ';']] },
    {
      family: 'reading',
      scenario: 'a reader goes back',
      breaks: 'a read begins at its offset, not where another ended',
    },
  ),
  'a batch is read from its beginning': without(
    { file: BATCH, changes: [['if (at >= offset) {', 'if (at >= 0) {']] },
    {
      family: 'reading',
      scenario: 'a reader goes back',
      breaks: 'a read begins at its offset, not where another ended',
    },
  ),
  'a place that is gone passes for a passing fault': without(
    { file: FETCHER, changes: [['fetched.errorCode === CODE.OFFSET_OUT_OF_RANGE', 'fetched.errorCode < 0']] },
    {
      family: 'reading',
      scenario: 'the place of a reader is gone',
      breaks: 'a reader is told that its place is gone',
    },
  ),
};
