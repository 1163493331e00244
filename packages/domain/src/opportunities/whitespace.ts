import { AGREEMENT_TYPES } from '@bellwether/events';
import type { AgreementType } from '../agreements/agreement-state.ts';
import { contractedValueOf, isActiveStatus, type Standing } from '../agreements/agreement-status.ts';
import { basisPointsOf, roundedQuotient } from '../statistics/exact.ts';

/** What can be held: a type of agreement for a service line; null where no line was told. */
export interface Offering {
  readonly agreementType: AgreementType;
  readonly serviceLine: string | null;
}

/** What a customer holds of an offering, minor units. */
export interface Holding extends Offering {
  readonly valueMinor: number;
}

/** How an offering is held by the customers of a segment. */
export interface PeerHolding extends Offering {
  /** Customers of the segment, and those of them that hold it. */
  readonly peers: number;
  readonly holders: number;
  /** What it is worth to those who hold it, on average; minor units. */
  readonly meanValueMinor: number;
}

/** Something that a customer does not hold and its peers do (S8). */
export interface Whitespace extends PeerHolding {
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

/** How the offerings are held by customers of one segment. Sorted; the order of the customers does not matter. */
export function peerHoldingsOf(customers: readonly (readonly Holding[])[]): readonly PeerHolding[] {
  const sums = new Map<string, Offering & { readonly holders: number; readonly value: bigint }>();
  for (const { agreementType, serviceLine, valueMinor } of customers.flat()) {
    const offering: Offering = { agreementType, serviceLine };
    const sum = sums.get(keyOf(offering));
    const value = (sum?.value ?? 0n) + BigInt(valueMinor);
    sums.set(keyOf(offering), { ...offering, holders: (sum?.holders ?? 0) + 1, value });
  }
  const holdings = [...sums.values()].map(({ holders, value, ...offering }) => ({
    ...offering,
    peers: customers.length,
    holders,
    meanValueMinor: Number(roundedQuotient(value, BigInt(holders))),
  }));
  return holdings.sort(compareOfferings);
}

/**
 * What peers hold and the customer does not (S8), first what would bring most, of equals what more of them hold. Empty
 * where there are too few peers.
 */
export function whitespaceOf(
  holdings: readonly Offering[],
  peerHoldings: readonly PeerHolding[],
): readonly Whitespace[] {
  const held = new Set(holdings.map(keyOf));
  const items = peerHoldings.flatMap((peer): Whitespace[] => {
    const { peers, holders, meanValueMinor } = peer;
    if (peers < FEWEST_PEERS || holders === 0 || held.has(keyOf(peer))) return [];
    const expected = roundedQuotient(BigInt(holders) * BigInt(meanValueMinor), BigInt(peers));
    const holdingBasisPoints = basisPointsOf(BigInt(holders), BigInt(peers)) ?? 0;
    return [{ ...peer, holdingBasisPoints, expectedMinor: Number(expected) }];
  });
  return items.sort(
    (a, b) =>
      b.expectedMinor - a.expectedMinor ||
      b.holdingBasisPoints - a.holdingBasisPoints ||
      compareOfferings(a, b),
  );
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
