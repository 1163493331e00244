import { StreamError } from '@bellwether/stream';
import type { Chance } from './chance.ts';
import type { FaultCounts } from './counts.ts';

/** A server has done a part of its work; the rest is an event of its own. */
export const NOT_YET = Symbol('not yet');

/** What a process asks of a server. */
export interface Request<T> {
  readonly what: string;
  readonly to: 'log' | 'store' | 'itself';
  /** A write that arrives late has its effect all the same. */
  readonly writes?: 'documents' | 'commit' | 'other';
  /** False while the server cannot answer yet; true when left out. */
  readonly isReady?: () => boolean;
  /** Has one indivisible effect on the server. */
  readonly serve: () => T | typeof NOT_YET;
}

/** One life of a process, from its start to its crash. */
export interface Life {
  readonly name: string;
  isAlive: boolean;
  /** It gets no answers for the time being, while what it has sent still arrives. */
  isPaused: boolean;
  readonly withheld: (() => void)[];
}

/** A request on its way. */
export interface Pending {
  /** Undefined: whoever sent it is gone or has given up. */
  life: Life | undefined;
  readonly request: Request<unknown>;
  isReplyLost: boolean;
  /** A part of it had its effect. */
  isBegun: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Between processes and servers: holds every request until somebody decides what becomes of it. */
export class Network {
  readonly #chance: Chance;
  readonly #counts: FaultCounts;
  #pending: Pending[] = [];

  constructor(chance: Chance, counts: FaultCounts) {
    this.#chance = chance;
    this.#counts = counts;
  }

  /** Resolves when the server has served it and the answer has come through. */
  send<T>(life: Life, request: Request<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (!life.isAlive) return;
      this.#pending.push({
        life,
        request,
        isReplyLost: false,
        isBegun: false,
        resolve: resolve as (value: unknown) => void,
        reject,
      });
    });
  }

  /** A request that can be served now, chosen by chance. */
  pickReady(): Pending | undefined {
    const ready = this.#pending.filter(({ request }) => request.isReady?.() ?? true);
    return this.#chance.pick(ready);
  }

  /** A request to a server whose sender still waits, chosen by chance. */
  pickSent(): Pending | undefined {
    const sent = this.#pending.filter(({ life, request }) => life?.isAlive && request.to !== 'itself');
    return this.#chance.pick(sent);
  }

  /** Lets the server work on a request and answers when it is done. */
  serve(pending: Pending): void {
    const { request } = pending;
    let answer: () => void;
    let isRefused = false;
    try {
      const value = request.serve();
      if (value === NOT_YET) {
        pending.isBegun = true;
        return;
      }
      answer = () => pending.resolve(value);
    } catch (error) {
      isRefused = true;
      answer = () => pending.reject(error);
    }
    this.#remove(pending);
    if (pending.life === undefined) this.#countLate(request, isRefused ? 'refused' : 'done');
    if (pending.isReplyLost) {
      this.#counts.lostReplies += 1;
      answer = () => pending.reject(noAnswer(request.what));
    }
    deliver(pending, answer);
  }

  /** It never arrives, and its sender is told that there was no answer. */
  drop(pending: Pending): void {
    this.#remove(pending);
    this.#counts.lostRequests += 1;
    if (pending.isBegun && pending.request.writes === 'documents') this.#counts.partialWrites += 1;
    deliver(pending, () => pending.reject(noAnswer(pending.request.what)));
  }

  /** Its sender is told that there was no answer; what it writes arrives later. */
  delay(pending: Pending): void {
    deliver(pending, () => pending.reject(noAnswer(pending.request.what)));
    this.#orphan(pending);
  }

  /** It is served, but its sender is told that there was no answer. */
  loseReply(pending: Pending): void {
    pending.isReplyLost = true;
  }

  /** What a process has sent when it dies gets lost or arrives later. */
  abandon(life: Life): void {
    for (const pending of this.#pending.filter((one) => one.life === life)) {
      if (this.#chance.happens(0.5)) this.#orphan(pending);
      else this.drop(pending);
    }
  }

  /** A server dies: requests that had begun are cut short, others on their way are lost or still arrive. */
  cut(server: 'log' | 'store'): void {
    for (const pending of this.#pending.filter(({ request }) => request.to === server)) {
      if (pending.isBegun || this.#chance.happens(0.5)) this.drop(pending);
    }
  }

  /** Nothing is on its way any more and nobody is told. */
  silence(): void {
    this.#pending = [];
  }

  #countLate({ writes }: Request<unknown>, end: 'done' | 'refused'): void {
    if (writes === 'documents') this.#counts.lateWrites += 1;
    if (writes === 'commit' && end === 'done') this.#counts.lateCommits += 1;
    if (writes === 'commit' && end === 'refused') this.#counts.lateCommitsFenced += 1;
  }

  #orphan(pending: Pending): void {
    pending.life = undefined;
    if (pending.request.writes === undefined) this.#remove(pending);
  }

  #remove(pending: Pending): void {
    const at = this.#pending.indexOf(pending);
    if (at >= 0) this.#pending.splice(at, 1);
  }
}

function deliver({ life }: Pending, answer: () => void): void {
  if (!life?.isAlive) return;
  if (life.isPaused) life.withheld.push(answer);
  else answer();
}

function noAnswer(what: string): StreamError {
  return new StreamError('unavailable', `no answer to ${what}`);
}
