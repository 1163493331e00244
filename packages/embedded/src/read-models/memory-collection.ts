import type { StoredDocument } from '@bellwether/stream';
import type { DocumentTable } from '../store/document-table.ts';

/**
 * The states of one collection by group, for lists that are filtered and sorted by anything. Filled from the table
 * when a group is first asked for, kept up to date by every save.
 */
export class MemoryCollection {
  readonly #table: DocumentTable;
  readonly #groups = new Map<string, Map<string, unknown>>();
  readonly #groupOfId = new Map<string, string>();

  constructor(table: DocumentTable) {
    this.#table = table;
  }

  /** Id and state of every document of the group. */
  rows(group: string): ReadonlyMap<string, unknown> {
    const known = this.#groups.get(group);
    if (known !== undefined) return known;
    const rows = new Map<string, unknown>();
    for (const [id, state] of this.#table.ofGroup(group)) {
      rows.set(id, JSON.parse(state));
      this.#groupOfId.set(id, group);
    }
    this.#groups.set(group, rows);
    return rows;
  }

  /** Takes over what was saved; groups that nobody asked for yet are not kept. */
  update(documents: readonly StoredDocument[]): void {
    for (const { id, index, state } of documents) {
      const before = this.#groupOfId.get(id);
      if (before !== undefined && before !== index.group) {
        this.#groups.get(before)?.delete(id);
        this.#groupOfId.delete(id);
      }
      const rows = index.group === undefined ? undefined : this.#groups.get(index.group);
      if (index.group === undefined || rows === undefined) continue;
      rows.set(id, state);
      if (before !== index.group) this.#groupOfId.set(id, index.group);
    }
  }
}
