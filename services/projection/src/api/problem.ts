import { type Fault, faultText } from '@bellwether/events';
import { StreamError } from '@bellwether/stream';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from './schemas.ts';

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  404: 'Not found',
  409: 'Not possible in the present state',
  413: 'The request is too large',
  415: 'Unsupported media type',
  500: 'Internal error',
  503: 'Not possible at the moment',
};

/** An answer that is no success (RFC 9457). `kind` tells machines what `detail` tells people. */
export class ProblemError extends Error {
  readonly statusCode: number;
  readonly kind: string;
  readonly faults: readonly Fault[] | undefined;
  readonly mergedInto: string | undefined;

  constructor(
    statusCode: number,
    kind: string,
    options: { detail: string; faults?: readonly Fault[]; mergedInto?: string },
  ) {
    super(options.detail);
    this.name = 'ProblemError';
    this.statusCode = statusCode;
    this.kind = kind;
    this.faults = options.faults;
    this.mergedInto = options.mergedInto;
  }

  get body(): Problem {
    return {
      type: `urn:bellwether:problem:${this.kind}`,
      title: TITLES[this.statusCode] ?? 'Error',
      status: this.statusCode,
      detail: this.message,
      ...(this.mergedInto === undefined ? {} : { mergedInto: this.mergedInto }),
      ...(this.faults ? { faults: [...this.faults] } : {}),
    };
  }
}

/** 400 with every fault named. */
export function invalidRequest(
  faults: readonly Fault[],
  kind: 'invalid-request' | 'invalid-pack' = 'invalid-request',
): ProblemError {
  return new ProblemError(400, kind, { detail: faults.map(faultText).join('; '), faults });
}

/** 404 of a tenant, customer, alert, or model that is tried. */
export function unknown(kind: 'tenant' | 'customer' | 'alert' | 'shadow', id: string): ProblemError {
  return new ProblemError(404, `unknown-${kind}`, { detail: `There is no ${kind} ${id}.` });
}

/** A question about the past that only the events of all customers that count as one could answer. */
export function countsWithOthers(customerId: string): ProblemError {
  const detail =
    `Customer ${customerId} counts, or counted, together with others: only what was published is known of its past. ` +
    'Ask for history or why instead.';
  return new ProblemError(409, 'merged-customer', { detail });
}

/** 404 of a customer that counts with another one now: that one is where to ask (N23). */
export function mergedCustomer(customerId: string, mergedInto: string): ProblemError {
  const detail = `Customer ${customerId} was merged into ${mergedInto}.`;
  return new ProblemError(404, 'merged-customer', { detail, mergedInto });
}

/** The one place where an error becomes an answer. What is not ours to tell is logged and answered as 500. */
export function answerError(
  error: FastifyError | ProblemError | StreamError,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const problem = asProblem(error);
  if (problem.statusCode >= 500) request.log.error({ err: error }, 'a request failed');
  return sendProblem(reply, problem);
}

function asProblem(error: FastifyError | ProblemError | StreamError): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof StreamError && error.code === 'unavailable') {
    return new ProblemError(503, 'unavailable', {
      detail: 'The data cannot be read or written at the moment.',
    });
  }
  const status = ('statusCode' in error && error.statusCode) || 500;
  if (status >= 400 && status < 500) {
    const kind =
      'code' in error && error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' ? 'not-json' : 'invalid-request';
    return new ProblemError(status, kind, { detail: error.message });
  }
  return new ProblemError(500, 'internal', {
    detail: 'The request failed inside the server; its log says why.',
  });
}

/** Sends a problem as `application/problem+json`. */
export function sendProblem(reply: FastifyReply, problem: ProblemError): FastifyReply {
  return reply
    .code(problem.statusCode)
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem.body);
}

/** Answers an address that does not exist. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path] = request.url.split('?');
  return sendProblem(
    reply,
    new ProblemError(404, 'unknown-address', { detail: `There is nothing at ${request.method} ${path}.` }),
  );
}

/** Makes an instance answer every error of its routes as a problem. */
export function useProblems(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
}
