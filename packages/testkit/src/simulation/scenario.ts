import type { Topology } from '@bellwether/stream';
import type { FaultCounts } from './counts.ts';
import type { LogServer } from './log-server.ts';
import type { Rules } from './plan.ts';
import type { StoreServer } from './store-server.ts';

/** A record of an input partition. */
export interface InputValue<Value> {
  readonly key: string;
  readonly value: Value;
  /** Number of offsets before it that hold no record, as markers of transactions do. */
  readonly hole: number;
}

/** What one schedule runs. */
export interface Scenario<Value, State, Head, Out extends string> {
  readonly seed: number;
  readonly topology: Topology<Value, State, Head, Out>;
  /** By partition, in order. */
  readonly input: readonly (readonly InputValue<Value>[])[];
  readonly rules: Rules;
  /** When all is done, the input is deleted, made anew under the same name, and everything is started again. */
  readonly recreatesInput?: boolean;
  /** Told of every event, to follow one schedule. */
  readonly trace?: (line: string) => void;
}

/** How a schedule ended. */
export interface Ending {
  readonly log: LogServer;
  readonly store: StoreServer;
  readonly counts: FaultCounts;
  /** Errors with which processes ended by themselves, and of a schedule that did not come to its end. */
  readonly failures: readonly Error[];
  /** Writes to the store after the input was made anew. */
  readonly strayWrites: number;
}
