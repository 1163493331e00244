/** How often something happened in the schedules that were run, so that it is visible that everything did. */
export interface FaultCounts {
  schedules: number;
  events: number;
  takeOvers: number;
  batches: number;
  /** Records that were read although they had been read before. */
  repeatedDeliveries: number;
  crashes: number;
  gracefulStops: number;
  /** Processes that went on after others had taken over what was theirs. */
  zombies: number;
  /** Writes of a process that was gone or had given up, which arrived all the same. */
  lateWrites: number;
  /** Commits that arrived after their process was gone or had given up: those that still counted, and those fenced. */
  lateCommits: number;
  lateCommitsFenced: number;
  lostReplies: number;
  lostRequests: number;
  /** Saves of which a part was written and the rest never. */
  partialWrites: number;
  /** Crashes of the store that took back writes, and how many writes. */
  lostSuffixes: number;
  lostWrites: number;
  restores: number;
  transactionTimeouts: number;
  moves: number;
  lostOffsets: number;
  fenced: number;
}

/** Nothing has happened yet. */
export function noCounts(): FaultCounts {
  return {
    schedules: 0,
    events: 0,
    takeOvers: 0,
    batches: 0,
    repeatedDeliveries: 0,
    crashes: 0,
    gracefulStops: 0,
    zombies: 0,
    lateWrites: 0,
    lateCommits: 0,
    lateCommitsFenced: 0,
    lostReplies: 0,
    lostRequests: 0,
    partialWrites: 0,
    lostSuffixes: 0,
    lostWrites: 0,
    restores: 0,
    transactionTimeouts: 0,
    moves: 0,
    lostOffsets: 0,
    fenced: 0,
  };
}

/** Adds the second to the first. */
export function addCounts(total: FaultCounts, more: FaultCounts): void {
  for (const name of Object.keys(more) as (keyof FaultCounts)[]) total[name] += more[name];
}
