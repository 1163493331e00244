import { type SessionOwner, StreamError, type ValueCodec } from '@bellwether/stream';
import type { Connections } from '../client/connections.ts';
import { patiently } from '../client/pause.ts';
import type { Memberships } from '../group/memberships.ts';
import { CODE, codeOf, isFencing, unavailable } from '../kafka-errors.ts';
import type { Topics } from '../topics.ts';

/** What all sessions of a log share. */
export interface SessionParts {
  readonly connections: Connections;
  readonly topics: Topics;
  readonly codec: ValueCodec;
  readonly prefix: string;
  readonly memberships: Memberships;
}

/** The answer of a session that may not publish. */
export function fenced(owner: SessionOwner, cause?: unknown): StreamError {
  return new StreamError(
    'fenced',
    `This session of ${owner.group} may not publish for ${owner.topic}/${owner.partition}: ` +
      'a newer one took over, it failed before or it never took over.',
    { cause },
  );
}

/** What the loop is told of an error of a session. */
export function sessionError(owner: SessionOwner, cause: unknown): StreamError {
  if (isFencing(cause)) return fenced(owner, cause);
  return unavailable(`Publishing of ${owner.group} for ${owner.topic}/${owner.partition} failed`, cause);
}

/** Of whoever works on an input partition of a group: the newest owner fences those before. */
export function transactionalIdOf(prefix: string, { group, topic, partition }: SessionOwner): string {
  return `${prefix}.${group}-${topic}-${partition}`;
}

/** Coordinators settle, after a broker has come or gone, within this time. */
const SETTLED_WITHIN_MS = 10_000;

/**
 * Begins a session, and again with the coordinators of then while one that was asked is it no more or not yet. What
 * cannot be begun is closed.
 * @throws StreamError `fenced` or `unavailable`
 */
export async function beginSession<Result>(
  owner: SessionOwner,
  { begin, close }: { readonly begin: () => Promise<Result>; readonly close: () => Promise<void> },
): Promise<Result> {
  try {
    return await patiently(begin, {
      forMs: SETTLED_WITHIN_MS,
      isWorthwhile: (error) => codeOf(error) === CODE.NOT_COORDINATOR,
      firstPauseMs: 50,
    });
  } catch (error) {
    await close();
    throw sessionError(owner, error);
  }
}
