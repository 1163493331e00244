import { COMMON_FAULTS, type Rules, SOUND } from '../../../packages/testkit/src/simulation/plan.ts';
import type { Judgement } from './check-ending.ts';

/** A kind of schedules: what may go wrong, and how its endings are looked at. */
export interface Setting extends Judgement {
  readonly rules: Rules;
}

const strict: Judgement = { reader: 'strict', totals: 'numbered' };

/** Schedules after which everything must be as if nothing had happened. */
export const SETTINGS = {
  /** Transactions: a reader of committed records sees everything once. */
  transactional: { ...strict, rules: SOUND },
  /** Plain appends: a reader that drops what is not after the last sequence sees everything once. */
  idempotent: {
    reader: 'drops-repeats',
    totals: 'numbered',
    rules: { ...SOUND, delivery: { mode: 'idempotent' } },
  },
  /** Older copies of the store are put back (T21). */
  restored: {
    reader: 'strict',
    totals: 'right',
    rules: { ...SOUND, faults: [...COMMON_FAULTS, 'restore', 'restore'] },
  },
  /** The log forgets how far the group has come: what may be public is published again. */
  forgotten: {
    reader: 'drops-repeats',
    totals: 'numbered',
    rules: { ...SOUND, faults: [...COMMON_FAULTS, 'lose-offset', 'lose-offset'] },
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** As `restored`, with a topology that decides nothing about heads. */
export const RESTORED_PLAIN: Setting = { ...SETTINGS.restored, totals: 'none' };

/** Servers that do not promise what is needed: the checks must see what comes of it. */
export const BROKEN_PROMISES: Readonly<Record<string, Setting>> = {
  'a save is answered before it is on disk (no journaling)': {
    ...strict,
    rules: { ...SOUND, store: { guard: 'atomic', answers: 'in-memory', reads: 'in-memory' } },
  },
  'reads see what a crash of the store takes back': {
    ...strict,
    rules: {
      ...SOUND,
      store: { ...SOUND.store, reads: 'in-memory' },
      faults: ['crash', 'drop', 'store-crash'],
    },
  },
  'the guard looks first and writes later': {
    ...strict,
    rules: {
      ...SOUND,
      store: { ...SOUND.store, guard: 'check-then-set' },
      faults: ['pause', 'move', 'move', 'delay'],
    },
  },
  'the log forgets offsets, and readers count on transactions': {
    ...SETTINGS.forgotten,
    ...strict,
  },
  'the store is restored, and readers count on numbered decisions': {
    ...SETTINGS.restored,
    ...strict,
  },
};
