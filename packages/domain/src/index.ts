export * from './agreements/agreement-state.ts';
export * from './agreements/agreement-status.ts';
export {
  type AgreementEvolution,
  evolveAgreements,
} from './agreements/evolve-agreements.ts';
export { mergeAgreements } from './agreements/merge-agreements.ts';
export * from './alerts/alerts-state.ts';
export { type AlertsEvolution, evolveAlerts } from './alerts/evolve-alerts.ts';
export { signalOf } from './alerts/rules.ts';
export type { CensusRow } from './census/census-row.ts';
export { countPortfolio, type JudgedModels, type PortfolioFindings } from './census/count-portfolio.ts';
export { CHURN_WARNINGS } from './churn/churn-record.ts';
export { type ChurnFindings, churnModelIn } from './churn/judge-churn.ts';
export type { ChurnBand } from './churn/score-churn.ts';
export { type Complexity, type ComplexityBand, complexityOf } from './complexity/decide-complexity.ts';
export { decisionContext } from './context/decision-context.ts';
export { evolveTenantContext, initialTenantContext, type TenantContext } from './context/tenant-context.ts';
export { currentOf } from './customer/current-of.ts';
export * from './customer/customer-state.ts';
export { type CustomerDecision, decideCustomer } from './customer/decide-customer.ts';
export { type DecisionContext, inputForMerge, inputForTransfer } from './customer/decide-input.ts';
export { featuresOf } from './customer/features-of.ts';
export { healthFactsOf } from './customer/parts/facts-of.ts';
export * from './customer/profile.ts';
export { RECENT_COUNT, type RecentIds } from './customer/recent-ids.ts';
export { catchUp, reviewDue, takeEvent } from './customer/take-event.ts';
export * from './feeds/feed-statuses.ts';
export {
  type DataGap,
  type DataGaps,
  foldNotice,
  isNotice,
  missingSince,
  NO_GAPS,
  type SourceNotice,
} from './gaps/data-gaps.ts';
export { type Staleness, stalenessOf, staleSince, withMissing } from './gaps/staleness.ts';
export { decideHealth, type HealthDecision, type HealthInput } from './health/decide-health.ts';
export { runGoldenCases } from './health/golden-cases.ts';
export type { HealthFacts } from './health/health-facts.ts';
export { type HealthInputs, healthOf } from './health/health-of.ts';
export type { HealthScore, HealthSignal } from './health/health-score.ts';
export * from './health/health-targets.ts';
export { nextHealthDay } from './health/next-health-day.ts';
export type { LostSignal, PublishedHealth, PublishedSignal } from './health/published-health.ts';
export { JOURNEY_STAGES } from './lifecycle/journey-graph.ts';
export { VALUE_STAGES } from './lifecycle/value-stage-of.ts';
export { type LtvTotals, ltvTotalsOf, ltvValueOf } from './ltv/decide-ltv.ts';
export { countedOf } from './merging/counted.ts';
export { type MembershipEvent, partnerOf } from './merging/membership.ts';
export type { MembershipMove, RefusedMerge } from './merging/settle-membership.ts';
export { takeTransfer } from './merging/take-transfer.ts';
export { isMembershipEvent, tellMembership } from './merging/tell-membership.ts';
export * from './models/model-choice.ts';
export * from './models/model-pack.ts';
export { CRM } from './models/shipped/crm.ts';
export { CS_FRAMEWORK } from './models/shipped/cs-framework.ts';
export { MATTERMOST_2025 } from './models/shipped/mattermost-2025.ts';
export { SHIPPED_PACKS } from './models/shipped-packs.ts';
export { SIGNALS, type SignalKind } from './models/signal-catalogue.ts';
export { SHIPPED_MODELS } from './models/tenant-models.ts';
export { apportion } from './money/apportion.ts';
export { formatMinor } from './money/format-minor.ts';
export { type CrossSell, type CrossSellCode, crossSellOf } from './opportunities/cross-sell.ts';
export { evolveOpportunities, isOpportunityEvent } from './opportunities/evolve-opportunities.ts';
export { type Expansion, expansionOf } from './opportunities/expansion.ts';
export * from './opportunities/expansion-months.ts';
export { type ExpansionPattern, expansionPatternOf } from './opportunities/expansion-pattern.ts';
export { mergeOpportunities } from './opportunities/merge-opportunities.ts';
export type { OpportunityList } from './opportunities/opportunities-state.ts';
export {
  FEWEST_PEERS,
  type Holding,
  holdingsOf,
  peerOfferingsOf,
  type Whitespace,
  whitespaceOf,
} from './opportunities/whitespace.ts';
export { compareValues, greaterOf } from './ordering.ts';
export { ageByTierOf } from './portfolio/age-by-tier.ts';
export * from './portfolio/box-plots.ts';
export { type Buying, summariseBuying } from './portfolio/buying.ts';
export * from './portfolio/co-terminus.ts';
export * from './portfolio/concentration.ts';
export * from './portfolio/customer-months.ts';
export { decidePortfolio, type PortfolioDecision } from './portfolio/decide-portfolio.ts';
export * from './portfolio/diversification.ts';
export { DIMENSIONS, type Dimension, groupsOf } from './portfolio/groups.ts';
export type { HolderShare } from './portfolio/holders.ts';
export * from './portfolio/key-accounts.ts';
export * from './portfolio/kpi-definitions.ts';
export * from './portfolio/kpi-months.ts';
export * from './portfolio/kpi-snapshot.ts';
export * from './portfolio/kpis.ts';
export * from './portfolio/model-diff.ts';
export { MONTHS_KEPT, type MonthTelling, withTelling } from './portfolio/month-course.ts';
export { epochMonthNamed, epochMonthOf, monthNamed, monthOf, quarterOf } from './portfolio/months.ts';
export { npsByTier } from './portfolio/nps.ts';
export { concentrationByParent, resolveParents } from './portfolio/parents.ts';
export { currentOfPortfolio } from './portfolio/portfolio-current.ts';
export * from './portfolio/portfolio-head.ts';
export {
  type PortfolioRow,
  type RenewalRow,
  RISKS,
  type Risk,
  riskOf,
  UNKNOWN,
} from './portfolio/portfolio-row.ts';
export * from './portfolio/renewal-wall.ts';
export * from './portfolio/risk-matrix.ts';
export * from './portfolio/segment-comparison.ts';
export * from './portfolio/stress.ts';
export { touchpointMeasuresOf } from './portfolio/touchpoint-measures.ts';
export * from './portfolio/value-complexity.ts';
export * from './portfolio/value-quarters.ts';
export * from './portfolio/value-risk.ts';
export {
  ACTION_STATES,
  type ActionItem,
  type ActionState,
  actionStateOf,
  evolveActionItems,
  mergeActionItems,
  type StampedItem,
} from './relationship/action-items.ts';
export { type Path, type PathPattern, pathOf, pathPatternsOf, pathText } from './relationship/path-of.ts';
export { dueDayOf, nextRenewalDay, noticeDayOf, RENEWAL_CHECKPOINTS } from './renewals/renewal-days.ts';
export { type AsKnown, recordsAsKnown } from './retrospect/records-as-known.ts';
export { Retrospect, type RetrospectRecord } from './retrospect/retrospect.ts';
export { packOf, supposeOf } from './retrospect/what-if.ts';
export { evolvePayments } from './rfm/evolve-payments.ts';
export * from './rfm/payments-state.ts';
export { nextRfmDay, RFM_WINDOW_DAYS, type RfmParts, rfmPartsOf } from './rfm/rfm-parts.ts';
export type { RfmSegment } from './rfm/rfm-segment.ts';
export { evolveSurvey, type SurveyEvent, surveyFaults } from './signals/evolve-feedback.ts';
export { evolveSignals, type SignalsEvolution } from './signals/evolve-signals.ts';
export { initialSignals, type SignalState } from './signals/state.ts';
export { isLater, type Written } from './signals/written.ts';
export { basisPointsOf, publishable } from './statistics/exact.ts';
export { fiveNumbersOf, inOrder } from './statistics/quantiles.ts';
export {
  ADVISORY_BOARD,
  type AdvisoryCandidate,
  type AdvisoryRow,
  advisoryBoardOf,
} from './tier/advisory-board.ts';
export { ENGAGEMENT_MODELS, type EngagementModel } from './tier/engagement-model.ts';
export { SIZE_BANDS, type SizeBand } from './tier/size-band.ts';
export { type ComparedSegment, type Segment, VALUE_TIERS, type ValueTier } from './tier/value-tier.ts';
export { LEAST_DECIDED, type RevenueFindings } from './value/judge-revenue.ts';
export { HOUR_MINOR, HOURS_PER_YEAR, type Roi, type RoiInput, roiOf } from './value/roi.ts';
