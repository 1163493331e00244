import { type Mutant, without } from './mutant.ts';

const TRANSACTION = 'packages/kafka/src/sessions/transaction.ts';
const TRANSACTIONAL = 'packages/kafka/src/sessions/transactional-session.ts';
const IDEMPOTENT = 'packages/kafka/src/sessions/idempotent-session.ts';
const PARTS = 'packages/kafka/src/sessions/session-parts.ts';
const OFFSETS = 'packages/kafka/src/protocol/offset-fetch.ts';

const SIGNATURE = '{ group, topic, partition }: SessionOwner): string {';

/** The checks of sessions on Kafka, each taken out alone. */
export const SESSION_MUTANTS: Readonly<Record<string, Mutant>> = {
  'the committed offset is read before others are fenced': without(
    {
      file: TRANSACTION,
      changes: [
        ['const PATIENCE_MS = 10_000;', 'const PATIENCE_MS = 10_000;\nlet early: number | undefined;'],
        [
          'const identity = await waitFor(',
          'early = await committedOffset(await brokers.of(coordinators.group), owner);\n' +
            'const identity = await waitFor(',
        ],
        [
          'return await committedOffset(await this.#brokers.of(this.#coordinators.group), this.#owner);',
          'return early;',
        ],
      ],
    },
    {
      family: 'session',
      scenario: 'an owner commits while the next one takes over',
      breaks: 'a new owner starts where the one before it was fenced',
    },
  ),
  'every session has a transactional id of its own': without(
    { file: PARTS, changes: [[SIGNATURE, '_: SessionOwner): string {\n  return crypto.randomUUID();']] },
    {
      family: 'session',
      scenario: 'two sessions of one partition',
      breaks: 'a session that was taken over from publishes nothing',
    },
  ),
  'every session has a transactional id of its own, under the loop': without(
    { file: PARTS, changes: [[SIGNATURE, '_: SessionOwner): string {\n  return crypto.randomUUID();']] },
    {
      family: 'loop',
      scenario: 'a zombie is about to publish (T7 in small)',
      breaks: 'a zombie publishes nothing',
    },
  ),
  'all partitions share a transactional id': without(
    { file: PARTS, changes: [[SIGNATURE, '{ group, topic }: SessionOwner, partition = 0): string {']] },
    {
      family: 'session',
      scenario: 'sessions of two partitions',
      breaks: 'other partitions have owners of their own',
    },
  ),
  'a session goes on after an answer is missing': without(
    {
      file: TRANSACTIONAL,
      changes: [
        [
          'await transactions.commit(groups, commitOffset);\n    } catch (error) {\n      await this.close();',
          'await transactions.commit(groups, commitOffset);\n    } catch (error) {',
        ],
      ],
    },
    {
      family: 'session',
      scenario: 'a commit is not answered',
      breaks: 'a session is dead after an answer is missing',
    },
  ),
  'a session without transactions goes on after an answer is missing': without(
    {
      file: IDEMPOTENT,
      changes: [['      await this.close();\n      throw isRemoval(error)', '      throw isRemoval(error)']],
    },
    {
      family: 'session',
      scenario: 'a commit without transactions is not answered',
      breaks: 'a session is dead after an answer is missing',
    },
  ),
  'sessions without transactions have no id that they share': without(
    { file: IDEMPOTENT, changes: [['initProducerId({ transactionalId, ', 'initProducerId({ ']] },
    {
      family: 'session',
      scenario: 'an owner from before writes after the next one, without transactions',
      breaks: 'the last of a key is never from an owner before',
    },
  ),
  'offsets are read although a transaction may change them': without(
    { file: OFFSETS, changes: [['.int8(1) // Stable offsets only.', '.int8(0)']] },
    {
      family: 'session',
      scenario: 'a transaction of somebody else is open while a partition is taken over',
      breaks: 'no offset is told while a transaction may change it',
    },
  ),
  'a transaction ends before its records are there': without(
    {
      file: TRANSACTION,
      changes: [
        [
          'await Promise.all([this.#producer.send(groups), this.#sendOffset(offset)]);',
          'this.#producer.send(groups).catch(() => undefined);\n    await this.#sendOffset(offset);',
        ],
      ],
    },
    {
      family: 'session',
      scenario: 'the broker refuses the records of a transaction',
      breaks: 'no offset is committed without its outputs',
    },
  ),
  'a transaction ends before its offset is there': without(
    {
      file: TRANSACTION,
      changes: [
        [
          'await Promise.all([this.#producer.send(groups), this.#sendOffset(offset)]);',
          'this.#sendOffset(offset).catch(() => undefined);\n    await this.#producer.send(groups);',
        ],
      ],
    },
    {
      family: 'session',
      scenario: 'the broker refuses the offset of a transaction',
      breaks: 'no outputs are committed without their offset',
    },
  ),
  'an offset is committed before its outputs': without(
    {
      file: IDEMPOTENT,
      changes: [
        [
          'await opened.producer.send(groups);\n      await this.#commit(opened, commitOffset);',
          'await this.#commit(opened, commitOffset);\n      await opened.producer.send(groups);',
        ],
      ],
    },
    {
      family: 'session',
      scenario: 'the broker refuses records without transactions',
      breaks: 'no offset is committed before its outputs are there',
    },
  ),
  'a member commits for partitions that are not its own': without(
    {
      file: IDEMPOTENT,
      changes: [['if (member && !member.partitions.includes(partition)) throw fenced(this.#owner);', '']],
    },
    {
      family: 'session',
      scenario: 'a member of the group loses a partition while it publishes without transactions',
      breaks: 'a member publishes for no partition of another member',
    },
  ),
};
