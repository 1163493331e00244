import type { FastifyInstance, FastifyReply } from 'fastify';
import Type, { type Static, type TObject, type TProperties } from 'typebox';
import { sendCsv, toCsv } from '../../csv.ts';
import { answers, format, query, TenantParams } from '../../query.ts';
import { reportHead } from '../../report-schemas/report-parts.ts';
import type { RouteDeps } from '../../route-deps.ts';
import { type Body, headOf, openPortfolio, type Portfolio, type Told } from './portfolio.ts';

/** One address below `/v1/tenants/{tenant}/reports/`. */
export type Report = (app: FastifyInstance, deps: RouteDeps) => void;

/** A question about the whole portfolio, and what answers it. */
interface Definition<Parameters extends TProperties, Answer extends TObject, Item extends TObject> {
  readonly name: string;
  readonly summary: string;
  readonly parameters: Parameters;
  readonly answer: Answer;
  readonly answerOf: (
    portfolio: Portfolio,
    wanted: Static<TObject<Parameters>>,
  ) => Body<Answer> | Promise<Body<Answer>>;
  /** What becomes a file; a report without is no table. */
  readonly table?: {
    readonly item: Item;
    readonly rowsOf: (body: Body<Answer>) => readonly Told<Static<Item>>[];
  };
}

export const tags = ['reports'];

/** Sends rows as a file; each carries what every report begins with. */
export function sendFile(
  reply: FastifyReply,
  portfolio: Portfolio,
  file: { readonly name: string; readonly item: TObject; readonly rows: readonly object[] },
): FastifyReply {
  const head = headOf(portfolio);
  const schema = Type.Object({ ...file.item.properties, ...reportHead });
  return sendCsv(
    reply,
    file.name,
    toCsv(
      schema,
      file.rows.map((row) => ({ ...row, ...head })),
    ),
  );
}

/** The address of a report on a tenant. */
export const addressOf = (name: string) => `/v1/tenants/:tenant/reports/${name}`;

/** Makes a report of its definition: one answer, and its table as a file. */
export function report<Parameters extends TProperties, Answer extends TObject, Item extends TObject>(
  definition: Definition<Parameters, Answer, Item>,
): Report {
  const { name, summary, parameters, answer, answerOf, table } = definition;
  const schema = {
    tags,
    summary,
    params: TenantParams,
    querystring: query({ ...parameters, ...(table ? format : {}) }),
    response: answers(answer),
  };
  type Wanted = Static<TObject<Parameters>> & { readonly format?: string };
  return (app, deps) => {
    app.get<{ Params: Static<typeof TenantParams> }>(addressOf(name), { schema }, async (request, reply) => {
      const portfolio = await openPortfolio(deps, request.params.tenant);
      const wanted = request.query as Wanted;
      const body = await answerOf(portfolio, wanted);
      if (!table || wanted.format !== 'csv') return reply.send({ ...headOf(portfolio), ...body });
      const rows = table.rowsOf(body) as readonly object[];
      return sendFile(reply, portfolio, { name, item: table.item, rows });
    });
  };
}
