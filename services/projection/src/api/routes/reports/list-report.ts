import { compareValues } from '@bellwether/domain';
import type { Static, TObject, TProperties } from 'typebox';
import { type CursorType, decodeCursor, encodeCursor, type Place } from '../../cursor.ts';
import { cutPage, wantedRows } from '../../list-answer.ts';
import { answers, format, paging, query, TenantParams } from '../../query.ts';
import { type Body, headOf, openPortfolio, type Portfolio, type Told } from './portfolio.ts';
import { addressOf, type Report, sendFile, tags } from './report.ts';

/** What stands before a list, and all that is on it. */
interface ListFound<Answer extends TObject, Found> {
  readonly head: Omit<Body<Answer>, 'items' | 'next'>;
  readonly found: readonly Found[];
}

/** A question that is answered by a list, page by page. */
interface ListDefinition<
  Parameters extends TProperties,
  Answer extends TObject,
  Item extends TObject,
  Found,
> {
  readonly name: string;
  /** Where it is asked for; among the reports if not given. */
  readonly address?: string;
  /** Under which heading OpenAPI has it; `reports` if not given. */
  readonly tags?: readonly string[];
  readonly summary: string;
  readonly parameters: Parameters;
  /** With `items` and `next`. */
  readonly answer: Answer;
  readonly item: Item;
  /** All that there is, in any order, and what stands before it. */
  readonly find: (
    portfolio: Portfolio,
    wanted: Static<TObject<Parameters>>,
  ) => ListFound<Answer, Found> | Promise<ListFound<Answer, Found>>;
  /** What the list is sorted by, the least first, and the id that comes after it. */
  readonly order: readonly ((found: Found) => number)[];
  readonly idOf: (found: Found) => string;
  /** One of them as it is answered: only what is shown is made. */
  readonly present: (found: Found, portfolio: Portfolio) => Told<Static<Item>>;
}

/** Makes a report of its definition: a list, and the whole of it as a file. */
export function listReport<
  Parameters extends TProperties,
  Answer extends TObject,
  Item extends TObject,
  Found,
>(definition: ListDefinition<Parameters, Answer, Item, Found>): Report {
  const { name, summary, parameters, answer, item, order, idOf, find, present } = definition;
  const { address = addressOf(name) } = definition;
  const schema = {
    tags: definition.tags ?? tags,
    summary,
    params: TenantParams,
    querystring: query({ ...parameters, ...paging, ...format }),
    response: answers(answer),
  };
  const types = order.map((): CursorType => 'number');
  type Own = Static<TObject<Parameters>>;
  type Wanted = Own & { readonly limit?: number; readonly cursor?: string; readonly format?: string };
  return (app, deps) => {
    app.get<{ Params: Static<typeof TenantParams> }>(address, { schema }, async (request, reply) => {
      const portfolio = await openPortfolio(deps, request.params.tenant);
      const wanted = request.query as Wanted;
      const { head, found } = await find(portfolio, wanted);
      const places = found
        .map((one) => ({ one, values: order.map((by) => by(one)), id: idOf(one) }))
        .sort(byPlace);
      if (wanted.format === 'csv') {
        const rows = places.map(({ one }) => present(one, portfolio) as object);
        return sendFile(reply, portfolio, { name, item, rows });
      }
      // A cursor fits the same question only.
      const asked = Object.keys(parameters).map((key) => wanted[key as keyof Wanted] ?? null);
      const list = JSON.stringify([name, ...asked]);
      const after = wanted.cursor === undefined ? undefined : decodeCursor(list, wanted.cursor, types);
      const left = after ? places.filter((place) => byPlace(place, after) > 0) : places;
      const page = cutPage(left, wantedRows(wanted), ({ values, id }) => encodeCursor(list, { values, id }));
      const items = page.items.map(({ one }) => present(one, portfolio));
      return reply.send({ ...headOf(portfolio), ...head, items, next: page.next });
    });
  };
}

function byPlace(one: Place, other: Place): number {
  for (const [index, value] of one.values.entries()) {
    const difference = Number(value) - Number(other.values[index]);
    if (difference !== 0) return difference;
  }
  return compareValues(one.id, other.id);
}
