import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/**
 * OpenAPI 3.1 of every route that is registered after this call, from the schemas that the routes check with; at
 * `/openapi.json`. To be awaited before any route is registered.
 */
export async function registerApiDocument(app: FastifyInstance, version: string): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Bellwether',
        version,
        description:
          'Customer scores with their reasons. Lists are {items, next}; errors are application/problem+json; money is ' +
          'integer minor units of the currency beside it.',
      },
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
