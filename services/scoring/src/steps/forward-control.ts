import type { CustomerState, TenantContext } from '@bellwether/domain';
import {
  type CensusMark,
  type ContextRecord,
  type ControlRecord,
  type FeedsMark,
  PORTFOLIO_CUSTOMER_ID,
  type PortfolioContribution,
} from '@bellwether/events';
import type { Output, StepResult } from '@bellwether/stream';
import type { ScoringOutput } from './scoring-output.ts';

type FeedsRecord = Extract<ContextRecord, { readonly item: 'feeds' }>;

interface ControlWork {
  readonly control: ControlRecord;
  readonly context: TenantContext;
  readonly partition: number;
  readonly offset: number;
  /** Of customer-events. */
  readonly partitions: number;
}

/**
 * Days and minutes go on to the same-numbered partition of customer-changes once all before them is done; that a day is
 * counted and how the feeds of a tenant do goes to its portfolio.
 */
export function forwardControl(work: ControlWork): StepResult<CustomerState, ScoringOutput> {
  const { control, context, partition } = work;
  const outputs: Output<ScoringOutput>[] = [];
  // An older day than the present one was ignored, so it is not told on either.
  if (control.kind === 'day' && control.day === context.day) {
    outputs.push({ output: 'changes', key: control.tenant, partition, value: control });
    const { startsAt, receivedAt, historical } = control;
    if (control.isCounted) outputs.push(censusMark({ startsAt, receivedAt, historical }, work));
  }
  if (control.kind === 'review' && control.isCounted) {
    const mark = { startsAt: context.dayStartsAt, receivedAt: control.receivedAt };
    outputs.push(censusMark({ ...mark, historical: context.settings.clock === 'importing' }, work));
  }
  // Every partition is told the same: the first one tells it on.
  if (control.kind === 'context' && control.item === 'feeds' && partition === 0)
    outputs.push(feedsMark(control, work));
  if (control.kind === 'minute') outputs.push({ output: 'changes', key: '', partition, value: control });
  return { kind: 'ok', state: undefined, outputs };
}

/** Everything that this partition has added to the portfolio so far stands before this mark. */
function censusMark(moment: Moment, work: ControlWork): Output<ScoringOutput> {
  const { context, partitions } = work;
  return markOf(moment, work, { countedDay: context.day ?? 0, partitions });
}

/**
 * How the feeds of the tenant do. What is told of a history holds for a day that has yet to begin: it is dated by the
 * one before.
 */
function feedsMark({ version, value, receivedAt }: FeedsRecord, work: ControlWork): Output<ScoringOutput> {
  const { settings, dayStartsAt } = work.context;
  const historical = settings.clock === 'importing';
  const startsAt = historical ? dayStartsAt : Math.max(dayStartsAt, receivedAt);
  return markOf({ startsAt, receivedAt, historical }, work, { feeds: { version, statuses: value } });
}

interface Moment {
  readonly startsAt: number;
  readonly receivedAt: number;
  readonly historical: boolean;
}

/** A contribution of nobody. */
function markOf(
  { startsAt, receivedAt, historical }: Moment,
  { control, context, partition, offset }: ControlWork,
  mark: CensusMark | FeedsMark,
): Output<ScoringOutput> {
  const tenant = control.kind === 'minute' ? '' : control.tenant;
  const value: PortfolioContribution = {
    kind: 'contribution',
    tenant,
    customerId: PORTFOLIO_CUSTOMER_ID,
    currency: context.settings.currency,
    before: null,
    after: null,
    asOf: startsAt,
    knownAt: receivedAt,
    historical,
    position: { partition, offset, step: 0 },
    ...mark,
  };
  return { output: 'contributions', key: tenant, value };
}
