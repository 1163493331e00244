import { type SessionOwner, StreamError, type ValueCodec } from '@bellwether/stream';
import type { Connections } from '../client/connections.ts';
import type { Memberships } from '../group/memberships.ts';
import { isFencing, unavailable } from '../kafka-errors.ts';
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
