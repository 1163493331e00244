import type { FastifyInstance } from 'fastify';
import Type from 'typebox';

/** Whether the process does its work, and what it is waiting for if not. */
export interface Readiness {
  readonly ready: boolean;
  /** A sentence each. */
  readonly reasons: readonly string[];
}

export interface SystemDeps {
  readonly readiness: () => Readiness;
  /** All metrics of the process as a scraper reads them. */
  readonly renderMetrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
}

const Live = Type.Object({ live: Type.Boolean() });
const Ready = Type.Object({ ready: Type.Boolean(), reasons: Type.Array(Type.String()) });

/** `/livez`, `/readyz` (503 until ready) and `/metrics`. */
export function registerSystemRoutes(app: FastifyInstance, deps: SystemDeps): void {
  const tags = ['system'];
  app.get(
    '/livez',
    { schema: { tags, summary: 'The process answers', response: { 200: Live } } },
    async () => ({ live: true }),
  );
  app.get(
    '/readyz',
    { schema: { tags, summary: 'The process does its work', response: { 200: Ready, 503: Ready } } },
    async (_request, reply) => {
      const readiness = deps.readiness();
      return await reply
        .code(readiness.ready ? 200 : 503)
        .header('cache-control', 'no-store')
        .send(readiness);
    },
  );
  app.get(
    '/metrics',
    { schema: { tags, summary: 'Metrics in Prometheus format' } },
    async (_request, reply) => {
      const { contentType, body } = await deps.renderMetrics();
      return await reply.type(contentType).send(body);
    },
  );
}
