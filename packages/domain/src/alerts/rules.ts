import type { AlertRecord, AlertRule, Change, SituationChange, SituationType } from '@bellwether/events';

/** What a situation means to the alerts of its customer. */
export interface Signal {
  readonly rule: AlertRule;
  readonly step: 'raise' | 'resolve';
  readonly severity: AlertRecord['severity'];
}

const STEPS: { readonly [T in SituationType]: readonly [rule: AlertRule, step: Signal['step']] } = {
  'risk.at-risk.raised': ['at-risk', 'raise'],
  'risk.at-risk.cleared': ['at-risk', 'resolve'],
  'opportunity.cross-sell.raised': ['cross-sell', 'raise'],
  'opportunity.cross-sell.withdrawn': ['cross-sell', 'resolve'],
  'renewal.due': ['renewal', 'raise'],
  'renewal.settled': ['renewal', 'resolve'],
  'portfolio.concentration.raised': ['concentration', 'raise'],
  'portfolio.concentration.cleared': ['concentration', 'resolve'],
};

/** Within these days a renewal alert is of high, or of medium severity: it grows as the date comes near (N18). */
const HIGH_WITHIN_DAYS = 30;
const MEDIUM_WITHIN_DAYS = 90;

/** True for the changes that alerts are made from; score changes are not. */
export function isSituation(change: Change): change is SituationChange {
  return Object.hasOwn(STEPS, change.type);
}

/** The rule, step and severity of a situation. */
export function signalOf(situation: SituationChange): Signal {
  const [rule, step] = STEPS[situation.type];
  return { rule, step, severity: severityOf(rule, situation) };
}

function severityOf(rule: AlertRule, { daysBefore, code }: SituationChange): Signal['severity'] {
  if (rule === 'at-risk') return 'high';
  if (rule === 'cross-sell') return 'low';
  if (rule === 'concentration') return code === 'hhi-high' ? 'high' : 'medium';
  if (daysBefore === undefined || daysBefore <= HIGH_WITHIN_DAYS) return 'high';
  return daysBefore <= MEDIUM_WITHIN_DAYS ? 'medium' : 'low';
}
