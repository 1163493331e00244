import {
  createRunner,
  type GroupMember,
  type KeyedStore,
  type Log,
  StreamError,
  type Topology,
} from '@bellwether/stream';
import type { Chance } from './chance.ts';
import type { FaultCounts } from './counts.ts';
import type { Life, Network } from './network.ts';

/** A process that runs the loop, from its start to its end. */
export interface Process {
  readonly life: Life;
  readonly stop: AbortController;
  /** Its part in the group, once it has joined. */
  member: GroupMember | undefined;
  /** What it was told last of its partitions is no longer so. */
  isStale: boolean;
}

/** What processes are made of and whom they tell. */
export interface ProcessParts<Value, State, Head, Out extends string> {
  readonly topology: Topology<Value, State, Head, Out>;
  readonly partitions: number;
  readonly chance: Chance;
  readonly counts: FaultCounts;
  readonly network: Network;
  /** The log and the store as one process sees them. */
  readonly reach: (life: Life, onJoin: (member: GroupMember) => void) => { log: Log; store: KeyedStore };
  readonly tell: (line: () => string) => void;
}

/** All processes of one schedule, and which partition each of them has been given. */
export class Processes<Value, State, Head, Out extends string> {
  readonly #parts: ProcessParts<Value, State, Head, Out>;
  /** Errors with which processes ended by themselves. */
  readonly failures: Error[] = [];
  #living: Process[] = [];
  /** The process that each partition is assigned to. */
  #owners: (Process | undefined)[];
  #lives = 0;

  constructor(parts: ProcessParts<Value, State, Head, Out>) {
    this.#parts = parts;
    this.#owners = Array.from({ length: parts.partitions }, () => undefined);
  }

  /** Those that are alive, paused ones too. */
  get living(): readonly Process[] {
    return this.#living;
  }

  /** Starts one more; it takes part once partitions are shared out. */
  start(): void {
    const { topology, network, chance } = this.#parts;
    this.#lives += 1;
    const life: Life = { name: `P${this.#lives}`, isAlive: true, isPaused: false, withheld: [] };
    const process: Process = { life, stop: new AbortController(), member: undefined, isStale: false };
    this.#living.push(process);
    const onJoin = (member: GroupMember): void => {
      process.member = member;
      process.isStale = true;
    };
    const sleep = (): Promise<void> =>
      network.send(life, { what: 'sleep', to: 'itself', serve: () => undefined });
    const runner = createRunner({
      topology,
      ...this.#parts.reach(life, onJoin),
      clock: { nowMs: () => 0, sleep, rest: () => Promise.resolve() },
      limits: { batchRecords: 1 + chance.below(6) },
      maxAttempts: Number.POSITIVE_INFINITY,
    });
    runner.run(process.stop.signal).then(
      () => this.#forget(process),
      (error: unknown) => {
        this.failures.push(error instanceof Error ? error : new StreamError('step-failed', String(error)));
        this.#forget(process);
      },
    );
  }

  /** Shares the partitions out anew among those that are known to live; each hears of it in its own time. */
  assign(): void {
    const members = this.#living.filter(({ life, stop }) => !life.isPaused && !stop.signal.aborted);
    this.#owners = this.#owners.map(() => this.#parts.chance.pick(members));
    for (const process of this.#living) process.isStale = process.member !== undefined;
  }

  /** Tells a process which partitions are its own. */
  inform(process: Process): void {
    process.isStale = false;
    const partitions = this.#owners.flatMap((owner, partition) => (owner === process ? [partition] : []));
    this.#parts.tell(
      () => `${process.life.name} is told that its partitions are ${JSON.stringify(partitions)}`,
    );
    process.member?.onAssigned(partitions);
  }

  /** Its memory is gone; what it has sent gets lost or arrives later. */
  crash(process: Process): void {
    this.#parts.counts.crashes += 1;
    this.#forget(process);
    this.#parts.network.abandon(process.life);
  }

  /** All of them end at once, and nothing of what they sent arrives any more. */
  stopAll(): void {
    for (const { life } of this.#living) life.isAlive = false;
    this.#living = [];
    this.#owners = this.#owners.map(() => undefined);
    this.#parts.network.silence();
  }

  stopGracefully(process: Process): void {
    this.#parts.counts.gracefulStops += 1;
    process.stop.abort();
  }

  /** It hears nothing for a while, and its partitions are given to others. */
  pause(process: Process): void {
    process.life.isPaused = true;
    this.assign();
  }

  /** It goes on where it was, whoever has its partitions now. */
  resume(process: Process): void {
    const { life } = process;
    this.#parts.tell(() => `${life.name} goes on`);
    if (this.#owners.every((owner) => owner !== process)) this.#parts.counts.zombies += 1;
    life.isPaused = false;
    for (const answer of life.withheld.splice(0)) answer();
    if (this.#owners.includes(undefined)) this.assign();
  }

  #forget(process: Process): void {
    process.life.isAlive = false;
    this.#living = this.#living.filter((one) => one !== process);
    this.#owners = this.#owners.map((owner) => (owner === process ? undefined : owner));
    if (this.#owners.includes(undefined)) this.assign();
  }
}
