export * from './agreements/agreement-state.ts';
export * from './agreements/agreement-status.ts';
export {
  type AgreementEvolution,
  evolveAgreement,
  evolveAgreements,
  indexOfAgreement,
} from './agreements/evolve-agreements.ts';
export * from './alerts/alerts-state.ts';
export { type AlertsEvolution, evolveAlerts } from './alerts/evolve-alerts.ts';
export { type Complexity, type ComplexityBand, complexityOf } from './complexity/decide-complexity.ts';
export { currencyFault } from './customer/currency-fault.ts';
export { currentOf } from './customer/current-of.ts';
export * from './customer/customer-state.ts';
export { type CustomerDecision, decideCustomer } from './customer/decide-customer.ts';
export * from './customer/decide-input.ts';
export { type CustomerEvolution, evolveCustomer } from './customer/evolve-customer.ts';
export { featuresOf } from './customer/features-of.ts';
export * from './customer/profile.ts';
export { RECENT_COUNT, RECENT_DAYS, type RecentIds } from './customer/recent-ids.ts';
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
export type { LostSignal, PublishedHealth, PublishedSignal } from './health/published-health.ts';
export {
  type HealthContext,
  type HealthScore,
  type HealthSignal,
  scoreHealth,
} from './health/score-health.ts';
export { type LtvTotals, ltvTotalsOf, ltvValueOf } from './ltv/decide-ltv.ts';
export { CS_FRAMEWORK } from './models/cs-framework.ts';
export * from './models/model-pack.ts';
export { apportion } from './money/apportion.ts';
export { formatMinor } from './money/format-minor.ts';
export { type CrossSell, type CrossSellCode, crossSellOf } from './opportunities/cross-sell.ts';
export * from './portfolio/concentration.ts';
export { decidePortfolio, type PortfolioDecision } from './portfolio/decide-portfolio.ts';
export { currentOfPortfolio } from './portfolio/portfolio-current.ts';
export * from './portfolio/portfolio-head.ts';
export { dueDayOf, nextRenewalDay, noticeDayOf, RENEWAL_CHECKPOINTS } from './renewals/renewal-days.ts';
export { nextRfmDay, RFM_WINDOW_DAYS, type RfmParts, rfmPartsOf } from './rfm/decide-rfm.ts';
export { evolvePayments } from './rfm/evolve-payments.ts';
export * from './rfm/payments-state.ts';
export { evolveSignals, type SignalsEvolution } from './signals/evolve-signals.ts';
export { nextSignalDay } from './signals/next-signal-day.ts';
export { initialSignals, type SignalState } from './signals/state.ts';
