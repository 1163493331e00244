import { epochMonthOf, type PortfolioRow, pastTextOf } from '@bellwether/domain';
import { customerKey } from '@bellwether/events';
import type { ReadModels } from '@bellwether/stream';
import type { CustomerRow } from '../api/schemas.ts';
import { COLLECTIONS, MANY_CUSTOMERS } from '../collections.ts';
import { buildFacts, type CustomerFacts } from '../steps/build-row.ts';
import type { AlertDocument } from '../steps/fold-alert.ts';
import type { CustomerCard } from '../steps/fold-card.ts';
import type { CustomerScores } from '../steps/fold-change.ts';
import { mergeCards } from '../steps/merge-cards.ts';
import { MergedCustomers } from './merged-customers.ts';
import { type KpiSource, MonthTable } from './month-table.ts';
import { readMergedCard } from './read-merged-card.ts';
import { compareRows, type RowOrder, type SortField } from './row-order.ts';
import type { TableRow } from './table-row.ts';
import type { TenantView } from './tenant-view.ts';

/** Undefined: not to be listed, for the customer counts with another one. */
type FactsById = ReadonlyMap<string, CustomerFacts | undefined>;
type OpenAlerts = ReadonlyMap<string, number>;

/**
 * All customers of one tenant with what three topologies know of each (cards, scores, alerts), kept flat in memory, so
 * that a list of 50,000 is sorted, ranked and filtered in milliseconds. Read whole once; afterwards only customers that
 * were touched since are read again. When the tenant's day moves everything is read again: deadlines depend on it.
 */
export class CustomerTable {
  readonly #readModels: ReadModels;
  readonly #merged = new MergedCustomers();
  #rows = new Map<string, TableRow>();
  #sorted = new Map<string, TableRow[]>();
  /** Orders that are right as they stand. */
  readonly #inOrder = new Set<string>();
  #touched = new Set<string>();
  #alertsTouched = true;
  #loadedFor = '';
  #presentMonth = 0;
  readonly #months = new MonthTable();

  constructor(readModels: ReadModels) {
    this.#readModels = readModels;
  }

  /** Notes that something about a customer was committed. */
  touchCustomer(customerId: string): void {
    this.#touched.add(customerId);
  }

  /** Notes that alerts of the tenant were committed. */
  touchAlerts(): void {
    this.#alertsTouched = true;
  }

  /**
   * Brings the table up to date. What is awaited comes first, what changes the table is done in one go after it, so a
   * reader never sees half of it. Not to be called again before it has ended: `CustomerTables` sees to that.
   */
  async refresh(view: TenantView): Promise<void> {
    const wanted = `${view.today} ${view.settings.currency}`;
    const touched = this.#touched;
    const alertsTouched = this.#alertsTouched;
    this.#touched = new Set();
    this.#alertsTouched = false;
    try {
      const isStale = wanted !== this.#loadedFor || touched.size * 2 > this.#rows.size;
      const facts = isStale ? await this.#readAll(view) : await this.#readSome([...touched], view);
      const openAlerts = alertsTouched ? await this.#readOpenAlerts(view.tenant) : undefined;
      this.#presentMonth = epochMonthOf(view.today);
      this.#apply(facts, { isWhole: isStale, openAlerts });
    } catch (error) {
      this.#touched = new Set([...touched, ...this.#touched]);
      this.#alertsTouched ||= alertsTouched;
      throw error;
    }
    this.#loadedFor = wanted;
  }

  get size(): number {
    return this.#rows.size;
  }

  /**
   * All rows in the given order; valid until the next `await`. An order that exists is nearly right when rows have
   * changed, so sorting it again is cheap, and done when somebody asks.
   */
  inOrder(field: SortField, order: RowOrder): readonly TableRow[] {
    const name = `${field} ${order}`;
    const rows = this.#sorted.get(name) ?? [...this.#rows.values()];
    if (!this.#inOrder.has(name)) rows.sort(compareRows(field, order));
    this.#sorted.set(name, rows);
    this.#inOrder.add(name);
    return rows;
  }

  row(customerId: string): TableRow | undefined {
    return this.#rows.get(customerId);
  }

  /** Whom a customer was merged into; undefined: it counts for itself, or is not known. */
  partnerOf(customerId: string): string | undefined {
    return this.#merged.partnerOf(customerId);
  }

  /** A customer and all that were merged into it. */
  withMembers(customerId: string): readonly string[] {
    return this.#merged.withMembers(customerId);
  }

  /** All customers as the reports on the portfolio read them, in no order; they stay as they are. */
  portfolioRows(): readonly PortfolioRow[] {
    return Array.from(this.#rows.values(), ({ portfolioRow }) => portfolioRow);
  }

  /** The sums that KPIs are made of, for every month that can be told (S47 to S54). */
  kpiSource(): KpiSource {
    const customers = Array.from(this.#rows.values(), ({ months }) => months);
    return this.#months.sourceOf(customers, this.#presentMonth);
  }

  async #readAll({ tenant, today, settings: { currency } }: TenantView): Promise<FactsById> {
    const all = { group: tenant, sort: [], limit: MANY_CUSTOMERS };
    const cards = await this.#readModels.find<CustomerCard>(COLLECTIONS.cards, all);
    const scored = await this.#readModels.find<CustomerScores>(COLLECTIONS.customers, all);
    const cardOf = new Map(cards.map(({ state }) => [state.customerId, state]));
    const scoresOf = new Map(scored.map(({ state }) => [state.customerId, state]));
    for (const { customerId, mergedInto } of scoresOf.values()) this.#merged.set(customerId, mergedInto);
    const known = new Set([...cardOf.keys(), ...scoresOf.keys()]);
    const facts = new Map<string, CustomerFacts>();
    for (const [root, members] of Map.groupBy(known, (customerId) => this.#merged.rootOf(customerId))) {
      const cards = [root, ...members.filter((id) => id !== root)].flatMap((id) => cardOf.get(id) ?? []);
      if (cards.length === 0 && !known.has(root)) continue;
      const sources = { card: mergeCards(cards), scores: scoresOf.get(root) };
      facts.set(root, buildFacts({ customerId: root, ...sources, today, currency }));
    }
    return facts;
  }

  async #readSome(customerIds: readonly string[], view: TenantView): Promise<FactsById> {
    const { tenant, today, settings } = view;
    const facts = new Map<string, CustomerFacts | undefined>();
    const roots = new Set<string>();
    for (const customerId of customerIds) {
      const scores = await this.#scoresOf(tenant, customerId);
      roots.add(this.#merged.rootOf(customerId));
      this.#merged.set(customerId, scores?.mergedInto);
      roots.add(this.#merged.rootOf(customerId));
      if (scores?.mergedInto !== undefined) facts.set(customerId, undefined);
    }
    for (const customerId of roots) {
      if (this.#merged.partnerOf(customerId) !== undefined) continue;
      const card = await this.#cardOf(tenant, customerId);
      const scores = await this.#scoresOf(tenant, customerId);
      if (!card && !scores) continue;
      facts.set(customerId, buildFacts({ customerId, card, scores, today, currency: settings.currency }));
    }
    return facts;
  }

  async #scoresOf(tenant: string, customerId: string): Promise<CustomerScores | undefined> {
    return await this.#readModels.get<CustomerScores>(COLLECTIONS.customers, customerKey(tenant, customerId));
  }

  /** Together with the cards of all that were merged into it. */
  async #cardOf(tenant: string, customerId: string): Promise<CustomerCard | undefined> {
    return await readMergedCard(this.#readModels, tenant, this.#merged.withMembers(customerId));
  }

  async #readOpenAlerts(tenant: string): Promise<ReadonlyMap<string, number>> {
    const filter = { open: { $eq: true } };
    const query = { group: tenant, filter, sort: [], limit: MANY_CUSTOMERS };
    const open = await this.#readModels.find<AlertDocument>(COLLECTIONS.alerts, query);
    const counts = new Map<string, number>();
    for (const { state } of open) counts.set(state.customerId, (counts.get(state.customerId) ?? 0) + 1);
    return counts;
  }

  #apply(facts: FactsById, change: { isWhole: boolean; openAlerts: OpenAlerts | undefined }): void {
    if (facts.size === 0 && !change.isWhole && !change.openAlerts) return;
    const before = this.#rows;
    if (change.isWhole) {
      this.#rows = new Map();
      this.#sorted = new Map();
      this.#months.forget();
    }
    for (const [customerId, fact] of facts) {
      const row = this.#rows.get(customerId);
      if (!change.isWhole && this.#pastOf(row) !== this.#pastOf(fact)) this.#months.forget();
      if (!fact) this.#drop(customerId);
      else if (row) Object.assign(row, fact);
      else this.#add({ ...fact, customerId, openAlerts: before.get(customerId)?.openAlerts ?? 0, rank: 0 });
    }
    if (change.openAlerts) {
      for (const row of this.#rows.values()) row.openAlerts = change.openAlerts.get(row.customerId) ?? 0;
    }
    this.#inOrder.clear();
    this.#rankAll();
  }

  #pastOf(fact: CustomerFacts | undefined): string {
    return pastTextOf(fact?.months, this.#presentMonth);
  }

  #add(row: TableRow): void {
    this.#rows.set(row.customerId, row);
    for (const rows of this.#sorted.values()) rows.push(row);
  }

  #drop(customerId: string): void {
    if (this.#rows.delete(customerId)) this.#sorted = new Map();
  }

  #rankAll(): void {
    let rank = 0;
    for (const row of this.inOrder('value', 'desc')) row.rank = ++rank;
  }
}

/** A row as the API answers it. */
export function customerRow({ row, rank, openAlerts }: TableRow): CustomerRow {
  return { ...row, rank, openAlerts };
}
