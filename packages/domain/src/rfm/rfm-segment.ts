/** A score of recency, frequency or monetary value: the fifth of the customers, 5 the best. */
export type Fifth = 1 | 2 | 3 | 4 | 5;

/** Named segments of RFM (S87, D6). */
export type RfmSegment =
  | 'champions'
  | 'loyal'
  | 'potential-loyalist'
  | 'new'
  | 'promising'
  | 'need-attention'
  | 'about-to-sleep'
  | 'at-risk'
  | 'cant-lose'
  | 'hibernating'
  | 'lost';

type Row = readonly [RfmSegment, RfmSegment, RfmSegment, RfmSegment, RfmSegment];

/** By recency score; within it by the mean of frequency and monetary score, 1 to 5. */
const GRID: { readonly [Recency in Fifth]: Row } = {
  5: ['new', 'potential-loyalist', 'potential-loyalist', 'champions', 'champions'],
  4: ['promising', 'potential-loyalist', 'potential-loyalist', 'loyal', 'loyal'],
  3: ['about-to-sleep', 'about-to-sleep', 'need-attention', 'loyal', 'loyal'],
  2: ['hibernating', 'hibernating', 'at-risk', 'at-risk', 'cant-lose'],
  1: ['lost', 'hibernating', 'at-risk', 'at-risk', 'cant-lose'],
};

/**
 * The segment of three scores: a cell of the grid of recency by the mean of frequency and monetary value, halves up.
 * Every cell has exactly one segment.
 */
export function rfmSegmentOf(recency: Fifth, frequency: Fifth, monetary: Fifth): RfmSegment {
  const mean = Math.ceil((frequency + monetary) / 2) as Fifth;
  const row = GRID[recency];
  return row[(mean - 1) as 0 | 1 | 2 | 3 | 4];
}
