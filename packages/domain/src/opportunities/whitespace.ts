import { AGREEMENT_TYPES } from '@bellwether/events';
import type { AgreementType } from '../agreements/agreement-state.ts';
import { contractedValueOf, isActiveStatus, type Standing } from '../agreements/agreement-status.ts';
import { basisPointsOf, roundedRatio } from '../statistics/exact.ts';

/** What can be held: a type of agreement for a service line; null where no line was told. */
export interface Offering {
  readonly agreementType: AgreementType;
  readonly serviceLine: string | null;
}

/** What a customer holds of an offering, minor units. */
export interface Holding extends Offering {
  readonly valueMinor: number;
}

/** An offering that a customer does not hold, and how its peers hold it (S8). */
export interface Whitespace extends Offering {
  /** All other customers of its segment, and those of them that hold it. */
  readonly peers: number;
  readonly holders: number;
  /** What it is worth to those who hold it, on average; minor units. */
  readonly meanValueMinor: number;
  /** Share of the peers that hold it. */
  readonly holdingBasisPoints: number;
  /** That share of its mean value: what it would bring if the customer were like its peers. */
  readonly expectedMinor: number;
}

/** Of fewer peers nothing can be told (as with tiers, D14). */
export const FEWEST_PEERS = 4;

/** What a customer holds now, by offering; agreements of no known type are left out. Sorted. */
export function holdingsOf(standings: readonly Standing[]): readonly Holding[] {
  const sums = new Map<string, Holding>();
  for (const { agreement, status } of standings) {
    const { agreementType, serviceLine } = agreement.terms;
    if (agreementType === null || !isActiveStatus(status)) continue;
    const offering: Offering = { agreementType, serviceLine };
    const valueMinor = (sums.get(keyOf(offering))?.valueMinor ?? 0) + contractedValueOf(agreement);
    sums.set(keyOf(offering), { ...offering, valueMinor });
  }
  return [...sums.values()].sort(compareOfferings);
}

/**
 * What is held in a segment, as a member that does not hold it sees it: its peers are all other members (S8). First
 * what would bring most, of equals what more of them hold. What everybody holds is whitespace to nobody and left out;
 * empty where a member has too few peers. The order of the members does not matter.
 * @param members what each customer of the segment holds
 */
export function peerOfferingsOf(members: readonly (readonly Holding[])[]): readonly Whitespace[] {
  const peers = members.length - 1;
  if (peers < FEWEST_PEERS) return [];
  const sums = new Map<string, Offering & { readonly holders: number; readonly value: bigint }>();
  for (const { agreementType, serviceLine, valueMinor } of members.flat()) {
    const offering: Offering = { agreementType, serviceLine };
    const sum = sums.get(keyOf(offering));
    const value = (sum?.value ?? 0n) + BigInt(valueMinor);
    sums.set(keyOf(offering), { ...offering, holders: (sum?.holders ?? 0) + 1, value });
  }
  const items = [...sums.values()].flatMap(({ holders, value, ...offering }): Whitespace[] => {
    if (holders > peers) return [];
    const meanValueMinor = roundedRatio(value, BigInt(holders));
    const expectedMinor = roundedRatio(value, BigInt(peers));
    const holdingBasisPoints = basisPointsOf(BigInt(holders), BigInt(peers)) ?? 0;
    return [{ ...offering, peers, holders, meanValueMinor, holdingBasisPoints, expectedMinor }];
  });
  return items.sort(
    (a, b) =>
      b.expectedMinor - a.expectedMinor ||
      b.holdingBasisPoints - a.holdingBasisPoints ||
      compareOfferings(a, b),
  );
}

/**
 * What peers hold and the customer does not (S8), in the order of the offerings.
 * @param offerings of the segment that the customer is a member of
 * @param most as many of them, the foremost; all if not given
 */
export function whitespaceOf(
  holdings: readonly Offering[],
  offerings: readonly Whitespace[],
  most = Number.POSITIVE_INFINITY,
): readonly Whitespace[] {
  const held = new Set(holdings.map(keyOf));
  const items: Whitespace[] = [];
  for (const offering of offerings) {
    if (items.length >= most) break;
    if (!held.has(keyOf(offering))) items.push(offering);
  }
  return items;
}

function keyOf({ agreementType, serviceLine }: Offering): string {
  return serviceLine === null ? agreementType : `${agreementType} ${serviceLine}`;
}

/** By type in the order of their list, then by service line; none told comes first. */
function compareOfferings(a: Offering, b: Offering): number {
  const types = AGREEMENT_TYPES.indexOf(a.agreementType) - AGREEMENT_TYPES.indexOf(b.agreementType);
  if (types !== 0 || a.serviceLine === b.serviceLine) return types;
  if (a.serviceLine === null || b.serviceLine === null) return a.serviceLine === null ? -1 : 1;
  return a.serviceLine < b.serviceLine ? -1 : 1;
}
