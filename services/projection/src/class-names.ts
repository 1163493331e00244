import {
  type ChurnBand,
  type ComparedSegment,
  type Dimension,
  ENGAGEMENT_MODELS,
  type EngagementModel,
  type RfmSegment,
  type Segment,
  SIZE_BANDS,
  UNKNOWN,
  VALUE_TIERS,
} from '@bellwether/domain';

/** All names of a class: one that is missing or wrong does not compile. */
function namesOf<Name extends string>(names: { readonly [N in Name]: true }): readonly Name[] {
  return Object.keys(names) as Name[];
}

export const SEGMENTS = namesOf<Segment>({ enterprise: true, smb: true });
export const CHURN_BANDS = namesOf<ChurnBand>({
  high: true,
  medium: true,
  low: true,
  'not-scorable': true,
  ended: true,
});
export const RFM_SEGMENTS = namesOf<RfmSegment>({
  champions: true,
  loyal: true,
  'potential-loyalist': true,
  new: true,
  promising: true,
  'need-attention': true,
  'about-to-sleep': true,
  'at-risk': true,
  'cant-lose': true,
  hibernating: true,
  lost: true,
});
export const ENGAGEMENT_MODEL_NAMES = Object.keys(ENGAGEMENT_MODELS) as EngagementModel[];
export const HEALTH_BANDS = ['healthy', 'needs-attention', 'at-risk', 'not-scorable'] as const;
const COMPARED = namesOf<ComparedSegment | 'other'>({
  'high-value-enterprise': true,
  'basic-tier': true,
  other: true,
});

/** Names of the dimensions that customers are compared by; all but these take any name. `unknown` is one of each. */
export const NAMES_BY_DIMENSION: { readonly [D in Dimension]?: readonly string[] } = {
  segment: [...SEGMENTS, UNKNOWN],
  valueTier: [...VALUE_TIERS, UNKNOWN],
  comparedSegment: [...COMPARED, UNKNOWN],
  sizeBand: [...SIZE_BANDS, UNKNOWN],
  engagementModel: [...ENGAGEMENT_MODEL_NAMES, UNKNOWN],
  healthBand: [...HEALTH_BANDS, UNKNOWN],
  churnBand: [...CHURN_BANDS, UNKNOWN],
};

/** The name as one of a class; null where none was told, or one that this version does not know. */
export function nameIn<Name extends string>(
  names: readonly Name[],
  told: string | null | undefined,
): Name | null {
  return names.find((name) => name === told) ?? null;
}
