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
  'risk.below-target.raised': ['below-target', 'raise'],
  'risk.below-target.cleared': ['below-target', 'resolve'],
  'risk.early-warning.raised': ['early-warning', 'raise'],
  'risk.early-warning.cleared': ['early-warning', 'resolve'],
  'opportunity.cross-sell.raised': ['cross-sell', 'raise'],
  'opportunity.cross-sell.withdrawn': ['cross-sell', 'resolve'],
  'opportunity.upsell.raised': ['upsell', 'raise'],
  'opportunity.upsell.withdrawn': ['upsell', 'resolve'],
  'opportunity.win-back.raised': ['win-back', 'raise'],
  'opportunity.win-back.withdrawn': ['win-back', 'resolve'],
  'opportunity.advocacy.raised': ['advocacy', 'raise'],
  'opportunity.advocacy.withdrawn': ['advocacy', 'resolve'],
  'program.first-year.raised': ['first-year', 'raise'],
  'program.first-year.withdrawn': ['first-year', 'resolve'],
  'review.qbr-due.raised': ['qbr-due', 'raise'],
  'review.qbr-due.settled': ['qbr-due', 'resolve'],
  'renewal.due': ['renewal', 'raise'],
  'renewal.settled': ['renewal', 'resolve'],
  'portfolio.concentration.raised': ['concentration', 'raise'],
  'portfolio.concentration.cleared': ['concentration', 'resolve'],
};

/** Of rules whose situations are all of one severity. */
const SEVERITIES: { readonly [R in Exclude<AlertRule, 'concentration' | 'renewal'>]: Signal['severity'] } = {
  'at-risk': 'high',
  'below-target': 'medium',
  'early-warning': 'medium',
  'cross-sell': 'low',
  upsell: 'low',
  'win-back': 'low',
  advocacy: 'low',
  'first-year': 'low',
  'qbr-due': 'medium',
};

/** Within these days a renewal alert is of high, or of medium severity: it grows as the date comes near (N18). */
const HIGH_WITHIN_DAYS = 30;
const MEDIUM_WITHIN_DAYS = 90;

/** The situation that ends those of a rule. */
export function endOf(rule: AlertRule): SituationType {
  const types = Object.keys(STEPS) as SituationType[];
  const end = types.find((type) => STEPS[type][0] === rule && STEPS[type][1] === 'resolve');
  if (end === undefined) throw new RangeError(`no situation ends those of ${rule}`);
  return end;
}

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
  if (rule === 'concentration') return code === 'hhi-high' ? 'high' : 'medium';
  if (rule !== 'renewal') return SEVERITIES[rule];
  if (daysBefore === undefined || daysBefore <= HIGH_WITHIN_DAYS) return 'high';
  return daysBefore <= MEDIUM_WITHIN_DAYS ? 'medium' : 'low';
}
