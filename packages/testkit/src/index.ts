export { keyedStoreContract } from './contracts/keyed-store-contract.ts';
export { logContract } from './contracts/log-contract.ts';
export type { Durability, LogUnderTest, OpenLog } from './contracts/log-harness.ts';
export { readModelsContract } from './contracts/read-models-contract.ts';
export type { OpenStore, StoreUnderTest } from './contracts/store-harness.ts';
export { customerStreams } from './generators/customer-streams.ts';
export { eventShapes } from './generators/event-shapes.ts';
export {
  atRiskFaults,
  changeFaults,
  isScoreChange,
  reasonFaults,
  sequenceFaults,
} from './invariants/check-changes.ts';
export {
  type Between,
  comparable,
  comparableByKey,
  differences,
  POSITIONS,
  RECEIPT_TIMES,
} from './invariants/comparison.ts';
export * from './memory/faulty.ts';
export * from './memory/memory-log.ts';
export * from './memory/memory-store.ts';
export type { OracleContext } from './oracle/context.ts';
export { type OracleFeatures, recomputeCustomer } from './oracle/recompute-customer.ts';
export {
  NOTHING_BEFORE,
  type OracleBefore,
  type OracleScores,
  type OracleStanding,
  recomputeScores,
} from './oracle/recompute-scores.ts';
