import { nextTick } from 'node:process';
import type { GroupMember } from '@bellwether/stream';
import { Chance } from './chance.ts';
import { noCounts } from './counts.ts';
import { LogClient } from './log-client.ts';
import { LogServer } from './log-server.ts';
import { type Life, Network, type Pending } from './network.ts';
import { drawPlan, type Fault, type Plan } from './plan.ts';
import { type Process, Processes } from './processes.ts';
import type { Ending, Scenario } from './scenario.ts';
import { StoreClient } from './store-client.ts';
import { StoreServer } from './store-server.ts';

/** More than any schedule needs: one that takes longer goes round in a circle. */
const MOST_EVENTS = 6_000;
/** Chance at each event that something happens by itself while processes have work to do. */
const BACKGROUND_RATE = 0.25;
/** A restore goes back by so many writes at most. */
const LONGEST_RESTORE = 30;

/**
 * One schedule: several processes run the loop over one log and one store, and a scheduler decides one event after the
 * other which request arrives next, what gets lost, who dies and who comes back, until all faults are played and all
 * work is done. Single-threaded, without timers: the same seed plays the same schedule.
 */
export class Simulation<Value, State, Head, Out extends string> {
  readonly #scenario: Scenario<Value, State, Head, Out>;
  readonly #chance: Chance;
  readonly #plan: Plan;
  readonly #counts = noCounts();
  readonly #network: Network;
  readonly #log: LogServer;
  readonly #store: StoreServer;
  readonly #processes: Processes<Value, State, Head, Out>;
  /** Highest offset that was ever read, by partition. */
  readonly #readUpTo: number[] = [];
  /** Number of records that are in the log, by partition. */
  #fed: number[];
  #faultsLeft: number;
  #startsAgain = true;
  /** The store crashes as soon as it has something to lose. */
  #isStoreFailing = false;

  constructor(scenario: Scenario<Value, State, Head, Out>) {
    const { seed, input, rules, topology } = scenario;
    this.#scenario = scenario;
    const chance = new Chance(seed);
    const counts = this.#counts;
    this.#chance = chance;
    this.#plan = drawPlan(chance, rules.faults);
    this.#faultsLeft = this.#plan.faults;
    const network = new Network(chance, counts);
    this.#network = network;
    this.#log = new LogServer(input.length, counts);
    this.#store = new StoreServer(rules.store);
    this.#fed = input.map(() => 0);
    this.#processes = new Processes({
      topology,
      partitions: input.length,
      chance,
      counts,
      network,
      reach: (life, onJoin) => this.#reach(life, onJoin),
      tell: (line) => this.#tell(line),
    });
  }

  /** Plays the schedule to its end. */
  async run(): Promise<Ending> {
    this.#counts.schedules = 1;
    for (const [partition, values] of this.#scenario.input.entries()) {
      const atFirst = Math.floor(values.length * this.#plan.inputAtFirst);
      for (let count = 0; count < atFirst; count += 1) this.#feed(partition);
    }
    this.#startAll();
    await this.#untilDone();
    const { written } = this.#store;
    if (this.#scenario.recreatesInput) {
      this.#recreateInput();
      await this.#untilDone();
    }
    const strayWrites = this.#store.written - written;
    this.#store.flush();
    const { failures } = this.#processes;
    return { log: this.#log, store: this.#store, counts: this.#counts, failures, strayWrites };
  }

  async #untilDone(): Promise<void> {
    await untilIdle();
    let events = 0;
    while (events < MOST_EVENTS && this.#step()) {
      events += 1;
      await untilIdle();
    }
    this.#counts.events += events;
    if (events >= MOST_EVENTS) this.#processes.failures.push(new Error(`no end after ${events} events`));
  }

  #reach(life: Life, onJoin: (member: GroupMember) => void) {
    const reach = { life, network: this.#network, chance: this.#chance };
    return {
      log: new LogClient({
        ...reach,
        server: this.#log,
        counts: this.#counts,
        delivery: this.#scenario.rules.delivery,
        readUpTo: this.#readUpTo,
        onJoin,
      }),
      store: new StoreClient({ ...reach, server: this.#store }),
    };
  }

  #startAll(): void {
    for (let count = 0; count < this.#plan.processes; count += 1) this.#processes.start();
    this.#processes.assign();
  }

  /** One event; false when nothing can happen any more. */
  #step(): boolean {
    const chance = this.#chance;
    if (this.#faultsLeft > 0 && chance.happens(this.#plan.faultRate)) {
      this.#faultsLeft -= 1;
      this.#inflict(chance.pick(this.#plan.kinds) ?? 'crash');
      return true;
    }
    if (this.#isStoreFailing && this.#store.unflushed > 0 && chance.happens(0.15)) {
      this.#crashStore();
      return true;
    }
    const pending = this.#network.pickReady();
    if (!pending || chance.happens(BACKGROUND_RATE)) {
      const action = chance.pick(this.#background(pending ? 0.5 : 1));
      if (action) {
        action();
        return true;
      }
    }
    if (!pending) return false;
    this.#tell(() => `${pending.life?.name ?? 'late'}: ${pending.request.what}`);
    this.#network.serve(pending);
    return true;
  }

  /** What can happen without any process. */
  #background(resumeRate: number): (() => void)[] {
    const chance = this.#chance;
    const actions: (() => void)[] = [];
    for (const name of this.#log.unmarked) actions.push(() => this.#writeMarkers(name));
    for (const [partition, values] of this.#scenario.input.entries()) {
      if ((this.#fed[partition] ?? 0) < values.length) actions.push(() => this.#feed(partition));
    }
    const { living } = this.#processes;
    for (const process of living) {
      if (process.life.isPaused) {
        if (chance.happens(resumeRate)) actions.push(() => this.#processes.resume(process));
      } else if (process.isStale) actions.push(() => this.#processes.inform(process));
    }
    if (this.#startsAgain && living.length < this.#plan.processes) actions.push(() => this.#startAnother());
    const { unflushed, promises } = this.#store;
    // Where reads see what is in memory anyway, nobody waits for the disk but who saves.
    if (unflushed > 0 && promises.reads === 'on-disk' && chance.happens(0.4)) {
      actions.push(() => this.#store.flush(1 + chance.below(unflushed)));
    }
    return actions;
  }

  #inflict(fault: Fault): void {
    const process = this.#chance.pick(this.#processes.living.filter(({ life }) => !life.isPaused));
    const pending = this.#network.pickSent();
    this.#tell(() => `-- ${fault} (${process?.life.name}, ${pending?.life?.name}: ${pending?.request.what})`);
    this.#faultsOn(process, pending)[fault]();
  }

  /** What each fault does; without anybody whom it could befall, nothing. */
  #faultsOn(process: Process | undefined, pending: Pending | undefined): Readonly<Record<Fault, () => void>> {
    const befall = <T>(victim: T | undefined, what: (victim: T) => void) => {
      return (): void => {
        if (victim !== undefined) what(victim);
      };
    };
    return {
      crash: befall(process, (victim) => this.#processes.crash(victim)),
      stop: befall(process, (victim) => this.#processes.stopGracefully(victim)),
      pause: befall(process, (victim) => this.#processes.pause(victim)),
      drop: befall(pending, (victim) => this.#network.drop(victim)),
      delay: befall(pending, (victim) => this.#network.delay(victim)),
      'lose-reply': befall(pending, (victim) => this.#network.loseReply(victim)),
      move: () => {
        this.#counts.moves += 1;
        this.#processes.assign();
      },
      'store-crash': () => {
        this.#isStoreFailing = true;
      },
      restore: () => this.#restore(),
      'time-out': befall(this.#chance.pick(this.#log.openTransactions), (name) => this.#timeOut(name)),
      'lose-offset': () => this.#loseOffset(),
    };
  }

  #feed(partition: number): void {
    const at = this.#fed[partition] ?? 0;
    const input = this.#scenario.input[partition]?.[at];
    if (!input) return;
    this.#fed[partition] = at + 1;
    this.#log.feed(this.#scenario.topology.input, { partition, ...input });
    this.#tell(() => `input ${partition}/${this.#log.end(partition) - 1} is ${JSON.stringify(input.value)}`);
  }

  #writeMarkers(name: string): void {
    this.#tell(() => `the markers of ${name} are written`);
    this.#log.writeMarkers(name);
  }

  #startAnother(): void {
    this.#processes.start();
    this.#processes.assign();
  }

  #crashStore(): void {
    this.#isStoreFailing = false;
    const lost = this.#chance.below(this.#store.unflushed + 1);
    if (lost > 0) this.#counts.lostSuffixes += 1;
    this.#counts.lostWrites += lost;
    this.#network.cut('store');
    this.#store.crash(lost);
    this.#tell(() => `   the store lost its last ${lost} writes`);
  }

  /** Everything is stopped, an older copy of the store is put in its place, and everything is started again. */
  #restore(): void {
    this.#counts.restores += 1;
    this.#processes.stopAll();
    const lost = this.#chance.below(Math.min(this.#store.written, LONGEST_RESTORE) + 1);
    this.#store.restore(lost);
    this.#tell(() => `   restored without the last ${lost} writes`);
  }

  #timeOut(name: string): void {
    this.#counts.transactionTimeouts += 1;
    this.#log.timeOut(name);
  }

  #loseOffset(): void {
    this.#counts.lostOffsets += 1;
    this.#log.loseOffset(this.#chance.below(this.#fed.length));
  }

  #recreateInput(): void {
    this.#tell(() => '-- the input is made anew');
    this.#processes.stopAll();
    this.#log.recreate();
    this.#startsAgain = false;
    this.#faultsLeft = 0;
    this.#fed = this.#fed.map(() => 0);
    for (const [partition, values] of this.#scenario.input.entries()) {
      for (const _ of values) this.#feed(partition);
    }
    this.#startAll();
  }

  #tell(line: () => string): void {
    this.#scenario.trace?.(line());
  }
}

/** Resolves when every promise that could go on has gone on. */
function untilIdle(): Promise<void> {
  return new Promise((resolve) => {
    nextTick(resolve);
  });
}
