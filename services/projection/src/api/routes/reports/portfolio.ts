import type { PortfolioRow } from '@bellwether/domain';
import { formatDay } from '@bellwether/events';
import type { Static, TObject } from 'typebox';
import type { CustomerTable } from '../../../read/customer-table.ts';
import type { TenantView } from '../../../read/tenant-view.ts';
import type { reportHead } from '../../report-schemas/report-parts.ts';
import type { RouteDeps } from '../../route-deps.ts';

/** What a report is made of: all customers of a tenant as they stand. */
export interface Portfolio {
  readonly deps: RouteDeps;
  readonly view: TenantView;
  readonly table: CustomerTable;
  readonly rows: readonly PortfolioRow[];
}

/** A value that is only read. */
export type Told<Value> = Value extends readonly (infer Item)[]
  ? readonly Told<Item>[]
  : Value extends object
    ? { readonly [Field in keyof Value]: Told<Value[Field]> }
    : Value;

/** An answer but for what every report begins with. */
export type Body<Answer extends TObject> = Told<Omit<Static<Answer>, keyof typeof reportHead>>;

/** The portfolio of a tenant, up to date. @throws ProblemError 404 */
export async function openPortfolio(deps: RouteDeps, tenant: string): Promise<Portfolio> {
  const view = await deps.tenantOf(tenant);
  const table = await deps.tables.of(view);
  return { deps, view, table, rows: table.portfolioRows() };
}

/** The tenant's date and currency, which every report and every row of a file carry. */
export function headOf({ view }: Portfolio): Static<TObject<typeof reportHead>> {
  return { asOf: formatDay(view.today), currency: view.settings.currency };
}

/** The name of a customer; null where it was never told, or there is no such customer. */
export function nameOf({ table }: Portfolio, customerId: string): string | null {
  return table.row(customerId)?.row.name ?? null;
}

/** The same with the name of the customer. */
export function withName<Row extends { readonly customerId: string }>(
  portfolio: Portfolio,
  { customerId, ...rest }: Row,
) {
  return { customerId, name: nameOf(portfolio, customerId), ...rest };
}

/** A date as it is answered. */
export function dateOf(day: number | null): string | null {
  return day === null ? null : formatDay(day);
}
