import type { CustomerState } from '@bellwether/domain';
import {
  type ControlRecord,
  type DayRecord,
  PORTFOLIO_CUSTOMER_ID,
  type PortfolioContribution,
} from '@bellwether/events';
import type { Output, StepResult } from '@bellwether/stream';
import type { TenantContext } from '../tenant-context.ts';
import type { ScoringOutput } from './scoring-output.ts';

/** Days and minutes go on to the same-numbered partition of customer-changes once all before them is done. */
export function forwardControl(work: {
  readonly control: ControlRecord;
  readonly context: TenantContext;
  readonly partition: number;
  readonly offset: number;
  /** Of customer-events. */
  readonly partitions: number;
}): StepResult<CustomerState, ScoringOutput> {
  const { control, context, partition } = work;
  const outputs: Output<ScoringOutput>[] = [];
  // An older day than the present one was ignored, so it is not told on either.
  if (control.kind === 'day' && control.day === context.day) {
    outputs.push({ output: 'changes', key: control.tenant, partition, value: control });
    if (control.isCounted) outputs.push(censusMark(control, work));
  }
  if (control.kind === 'minute') outputs.push({ output: 'changes', key: '', partition, value: control });
  return { kind: 'ok', state: undefined, outputs };
}

/** Everything that this partition adds to the portfolio before the day stands before this mark. */
function censusMark(
  { tenant, day, startsAt, receivedAt, historical }: DayRecord,
  place: {
    readonly context: TenantContext;
    readonly partition: number;
    readonly offset: number;
    readonly partitions: number;
  },
): Output<ScoringOutput> {
  const { context, partition, offset, partitions } = place;
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
    countedDay: day,
    partitions,
  };
  return { output: 'contributions', key: tenant, value };
}
