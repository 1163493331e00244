import { isId } from '@bellwether/events';
import type { FastifyError, FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isTimeZone } from '../tenants/calendar.ts';
import { DEFAULT_SETTINGS } from '../tenants/tenant-directory.ts';
import { sendProblem } from './problem.ts';
import type { IngestRoutesParts } from './register-ingest-routes.ts';

const Settings = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as EUR')
    .default(DEFAULT_SETTINGS.currency),
  timeZone: z
    .string()
    .refine(isTimeZone, 'an IANA time zone such as Europe/Paris')
    .default(DEFAULT_SETTINGS.timeZone),
  synthetic: z.boolean().default(false),
});

interface TenantRequest {
  Params: { tenant: string };
  Body: unknown;
}

/**
 * `PUT /v1/tenants/{tenant}`: begins a live tenant with its currency and time zone before its first event. Asking again
 * for the same is answered the same; what a tenant began with is never changed.
 */
export async function registerTenantRoute(app: FastifyInstance, parts: IngestRoutesParts): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.setErrorHandler<FastifyError>((error, _request, reply) => {
      const status = error.statusCode ?? 503;
      if (status >= 500) parts.onFailure?.(error);
      const detail = status >= 500 ? 'The tenant could not be created now.' : error.message;
      return sendProblem(reply, status >= 500 ? 503 : status, { detail });
    });
    scope.put<TenantRequest>(
      '/v1/tenants/:tenant',
      { schema: { summary: 'Begin a live tenant with its currency and time zone' } as object },
      async (request, reply) => {
        const { tenant } = request.params;
        if (!isId(tenant) || tenant.startsWith('@')) {
          const detail =
            'A tenant is named by letters, digits and _ : . @ -, at most 128, not starting with @.';
          return sendProblem(reply, 404, { detail });
        }
        const parsed = Settings.safeParse(request.body ?? {});
        if (!parsed.success) return sendProblem(reply, 400, { detail: z.prettifyError(parsed.error) });
        const known = await parts.tenants.get(tenant);
        const { settings } =
          known ?? (await parts.tenants.create(tenant, { ...parsed.data, clock: 'live' }, parts.now()));
        const { currency, timeZone, synthetic } = settings;
        const isSame =
          currency === parsed.data.currency &&
          timeZone === parsed.data.timeZone &&
          synthetic === parsed.data.synthetic;
        if (!isSame) {
          const has = `${currency}, ${timeZone} and ${synthetic ? 'synthetic' : 'real'} data`;
          const detail = `The tenant ${tenant} began with ${has}; that is never changed.`;
          return sendProblem(reply, 409, { detail });
        }
        return reply.code(known ? 200 : 201).send({ tenant, currency, timeZone, synthetic });
      },
    );
    done();
  });
}
