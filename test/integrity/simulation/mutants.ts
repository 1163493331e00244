import { SOUND } from '../../../packages/testkit/src/simulation/plan.ts';
import type { SourceChange } from './change-source.ts';
import { RESTORED_PLAIN, SETTINGS, type Setting } from './settings.ts';

/** The loop or an adapter without one of its checks, and the schedules that must show it. */
export interface Mutant {
  readonly setting: Setting;
  readonly changes: readonly SourceChange[];
}

const { transactional, restored, forgotten } = SETTINGS;

/** One check of the loop taken out. */
function without(
  file: string,
  [find, replace]: readonly [string, string],
  setting: Setting = transactional,
): Mutant {
  return { setting, changes: [{ file, find, replace }] };
}

/** The checks of the protocol (exactly-once, section 5), each taken out alone. */
export const MUTANTS: Readonly<Record<string, Mutant>> = {
  'documents are written whatever their write version': {
    setting: { ...transactional, rules: { ...SOUND, store: { ...SOUND.store, guard: 'none' } } },
    changes: [],
  },
  'what is applied is applied again': without('batch.ts', [
    'if (document && document.appliedOffset >= record.offset) {',
    'if (document && document.appliedOffset > Number.MAX_VALUE) {',
  ]),
  'what is applied is not published again': without('batch.ts', [
    'if (stored && record.offset >= bounds.committed)',
    'if (stored && record.offset > Number.MAX_VALUE)',
  ]),
  'a document keeps only the outputs of its last batch': without('working-set.ts', [
    'pending: document.pending.filter((entry) => entry.offset >= how.settled)',
    'pending: document.pending.filter((entry) => entry.offset > (document.stored?.appliedOffset ?? -1))',
  ]),
  'nobody counts what was written': without('partition-loop.ts', [
    'if (saved === given) return;',
    'if (saved <= given) return;',
  ]),
  'the committed offset is read before others are fenced': {
    setting: {
      ...transactional,
      rules: { ...SOUND, delivery: { mode: 'transactional', offsetBeforeFence: true } },
    },
    changes: [],
  },
  'the next batch begins before the last one is public': without('partition-loop.ts', [
    'await this.#owned.session.publish(outputs, committed - checkpoint.state.base);',
    'this.#owned.session.publish(outputs, committed - checkpoint.state.base).catch(() => this.abandon());',
  ]),
  'a producer is kept after an answer is missing': {
    setting: {
      ...transactional,
      rules: { ...SOUND, delivery: { mode: 'transactional', keepsProducer: true } },
    },
    changes: [],
  },
  'a control record goes with the records before it': without('partition-loop.ts', [
    'const end = records.findIndex(isControl);',
    'const end = -1;',
  ]),
  'a control record forgets what it had already changed': without('load-concerned.ts', [
    'const done = await store.loadOpen(collection, partition, offset);',
    'const done: StoredDocument[] = [];',
  ]),
  'a control record looks for what it had changed before it looks for what is due': {
    setting: transactional,
    changes: [
      {
        file: 'load-concerned.ts',
        find: 'const done = await store.loadOpen(collection, partition, offset);',
        replace: '',
      },
      {
        file: 'load-concerned.ts',
        find: 'const found = await store.loadDue(collection, partition, due);',
        replace:
          'const done = await store.loadOpen(collection, partition, offset);' +
          'const found = await store.loadDue(collection, partition, due);',
      },
    ],
  },
  'heads are saved before documents': {
    setting: RESTORED_PLAIN,
    changes: [
      {
        file: 'partition-loop.ts',
        find: 'const checkpoint = await this.#saveHeads(batch, records);',
        replace: '',
      },
      {
        file: 'partition-loop.ts',
        find: 'const documents = [];',
        replace: 'const checkpoint = await this.#saveHeads(batch, records); const documents = [];',
      },
    ],
  },
  'the checkpoint is saved together with other heads': without(
    'partition-loop.ts',
    ['[heads, [checkpoint]]', '[[...heads, checkpoint]]'],
    restored,
  ),
  'decisions look at documents that run ahead': without('decide-heads.ts', [
    'if (ahead.length > 0)',
    'if (ahead.length < 0)',
  ]),
  'a batch ends before what documents hold already': without('read-batch.ts', [
    'last.offset + 1 < start.openEnd',
    'last.offset + 1 < 0',
  ]),
  'decisions about heads are not kept': without('decide-heads.ts', ['head.pending.push(', 'void (']),
  'a restored store is not caught up': without(
    'take-over.ts',
    ['Math.min(state.next, committed)', 'committed'],
    restored,
  ),
  'the committed offset moves back': without(
    'partition-loop.ts',
    ['Math.max(this.#committed, batch.next)', 'batch.next'],
    restored,
  ),
  'what is public is published again': without(
    'batch.ts',
    [
      'if (record.offset >= bounds.committed) publish(batch, outputs, document);',
      'publish(batch, outputs, document);',
    ],
    restored,
  ),
  'records are counted again': without('batch.ts', [
    'if (what.record.offset < batch.bounds.counted)',
    'if (what.record.offset < 0)',
  ]),
  'outcomes are dropped before they are counted': without(
    'partition-loop.ts',
    ['Math.min(this.#committed, this.#bounds().counted)', 'this.#committed'],
    restored,
  ),
  'old totals are published after new ones': without(
    'batch-outputs.ts',
    ['topology.accounting && batch.next > batch.bounds.committed', 'topology.accounting'],
    restored,
  ),
  'a forgotten offset means that all is public': without(
    'take-over.ts',
    ['offset === undefined ? state.committed :', 'offset === undefined ? state.next :'],
    forgotten,
  ),
};
