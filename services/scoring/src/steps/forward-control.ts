import type { CustomerState, TenantContext } from '@bellwether/domain';
import { type ControlRecord, PORTFOLIO_CUSTOMER_ID, type PortfolioContribution } from '@bellwether/events';
import type { Output, StepResult } from '@bellwether/stream';
import type { ScoringOutput } from './scoring-output.ts';

interface ControlWork {
  readonly control: ControlRecord;
  readonly context: TenantContext;
  readonly partition: number;
  readonly offset: number;
  /** Of customer-events. */
  readonly partitions: number;
}

/** Days and minutes go on to the same-numbered partition of customer-changes once all before them is done. */
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
  if (control.kind === 'minute') outputs.push({ output: 'changes', key: '', partition, value: control });
  return { kind: 'ok', state: undefined, outputs };
}

/** Everything that this partition has added to the portfolio so far stands before this mark. */
function censusMark(
  moment: { readonly startsAt: number; readonly receivedAt: number; readonly historical: boolean },
  { control, context, partition, offset, partitions }: ControlWork,
): Output<ScoringOutput> {
  const tenant = control.kind === 'minute' ? '' : control.tenant;
  const value: PortfolioContribution = {
    kind: 'contribution',
    tenant,
    customerId: PORTFOLIO_CUSTOMER_ID,
    currency: context.settings.currency,
    before: null,
    after: null,
    asOf: moment.startsAt,
    knownAt: moment.receivedAt,
    historical: moment.historical,
    position: { partition, offset, step: 0 },
    countedDay: context.day ?? 0,
    partitions,
  };
  return { output: 'contributions', key: tenant, value };
}
