import { DAY_MS } from '@bellwether/events';
import type { DecisionContext } from '../customer/decide-input.ts';
import type { TenantContext } from './tenant-context.ts';

/** The context to decide under; before a tenant's first `day` record the record's own day stands in. */
export function decisionContext(context: TenantContext, fallbackDay: number): DecisionContext {
  const { settings, feeds, findings, models, contextVersion, itemVersions } = context;
  const day = context.day ?? fallbackDay;
  const startsAt = context.day === null ? fallbackDay * DAY_MS : context.dayStartsAt;
  return { day, startsAt, settings, feeds, findings, models, contextVersion, itemVersions };
}
