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

const TITLES: Readonly<Record<number, string>> = {
  400: 'Not accepted',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported content type',
  503: 'Not available',
};

type ProblemRest = Omit<Problem, 'type' | 'title' | 'status' | 'detail'>;

/** Answers with a problem document. */
export async function sendProblem(
  reply: FastifyReply,
  status: number,
  { detail, ...rest }: ProblemRest & { readonly detail: string },
): Promise<FastifyReply> {
  const problem: Problem = { type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail, ...rest };
  return reply.code(status).type('application/problem+json').send(problem);
}
