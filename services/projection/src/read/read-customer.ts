import { customerKey, DAY_MS } from '@bellwether/events';
import { countsWithOthers, mergedCustomer, unknown } from '../api/problem.ts';
import type { RouteDeps } from '../api/route-deps.ts';
import type { Alert, CustomerDetail } from '../api/schemas.ts';
import { COLLECTIONS, ENTRIES } from '../collections.ts';
import { buildAgreementTree } from '../steps/build-agreement-tree.ts';
import { complexityPartsOf, healthOf, profileOf, rfmOf } from '../steps/build-detail.ts';
import { compareHealth } from '../steps/compare-health.ts';
import type { AlertDocument } from '../steps/fold-alert.ts';
import type { CustomerScores } from '../steps/fold-change.ts';
import type { ChangeEntry } from '../steps/make-change-entries.ts';
import { presentActionItems } from '../steps/present-action-items.ts';
import { summariseCustomer } from '../steps/summarise-customer.ts';
import { traceScore } from '../steps/trace-score.ts';
import { customerRow } from './customer-table.ts';
import { localDay } from './local-day.ts';
import { instant, presentAlert } from './present-alert.ts';
import { presentScores, presentSituations } from './present-scores.ts';
import { newestEntries } from './read-entries.ts';
import { readMergedCard } from './read-merged-card.ts';
import type { TableRow } from './table-row.ts';
import type { TenantView } from './tenant-view.ts';

/** How far back the summary looks. */
const SUMMARY_DAYS = 30;
const MOST_CHANGES = 1_000;
const MOST_ALERTS = 200;

/** The row of a customer. @throws ProblemError 404 */
export async function findRow(deps: RouteDeps, view: TenantView, customerId: string): Promise<TableRow> {
  const table = await deps.tables.of(view);
  const row = table.row(customerId);
  if (row) return row;
  const partner = table.partnerOf(customerId);
  throw partner === undefined ? unknown('customer', customerId) : mergedCustomer(customerId, partner);
}

/** Passes for a customer with a history, also where it counts with another one (N23). @throws ProblemError 404 */
export async function mustBeKnown(deps: RouteDeps, view: TenantView, customerId: string): Promise<void> {
  const table = await deps.tables.of(view);
  if (table.partnerOf(customerId) === undefined) await findRow(deps, view, customerId);
}

/**
 * Passes for a customer whose own events are all that its scores are made of, so that they can be gone through again.
 * @throws ProblemError 404, and 409 where others were merged into it (N23)
 */
export async function mustCountAlone(deps: RouteDeps, view: TenantView, customerId: string): Promise<void> {
  await findRow(deps, view, customerId);
  const [, ...members] = (await deps.tables.of(view)).withMembers(customerId);
  if (members.length > 0) throw countsWithOthers(customerId);
}

/** Everything about one customer. @throws ProblemError 404 */
export async function readCustomer(
  deps: RouteDeps,
  view: TenantView,
  customerId: string,
): Promise<CustomerDetail> {
  const { readModels } = deps;
  const key = customerKey(view.tenant, customerId);
  const row = customerRow(await findRow(deps, view, customerId));
  const customers = (await deps.tables.of(view)).withMembers(customerId);
  const card = await readMergedCard(readModels, view.tenant, customers);
  const scores = await readModels.get<CustomerScores>(COLLECTIONS.customers, key);
  const { today, settings } = view;
  return {
    ...row,
    summary: await summaryOf(deps, view, { key, scores }),
    ...profileOf(card),
    sequence: scores?.sequence ?? 0,
    asOf: scores ? instant(scores.asOf) : null,
    health: healthOf(scores),
    rfm: rfmOf(scores, today),
    complexityParts: complexityPartsOf(scores),
    scores: presentScores(scores),
    situations: presentSituations(scores),
    agreementTree: buildAgreementTree(card?.agreements ?? [], today, settings.currency),
    actionItems: presentActionItems(
      (card?.actionItems ?? []).map(({ told: [item] }) => item),
      today,
    ),
    alerts: await alertsOf(deps, view.tenant, { customerId, name: row.name }),
  };
}

async function alertsOf(
  { readModels }: RouteDeps,
  tenant: string,
  customer: { readonly customerId: string; readonly name: string | null },
): Promise<Alert[]> {
  const rows = await readModels.find<AlertDocument>(COLLECTIONS.alerts, {
    group: tenant,
    filter: { customerId: { $eq: customer.customerId } },
    sort: [['raisedAt', -1]],
    limit: MOST_ALERTS,
  });
  return rows.map(({ state }) => presentAlert(state, customer.name));
}

async function summaryOf(
  { readModels }: RouteDeps,
  { today, settings }: TenantView,
  customer: { readonly key: string; readonly scores: CustomerScores | undefined },
): Promise<string> {
  const { key, scores } = customer;
  const fromDay = today - SUMMARY_DAYS;
  const dayOf = (timeMs: number) => localDay(timeMs, settings.timeZone);
  const recent: ChangeEntry[] = [];
  if (scores && scores.health !== null) {
    const from = { collection: ENTRIES.changes, group: key };
    for await (const { value } of newestEntries<ChangeEntry>(readModels, from, MOST_CHANGES)) {
      recent.push(value);
      const isHealth = value.changes.some(({ type }) => type === 'score.health.changed');
      if (isHealth && value.asOf < (fromDay - 1) * DAY_MS) break;
    }
  }
  const { before, moves } = compareHealth(traceScore(recent, 'health'), { fromDay, dayOf });
  return summariseCustomer({
    today,
    health: scores?.health ?? null,
    before,
    moves,
    missing: scores?.missing ?? [],
    coverage: scores?.coverage ?? 0,
    valueMinor: scores?.valueMinor ?? 0,
    currency: settings.currency,
  });
}
