import { basisPointsOf, publishable } from '../statistics/exact.ts';
import type { Concentration } from './concentration.ts';
import { concentrationOfHolders, type Holder, type HolderShare, ranked, sharesOf } from './holders.ts';
import { byText, type PortfolioRow } from './portfolio-row.ts';

type Child = Pick<PortfolioRow, 'customerId' | 'parentCustomerId'>;

/** Which group each customer belongs to (N9). */
export interface ParentGroups {
  /** By customer the root of its chain of parents: itself where it has none. */
  readonly rootOf: ReadonlyMap<string, string>;
  /** Customers that are, by what was told, each other's parents, sorted; the first is taken as the root. */
  readonly cycles: readonly (readonly string[])[];
  /** Parents that were named and are no customers of the portfolio, sorted: they are roots all the same. */
  readonly missing: readonly string[];
}

/**
 * Follows each customer's parents up to the root. A parent that is not in the portfolio ends the chain: its children
 * still belong together. In a cycle the least id is the root, so the order of the rows does not matter.
 */
export function resolveParents(children: readonly Child[]): ParentGroups {
  const parentOf = new Map(
    children.map(({ customerId, parentCustomerId }) => [customerId, parentCustomerId]),
  );
  const rootOf = new Map<string, string>();
  const cycles: (readonly string[])[] = [];
  const missing = new Set<string>();
  for (const { customerId } of children) {
    const chain: string[] = [];
    const seen = new Set<string>();
    let at = customerId;
    let root = rootOf.get(at);
    while (root === undefined) {
      chain.push(at);
      seen.add(at);
      const parent = parentOf.get(at) ?? null;
      if (parent === null) root = at;
      else if (seen.has(parent)) {
        const cycle = chain.slice(chain.indexOf(parent)).sort(byText);
        cycles.push(cycle);
        root = cycle[0] ?? at;
      } else if (!parentOf.has(parent)) {
        missing.add(parent);
        root = parent;
      } else {
        at = parent;
        root = rootOf.get(at);
      }
    }
    for (const member of chain) rootOf.set(member, root);
  }
  cycles.sort((one, other) => byText(one[0] ?? '', other[0] ?? ''));
  return { rootOf, cycles, missing: [...missing].sort(byText) };
}

/** Each group with the net value of its members as far as it is known; also those that are worth nothing. */
export function parentHolders(rows: readonly PortfolioRow[], { rootOf }: ParentGroups): readonly Holder[] {
  const groups = new Map<string, { customers: number; valueMinor: bigint }>();
  for (const { customerId, valueMinor } of rows) {
    const root = rootOf.get(customerId) ?? customerId;
    const group = groups.get(root) ?? { customers: 0, valueMinor: 0n };
    group.customers += 1;
    group.valueMinor += BigInt(valueMinor ?? 0);
    groups.set(root, group);
  }
  return Array.from(groups, ([id, group]) => ({ id, ...group }));
}

/** Concentration when customers of one parent count as one (D2, N9). */
export interface ParentConcentration {
  readonly concentration: Concentration;
  /** Groups with a positive net value, and their total, minor units (null: passes 2^53). */
  readonly groups: number;
  readonly totalMinor: number | null;
  /** Share of the groups of two and more customers in the total; null where there is no value. */
  readonly familiesBasisPoints: number | null;
  /** The greatest groups, greatest first; `id` is that of the root. */
  readonly greatest: readonly HolderShare[];
  readonly cycles: ParentGroups['cycles'];
  readonly missing: ParentGroups['missing'];
}

/** Concentration rolled up to the parents: groups whose net value is positive, as customers are taken by themselves. */
export function concentrationByParent(rows: readonly PortfolioRow[]): ParentConcentration {
  const parents = resolveParents(rows);
  const holders = ranked(parentHolders(rows, parents));
  const total = holders.reduce((sum, { valueMinor }) => sum + valueMinor, 0n);
  const families = holders.filter(({ customers }) => customers > 1);
  const { cycles, missing } = parents;
  return {
    concentration: concentrationOfHolders(holders),
    groups: holders.length,
    totalMinor: publishable(total),
    familiesBasisPoints: basisPointsOf(
      families.reduce((sum, { valueMinor }) => sum + valueMinor, 0n),
      total,
    ),
    greatest: sharesOf(holders),
    cycles,
    missing,
  };
}
