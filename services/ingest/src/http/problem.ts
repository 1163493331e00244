import type { Fault, QuarantineReason } from '@bellwether/events';
import type { FastifyReply } from 'fastify';

/** An error answer as RFC 9457 has it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Why events were refused; in docs/quarantine.md. */
  readonly reason?: QuarantineReason;
  readonly faults?: readonly Fault[];
  readonly items?: readonly ItemAnswer[];
}

/** What became of one event of a request. */
export interface ItemAnswer {
  /** Place in the request, from 0. */
  readonly index: number;
  /** The event's own id; null where none could be read. */
  readonly id: string | null;
  readonly status: 'accepted' | 'rejected';
  readonly reason?: QuarantineReason;
  readonly faults?: readonly Fault[];
}

/** What a status means here, for people and, where no reason tells more, for machines. */
const KINDS: Readonly<Record<number, readonly [title: string, kind: string]>> = {
  400: ['Not accepted', 'not-accepted'],
  404: ['Not found', 'unknown-tenant'],
  409: ['Not possible in the present state', 'conflict'],
  413: ['Too large', 'too-large'],
  415: ['Unsupported media type', 'unsupported-media-type'],
  503: ['Not possible at the moment', 'unavailable'],
};

type ProblemRest = Omit<Problem, 'type' | 'title' | 'status' | 'detail'>;

/** Answers with a problem document. */
export async function sendProblem(
  reply: FastifyReply,
  status: number,
  { detail, ...rest }: ProblemRest & { readonly detail: string },
): Promise<FastifyReply> {
  const [title, kind] = KINDS[status] ?? ['Error', 'error'];
  const problem: Problem = {
    type: `urn:bellwether:problem:${rest.reason ?? kind}`,
    title,
    status,
    detail,
    ...rest,
  };
  return reply.code(status).type('application/problem+json').send(problem);
}
