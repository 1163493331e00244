import type { AlertRecord, AlertRule, Change, SituationChange, SituationType } from '@bellwether/events';
import { anchoredSeverity } from '../warnings/renewal-anchor.ts';
import type { Detector } from '../warnings/sign.ts';

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
  'renewal.call-due.raised': ['call-due', 'raise'],
  'renewal.call-due.settled': ['call-due', 'resolve'],
  'feedback.loop-overdue.raised': ['loop-overdue', 'raise'],
  'feedback.loop-overdue.settled': ['loop-overdue', 'resolve'],
  'portfolio.concentration.raised': ['concentration', 'raise'],
  'portfolio.concentration.cleared': ['concentration', 'resolve'],
  'data-quality.source-silent.raised': ['source-silent', 'raise'],
  'data-quality.source-silent.cleared': ['source-silent', 'resolve'],
};

/** In itself, with no decision of the customer in view. */
const SEVERITIES: { readonly [R in Exclude<AlertRule, 'concentration'>]: Signal['severity'] } = {
  'at-risk': 'high',
  'below-target': 'medium',
  'early-warning': 'low',
  'cross-sell': 'low',
  upsell: 'low',
  'win-back': 'low',
  advocacy: 'low',
  'first-year': 'low',
  'qbr-due': 'medium',
  renewal: 'low',
  'call-due': 'low',
  'loop-overdue': 'medium',
  'source-silent': 'medium',
};

/** Rules whose situations grow graver as the day by which the customer decides comes near (N18). */
const ANCHORED: readonly AlertRule[] = ['at-risk', 'early-warning', 'renewal', 'call-due'];
/** A sign of the first year is one of a customer who is worth more (S84). */
const FIRST_YEAR_CAUSE: Detector = 'first-year-health';

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

function severityOf(rule: AlertRule, { cause, code, daysBefore }: SituationChange): Signal['severity'] {
  if (rule === 'concentration') return code === 'hhi-high' ? 'high' : 'medium';
  const severity = cause === FIRST_YEAR_CAUSE ? 'medium' : SEVERITIES[rule];
  return ANCHORED.includes(rule) ? anchoredSeverity(severity, daysBefore ?? null) : severity;
}
