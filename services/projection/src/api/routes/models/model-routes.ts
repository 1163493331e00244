import { checkPack, type PackResult, readPack } from '@bellwether/model-packs';
import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { readModelChoice } from '../../../read/read-model-choice.ts';
import {
  AcceptedChoice,
  By,
  Models,
  PackBody,
  Promotion,
  Rollback,
  ShadowParams,
  SizeOfPack,
} from '../../model-schemas.ts';
import { invalidRequest, unknown } from '../../problem.ts';
import { answers, query, TenantParams } from '../../query.ts';
import type { RouteDeps } from '../../route-deps.ts';
import { faultsOnTheWay, MAX_PACK_BYTES } from './faults-on-the-way.ts';
import { modelDiff } from './model-diff.ts';
import { presentModels } from './present-models.ts';
import { publishChoice } from './publish-choice.ts';

type Params = Static<typeof TenantParams>;
const tags = ['models'];
const NoQuery = query({});
const ShadowQuery = query({ by: By, size: SizeOfPack });
const WithdrawQuery = query({ by: By });
const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml'];

/** The models by which a tenant's health is scored: which count, which are tried, what these would change (N6). */
export function registerModelRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.addContentTypeParser(YAML_TYPES, { parseAs: 'string' }, (_request, body, done) => {
    done(null, new YamlText(String(body)));
  });
  const described = (summary: string) => ({ tags, summary, params: TenantParams, querystring: NoQuery });
  const accepted = { response: answers(AcceptedChoice, 202) };
  app.get<{ Params: Params }>(
    '/v1/tenants/:tenant/models',
    {
      schema: {
        ...described('Models: which count, which are tried, since when and by whom (N6)'),
        response: answers(Models),
      },
    },
    async ({ params }) => {
      const { tenant } = await deps.tenantOf(params.tenant);
      return presentModels(await readModelChoice(deps.readModels, tenant));
    },
  );
  modelDiff(app, deps);
  registerShadowRoutes(app, deps);
  app.post<{ Params: Params; Body: Static<typeof Promotion> }>(
    '/v1/tenants/:tenant/models/promote',
    {
      schema: {
        ...described('A model that is tried counts from now on; the change says model-change (N6, N13)'),
        body: Promotion,
        ...accepted,
      },
    },
    async ({ params, body }, reply) =>
      await reply.code(202).send(await publishChoice(deps, params.tenant, { kind: 'promote', ...body })),
  );
  app.post<{ Params: Params; Body: Static<typeof Rollback> }>(
    '/v1/tenants/:tenant/models/rollback',
    {
      schema: {
        ...described('The model before the last promotion counts again (N6)'),
        body: Rollback,
        ...accepted,
      },
    },
    async ({ params, body }, reply) =>
      await reply.code(202).send(await publishChoice(deps, params.tenant, { kind: 'rollback', ...body })),
  );
}

function registerShadowRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.post<{ Params: Params; Querystring: Static<typeof ShadowQuery>; Body: unknown }>(
    '/v1/tenants/:tenant/models/shadows',
    {
      bodyLimit: MAX_PACK_BYTES,
      schema: {
        tags,
        summary: 'Try a model pack beside the model that counts (N6)',
        params: TenantParams,
        querystring: ShadowQuery,
        body: PackBody,
        consumes: ['application/json', ...YAML_TYPES],
        response: answers(AcceptedChoice, 202),
      },
    },
    async ({ params, query: { by, size = null }, body }, reply) => {
      await deps.tenantOf(params.tenant);
      const pack = JSON.stringify(packOf(body));
      const wanted = { kind: 'shadow', pack, size, by } as const;
      return await reply.code(202).send(await publishChoice(deps, params.tenant, wanted));
    },
  );
  app.delete<{ Params: Static<typeof ShadowParams>; Querystring: Static<typeof WithdrawQuery> }>(
    '/v1/tenants/:tenant/models/shadows/:id',
    {
      schema: {
        tags,
        summary: 'Try a model no more (N6)',
        params: ShadowParams,
        querystring: WithdrawQuery,
        response: answers(AcceptedChoice, 202),
      },
    },
    async ({ params: { tenant, id }, query: { by } }, reply) => {
      await deps.tenantOf(tenant);
      const { shadows } = await readModelChoice(deps.readModels, tenant);
      const shadow = shadows.find(({ pack }) => pack.id === id);
      if (shadow === undefined) throw unknown('shadow', id);
      const { version } = shadow.pack;
      return await reply
        .code(202)
        .send(await publishChoice(deps, tenant, { kind: 'withdraw', id, version, by }));
    },
  );
}

/** A body that was sent as YAML. */
class YamlText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The pack that was sent. @throws ProblemError 400 with all that is wrong with it, golden cases included */
function packOf(body: unknown) {
  const read: PackResult = body instanceof YamlText ? readPack(body.text) : checkPack(body);
  const faults = read.ok ? faultsOnTheWay(read.pack) : read.faults;
  if (read.ok && faults.length === 0) return read.pack;
  throw invalidRequest(faults, 'invalid-pack');
}
