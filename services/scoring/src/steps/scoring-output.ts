import type { PerScoreName } from '@bellwether/events';

/** Where the steps of scoring write to; the topology says which topics these are. */
export type ScoringOutput =
  | 'changes'
  | 'current'
  | PerScoreName
  | 'contributions'
  | 'shadows'
  | 'transfers'
  | 'quarantine'
  | 'accounting';
