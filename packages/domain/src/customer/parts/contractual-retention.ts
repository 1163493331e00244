import { isActiveStatus, lastDayOf, type Standing } from '../../agreements/agreement-status.ts';
import { CHURN_HORIZON_DAYS, type ContractualRetention } from '../../churn/churn-terms.ts';
import { ONE } from '../../churn/logistic.ts';
import { survival } from '../../predictive/shifted-beta-geometric.ts';
import { dueDayOf } from '../../renewals/renewal-days.ts';
import type { Scene } from './part.ts';

/**
 * What the tenant's own renewals say of the agreement that must be decided next (D8, N10): the share of those of its
 * age that are still there when the renewals of the next 365 days have been decided. Null where no model was fitted, or
 * no agreement comes up.
 */
export function contractualRetentionOf(scene: Scene): ContractualRetention | null {
  const model = scene.context.findings?.predictive.shiftedBetaGeometric;
  const next = nextDecided(scene.standings(), scene.context.day);
  if (!model || next === null) return null;
  const { amendments } = next.standing.agreement;
  const survived = amendments.filter(({ kind }) => kind === 'renewed').length;
  const share = survival(model, survived + renewalsAhead(next)) / survival(model, survived);
  return { retentionBasisPoints: Math.round(ONE * share) };
}

interface Decided {
  readonly standing: Standing;
  readonly dueDay: number;
}

function nextDecided(standings: readonly Standing[], today: number): Decided | null {
  let next: Decided | null = null;
  for (const standing of standings) {
    if (!isActiveStatus(standing.status)) continue;
    const dueDay = dueDayOf(standing.agreement.terms, today);
    if (dueDay !== null && (next === null || dueDay < next.dueDay)) next = { standing, dueDay };
  }
  return next;
}

/** A term whose length is not known is taken for a year: it comes up once. */
function renewalsAhead({ standing: { agreement } }: Decided): number {
  const { renewalTermMonths, startDay } = agreement.terms;
  const lastDay = lastDayOf(agreement.terms);
  const termDays =
    renewalTermMonths !== null && renewalTermMonths > 0
      ? (renewalTermMonths * 487) / 16
      : startDay !== null && lastDay !== null
        ? lastDay - startDay + 1
        : CHURN_HORIZON_DAYS;
  return Math.max(1, Math.floor(CHURN_HORIZON_DAYS / Math.max(1, termDays)));
}
