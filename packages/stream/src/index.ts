export { accountingRecords } from './checkpoint.ts';
export * from './errors.ts';
export type { Committed, LoopLimits } from './partition-loop.ts';
export * from './ports.ts';
export * from './runner.ts';
export * from './topology.ts';
