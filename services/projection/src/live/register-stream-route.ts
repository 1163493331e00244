import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { invalidRequest, ProblemError } from '../api/problem.ts';
import { query, TenantParams } from '../api/query.ts';
import type { RouteDeps } from '../api/route-deps.ts';
import { LiveClient, type LiveSink } from './live-client.ts';
import { decodePositions, type Positions } from './positions.ts';

const HEARTBEAT_MS = 15_000;
const MOST_CLIENTS = 500;
const StreamQuery = query({
  from: Type.Optional(
    Type.String({ description: 'id of the last event seen; the header Last-Event-ID says the same' }),
  ),
});

/**
 * Server-sent events: `change` (a CustomerChange), `alert` (an AlertRecord), `reset` (load everything again: what was
 * missed is not sent). An event is sent when it is already in the read model.
 */
export function registerStreamRoute(app: FastifyInstance, deps: RouteDeps): void {
  let clients = 0;
  app.addHook('preClose', async () => deps.feed.close());
  app.get<{ Params: Static<typeof TenantParams>; Querystring: Static<typeof StreamQuery> }>(
    '/v1/tenants/:tenant/changes/stream',
    {
      schema: {
        tags: ['live'],
        summary: 'Changes and alerts as they happen',
        params: TenantParams,
        querystring: StreamQuery,
      },
    },
    async (request, reply) => {
      const view = await deps.tenantOf(request.params.tenant);
      const from = positionsOf(request.query.from, request.headers['last-event-id']);
      if (clients >= MOST_CLIENTS) {
        throw new ProblemError(503, 'too-many-streams', {
          detail: `${MOST_CLIENTS} streams are open already.`,
        });
      }
      clients += 1;
      reply.hijack();
      try {
        await serve(reply.raw, { deps, tenant: view.tenant, from });
      } catch (error) {
        request.log.warn({ err: error }, 'a stream of changes ended');
      } finally {
        clients -= 1;
        reply.raw.end();
      }
    },
  );
}

/** A wrong `from` is the caller's mistake; a header that a browser kept from elsewhere only leads to a reset. */
function positionsOf(from: string | undefined, header: string | string[] | undefined): Positions | undefined {
  if (typeof header === 'string' && header !== '') return decodePositions(header) ?? new Map();
  if (from === undefined) return undefined;
  const positions = decodePositions(from);
  if (positions) return positions;
  throw invalidRequest([
    { path: '?from', expected: 'the id of an event of this stream', got: JSON.stringify(from) },
  ]);
}

async function serve(
  response: ServerResponse,
  options: { readonly deps: RouteDeps; readonly tenant: string; readonly from: Positions | undefined },
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const sink = sinkOf(response);
  const client = new LiveClient({ feed: options.deps.feed, sink, tenant: options.tenant });
  const beat = () => void client.beat().catch(() => client.wake());
  const timer = setInterval(beat, options.deps.heartbeatMs ?? HEARTBEAT_MS);
  response.on('close', () => client.wake());
  try {
    await client.run(options.from);
  } finally {
    clearInterval(timer);
  }
}

function sinkOf(response: ServerResponse): LiveSink {
  return {
    get isClosed() {
      return response.destroyed || response.writableEnded;
    },
    async write(text) {
      if (response.destroyed || response.write(text)) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      response.once('drain', resolve);
      response.once('close', resolve);
      await promise;
      response.off('drain', resolve);
      response.off('close', resolve);
    },
  };
}
