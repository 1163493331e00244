import { type GroupMember, StreamError } from '@bellwether/stream';
import type { Connections } from '../client/connections.ts';
import { pause } from '../client/pause.ts';
import { CODE, codeOf } from '../kafka-errors.ts';
import type { Broker } from '../kafkajs-internals.ts';
import type { MembershipTimes } from '../options.ts';
import { assignAll, decodeAssignment, encodeClaim, PROTOCOL_NAME } from './group-protocol.ts';
import type { Memberships } from './memberships.ts';

/** The group that a member takes part in, and what it does so with. */
export interface MembershipParts {
  readonly connections: Connections;
  readonly memberships: Memberships;
  readonly groupId: string;
  /** The topic's name in Kafka. */
  readonly topic: string;
  readonly partitions: number;
  readonly times: MembershipTimes;
}

const DEFAULT_SESSION_MS = 30_000;
const DEFAULT_HEARTBEAT_MS = 3_000;
const FAULT_PAUSE_MS = 300;
const LEAVE_MS = 2_000;

/**
 * One member of a consumer group, without a consumer: it gathers with the others, gives out the partitions when it is
 * the leader, and shows that it lives. A rebalance stops nobody's work; who lost a partition hears of it afterwards,
 * and cannot publish for it once the new owner took over. kafkajs' consumer is not used: it beats only between fetches,
 * keeps its generation to itself, and gives up after a crash.
 */
export class Membership {
  readonly #parts: MembershipParts;
  readonly #member: GroupMember;
  #broker: Broker | undefined;
  #memberId = '';
  #generationId = -1;
  #owned: readonly number[] | undefined;

  constructor(parts: MembershipParts, member: GroupMember) {
    this.#parts = parts;
    this.#member = member;
  }

  /** Until the signal fires; the group is left then. @throws StreamError `unavailable` when the log is closed */
  async run(signal: AbortSignal): Promise<void> {
    const { connections } = this.#parts;
    const stop = (): void => this.#disconnect();
    signal.addEventListener('abort', stop, { once: true });
    try {
      while (!signal.aborted) {
        if (connections.isClosed) throw new StreamError('unavailable', 'The connection to Kafka was closed.');
        const assigned = await this.#attempt(() => this.#gather(), signal);
        if (!assigned || signal.aborted) continue;
        this.#announce(assigned);
        await this.#attempt(() => this.#beat(signal), signal);
      }
    } finally {
      signal.removeEventListener('abort', stop);
      this.#disconnect();
      await this.#leave();
    }
  }

  /** Undefined after a failure, of which the next attempt takes care. */
  async #attempt<Result>(action: () => Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
    try {
      return await action();
    } catch (error) {
      const code = codeOf(error);
      if (code === CODE.REBALANCE_IN_PROGRESS) return undefined;
      if (code === CODE.UNKNOWN_MEMBER) this.#memberId = '';
      else if (code !== CODE.ILLEGAL_GENERATION && !signal.aborted) {
        this.#disconnect();
        await this.#parts.connections.refreshIfPossible();
        await pause(FAULT_PAUSE_MS * (0.5 + Math.random()), signal);
      }
      return undefined;
    }
  }

  /** Joins, and comes back when all members have; the partitions that are its own. */
  async #gather(): Promise<readonly number[]> {
    const { connections, memberships, groupId, topic, partitions, times } = this.#parts;
    const coordinator = await connections.coordinator('group', groupId);
    if (this.#broker && (this.#broker.nodeId !== coordinator || !this.#broker.isConnected()))
      this.#disconnect();
    this.#broker ??= await connections.open(coordinator);
    const broker = this.#broker;
    const sessionTimeout = times.sessionTimeoutMs ?? DEFAULT_SESSION_MS;
    const claim = { generationId: this.#generationId, owned: this.#owned ?? [] };
    const joined = await broker.joinGroup({
      groupId,
      memberId: this.#memberId,
      sessionTimeout,
      rebalanceTimeout: 2 * sessionTimeout,
      groupProtocols: [{ name: PROTOCOL_NAME, metadata: encodeClaim(topic, claim) }],
    });
    const { memberId, generationId, leaderId, members } = joined;
    this.#memberId = memberId;
    const { memberAssignment } = await broker.syncGroup({
      groupId,
      generationId,
      memberId,
      groupAssignment: memberId === leaderId ? assignAll(members, topic, partitions) : [],
    });
    const assigned = decodeAssignment(memberAssignment, topic);
    this.#generationId = generationId;
    memberships.set(this.#member.group, this.#member.topic, { memberId, generationId, partitions: assigned });
    return assigned;
  }

  /** Shows that it lives until the group gathers anew, which comes as an error. */
  async #beat(signal: AbortSignal): Promise<void> {
    const { groupId, times } = this.#parts;
    for (;;) {
      await pause(times.heartbeatMs ?? DEFAULT_HEARTBEAT_MS, signal);
      if (signal.aborted || !this.#broker) return;
      await this.#broker.heartbeat({
        groupId,
        memberId: this.#memberId,
        groupGenerationId: this.#generationId,
      });
    }
  }

  #announce(assigned: readonly number[]): void {
    const before = this.#owned;
    this.#owned = assigned;
    const isSame =
      before?.length === assigned.length && assigned.every((own, index) => own === before[index]);
    if (!isSame) this.#member.onAssigned(assigned);
  }

  #disconnect(): void {
    if (this.#broker) this.#parts.connections.close(this.#broker);
    this.#broker = undefined;
  }

  /** Tells the group, so that it does not wait until the session is over. */
  async #leave(): Promise<void> {
    const { connections, memberships, groupId } = this.#parts;
    memberships.set(this.#member.group, this.#member.topic, undefined);
    if (this.#memberId === '' || connections.isClosed) return;
    const leave = async (): Promise<void> => {
      const broker = await connections.shared(await connections.coordinator('group', groupId));
      await broker.leaveGroup({ groupId, memberId: this.#memberId });
    };
    // Without an answer the group finds out by itself, a little later.
    await Promise.race([leave().catch(() => undefined), pause(LEAVE_MS)]);
  }
}
