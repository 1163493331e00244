import {
  type CurrentRates,
  type CustomerEvent,
  customerKey,
  isId,
  type ReceivedEvent,
} from '@bellwether/events';
import type { Log } from '@bellwether/stream';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseJson } from '../acceptance/parse-json.ts';
import type { Calendar } from '../tenants/calendar.ts';
import { DEFAULT_SETTINGS, type TenantDirectory, type TenantView } from '../tenants/tenant-directory.ts';
import { judgeEvents } from './judge-events.ts';
import { sendProblem } from './problem.ts';

export interface IngestRoutesParts {
  readonly log: Pick<Log, 'append'>;
  readonly tenants: TenantDirectory;
  readonly calendar: Calendar;
  readonly rates: CurrentRates;
  /** Epoch ms. */
  readonly now: () => number;
  /** Told of a failure that the sender only sees as 503. */
  readonly onFailure?: (error: unknown) => void;
}

/** Largest body, bytes. */
export const MAX_BODY_BYTES = 5 * 1024 * 1024;
const CONTENT_TYPES = [
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/json',
];
const RETRY_AFTER_S = 5;

interface EventsRequest {
  Params: { tenant: string };
  Body: Buffer;
}

/**
 * `POST /v1/tenants/{tenant}/events`: one CloudEvent or a batch. 202 says that the log has every accepted event on
 * disk; everything else is a problem document that says what was wrong and where.
 */
export async function registerIngestRoutes(app: FastifyInstance, parts: IngestRoutesParts): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      CONTENT_TYPES,
      { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
      (_, body, done) => {
        done(null, body);
      },
    );
    scope.setErrorHandler<FastifyError>((error, request, reply) =>
      answerError(error, request, { reply, parts }),
    );
    scope.post<EventsRequest>(
      '/v1/tenants/:tenant/events',
      {
        bodyLimit: MAX_BODY_BYTES,
        schema: { hide: false, summary: 'Publish one event or a batch' } as object,
      },
      (request, reply) => receive(request, reply, parts),
    );
    done();
  });
}

async function receive(
  request: FastifyRequest<EventsRequest>,
  reply: FastifyReply,
  parts: IngestRoutesParts,
): Promise<FastifyReply> {
  const { tenant } = request.params;
  if (!isId(tenant) || tenant.startsWith('@')) {
    const detail = 'A tenant is named by letters, digits and _ : . @ -, at most 128, not starting with @.';
    return sendProblem(reply, 404, { detail });
  }
  const contentType = request.headers['content-type'] ?? '';
  const charset = /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') {
    return sendProblem(reply, 415, { detail: `Events are UTF-8, not ${charset}.` });
  }
  const parsed = parseJson(request.body ?? Buffer.alloc(0));
  if (!parsed.ok) {
    const detail = 'The body cannot be read.';
    return sendProblem(reply, 400, { detail, reason: parsed.reason, faults: [parsed.fault] });
  }
  const shape = shapeOf(parsed.value, contentType);
  if (typeof shape === 'string')
    return sendProblem(reply, 400, { detail: shape, reason: 'not-a-cloudevent' });
  return judge({ tenant, ...shape, bodyBytes: request.body.length }, reply, parts);
}

interface Shape {
  readonly inputs: readonly unknown[];
  readonly single: boolean;
}

/** One event or many, as the content type says; `application/json` may be either. */
function shapeOf(value: unknown, contentType: string): Shape | string {
  const batch = Array.isArray(value);
  if (contentType.startsWith('application/cloudevents-batch+json') && !batch)
    return 'A batch is a JSON array of events.';
  if (contentType.startsWith('application/cloudevents+json') && batch) {
    return 'One event is a JSON object; send arrays as application/cloudevents-batch+json.';
  }
  if (!batch) return { inputs: [value], single: true };
  return value.length === 0 ? 'The batch is empty.' : { inputs: value, single: false };
}

async function judge(
  received: Shape & { readonly tenant: string; readonly bodyBytes: number },
  reply: FastifyReply,
  parts: IngestRoutesParts,
): Promise<FastifyReply> {
  const { tenant, inputs, single, bodyBytes } = received;
  const { calendar } = parts;
  const receivedAt = parts.now();
  const view = await parts.tenants.get(tenant);
  if (view?.settings.clock === 'importing') {
    const detail = `History is being loaded into tenant ${tenant}; send the events again when that is done.`;
    return sendProblem(reply.header('retry-after', RETRY_AFTER_S), 409, {
      detail,
      reason: 'tenant-importing',
    });
  }
  const settings = view?.settings ?? DEFAULT_SETTINGS;
  const context = {
    ...{ tenant, settings, calendar, receivedAt, historical: false },
    frozenDay: frozenDayOf(view),
    rates: parts.rates(),
  };
  const { items, accepted } = judgeEvents(inputs, bodyBytes, context);
  if (accepted.length > 0) {
    if (!view) await parts.tenants.create(tenant, settings, receivedAt);
    await parts.log.append(accepted.map((event) => recordOf(event)));
    const rejected = items.length - accepted.length;
    return reply.code(202).send({ items, accepted: accepted.length, rejected });
  }
  const [first] = items;
  if (!single || !first?.reason)
    return sendProblem(reply, 400, { detail: 'No event of the batch was accepted.', items });
  const { reason, faults = [] } = first;
  const status = reason === 'too-large' ? 413 : 400;
  return sendProblem(reply, status, { detail: 'The event was not accepted.', reason, faults, items });
}

function frozenDayOf(view: TenantView | undefined): number | null {
  return view?.settings.clock === 'frozen' ? view.day : null;
}

function recordOf(event: CustomerEvent) {
  const value: ReceivedEvent = { kind: 'received', event };
  return { topic: 'source-http', key: customerKey(event.tenant, event.customerId), value };
}

async function answerError(
  error: FastifyError,
  _request: FastifyRequest,
  { reply, parts }: { readonly reply: FastifyReply; readonly parts: IngestRoutesParts },
): Promise<FastifyReply> {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return sendProblem(reply, 413, {
      detail: `A body may have ${MAX_BODY_BYTES} bytes.`,
      reason: 'too-large',
    });
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return sendProblem(reply, 415, { detail: `Send events as ${CONTENT_TYPES.join(', ')}.` });
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return sendProblem(reply, error.statusCode, { detail: error.message });
  }
  parts.onFailure?.(error);
  const detail = 'The events could not be stored; none was accepted. Send them again.';
  return sendProblem(reply.header('retry-after', RETRY_AFTER_S), 503, { detail });
}
