import {
  FEWEST_PEERS,
  type Holding,
  type PortfolioRow,
  peerOfferingsOf,
  type Whitespace,
} from '@bellwether/domain';

interface Member {
  readonly portfolioRow: Pick<PortfolioRow, 'segment'>;
  readonly holdings: readonly Holding[];
}

/** Why nothing can be said of what a customer does not hold. */
export type NoWhitespace = 'segment-unknown' | 'too-few-peers';

/** What is held in each segment (S8), or why nothing is told of it. */
export function offeringsBySegment(
  customers: readonly Member[],
): (customer: Member) => readonly Whitespace[] | NoWhitespace {
  const members = Map.groupBy(customers, ({ portfolioRow }) => portfolioRow.segment);
  const offerings = new Map<PortfolioRow['segment'], readonly Whitespace[] | NoWhitespace>();
  for (const [segment, all] of members) {
    if (segment !== null) offerings.set(segment, toldOf(all));
  }
  return ({ portfolioRow: { segment } }) => offerings.get(segment) ?? 'segment-unknown';
}

function toldOf(members: readonly Member[]): readonly Whitespace[] | NoWhitespace {
  return members.length > FEWEST_PEERS
    ? peerOfferingsOf(members.map(({ holdings }) => holdings))
    : 'too-few-peers';
}
