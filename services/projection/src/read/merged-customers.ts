/** Which customers of a tenant were merged into which (N23). */
export class MergedCustomers {
  readonly #partners = new Map<string, string>();

  /** Notes with whom a customer counts; undefined: for itself. */
  set(customerId: string, mergedInto: string | undefined): void {
    if (mergedInto === undefined) this.#partners.delete(customerId);
    else this.#partners.set(customerId, mergedInto);
  }

  /** The customer that a customer counts with in the end; itself where it was not merged. */
  rootOf(customerId: string): string {
    const passed = new Set<string>();
    let root = customerId;
    // While merges that were told at once go round in a circle, nobody is the last.
    for (let next = this.#partners.get(root); next !== undefined; next = this.#partners.get(root)) {
      if (passed.has(root)) return customerId;
      passed.add(root);
      root = next;
    }
    return root;
  }

  /** A customer and all that count with it, itself first. */
  withMembers(root: string): readonly string[] {
    const members = [...this.#partners.keys()].filter((id) => id !== root && this.rootOf(id) === root);
    return [root, ...members.sort()];
  }

  /** Whom a customer was merged into; undefined: it counts for itself. */
  partnerOf(customerId: string): string | undefined {
    return this.#partners.get(customerId);
  }
}
