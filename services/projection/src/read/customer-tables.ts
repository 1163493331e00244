import { PORTFOLIO_CUSTOMER_ID } from '@bellwether/events';
import type { InputRecord, ReadModels } from '@bellwether/stream';
import { CustomerTable } from './customer-table.ts';
import type { TenantView } from './tenant-view.ts';

/** The tables of all tenants that somebody has asked for. */
export class CustomerTables {
  readonly #readModels: ReadModels;
  readonly #tables = new Map<string, CustomerTable>();
  readonly #refreshing = new Map<string, Promise<void>>();

  constructor(readModels: ReadModels) {
    this.#readModels = readModels;
  }

  /** Notes whose rows a committed batch has touched. */
  committed(records: readonly InputRecord[]): void {
    for (const { topic, key } of records) {
      // What is tried changes nothing that a row shows.
      if (topic === 'shadow-scores') continue;
      const border = key.indexOf('|');
      const table = border < 0 ? undefined : this.#tables.get(key.slice(0, border));
      if (!table) continue;
      if (topic === 'alerts') table.touchAlerts();
      else if (!key.endsWith(`|${PORTFOLIO_CUSTOMER_ID}`)) table.touchCustomer(key.slice(border + 1));
    }
  }

  /** The table of a tenant, up to date with all that was committed before the call. */
  async of(view: TenantView): Promise<CustomerTable> {
    const { tenant } = view;
    const table = this.#tables.get(tenant) ?? new CustomerTable(this.#readModels);
    this.#tables.set(tenant, table);
    const before = this.#refreshing.get(tenant) ?? Promise.resolve();
    const refresh = before.then(
      () => table.refresh(view),
      () => table.refresh(view),
    );
    this.#refreshing.set(tenant, refresh);
    await refresh;
    return table;
  }
}
