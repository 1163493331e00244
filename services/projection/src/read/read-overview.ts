import { DAY_MS, FEEDS, formatDay } from '@bellwether/events';
import type { RouteDeps } from '../api/route-deps.ts';
import type { Overview } from '../api/schemas.ts';
import { COLLECTIONS, ENTRIES } from '../collections.ts';
import type { AlertDocument, AlertTransition } from '../steps/fold-alert.ts';
import type { BandMove } from '../steps/make-change-entries.ts';
import { sumBandMoves } from '../steps/sum-band-moves.ts';
import { renewalsByMonth, summarisePortfolio } from '../steps/summarise-portfolio.ts';
import { instant } from './present-alert.ts';
import { readAccounting } from './read-accounting.ts';
import { entriesSince } from './read-entries.ts';
import type { TenantView } from './tenant-view.ts';

const USUAL_SINCE_DAYS = 7;
/** Most moves and transitions that are looked through; more than that is not news but an import. */
const MOST_ENTRIES = 20_000;

/** What changed since the instant `since` (epoch ms), and what needs attention. */
export async function readOverview(
  deps: RouteDeps,
  view: TenantView,
  since: number | undefined,
): Promise<Overview> {
  const { readModels } = deps;
  const from = since ?? (view.day === null ? deps.now() : view.dayStartsAt) - USUAL_SINCE_DAYS * DAY_MS;
  const news = await readNews(deps, view.tenant, from);
  const openAlerts = await countOpenAlerts(deps, view.tenant);
  const { quarantined, inFlight } = await readAccounting(readModels, view.tenant);
  const table = await deps.tables.of(view);
  const rows = table.inOrder('value', 'desc');
  const { medianCoverage, ...summary } = summarisePortfolio(rows);
  return {
    asOf: view.day === null ? null : formatDay(view.day),
    currency: view.settings.currency,
    ...summary,
    renewals: renewalsByMonth(rows, view.today, (day) => formatDay(day).slice(0, 7)),
    openAlerts,
    since: { from: instant(from), ...news },
    data: { feeds: feedsOf(view), quarantined, inFlight, medianCoverage },
  };
}

async function readNews({ readModels }: RouteDeps, tenant: string, order: number) {
  const transitions = await entriesSince<AlertTransition>(
    readModels,
    { collection: ENTRIES.alertTransitions, group: tenant, order },
    MOST_ENTRIES,
  );
  const moves = await entriesSince<BandMove>(
    readModels,
    { collection: ENTRIES.bandMoves, group: tenant, order },
    MOST_ENTRIES,
  );
  return {
    alertsRaised: transitions.filter(({ begins }) => begins).length,
    alertsResolved: transitions.filter(({ state }) => state === 'resolved').length,
    bandMoves: sumBandMoves(moves),
  };
}

async function countOpenAlerts({ readModels }: RouteDeps, tenant: string): Promise<Overview['openAlerts']> {
  const open = { open: { $eq: true } };
  const count = (severity: AlertDocument['severity']) =>
    readModels.count(COLLECTIONS.alerts, tenant, { ...open, severity: { $eq: severity } });
  return { high: await count('high'), medium: await count('medium'), low: await count('low') };
}

/**
 * Every feed there is: one that never delivered anything is `absent`. The day that comes with a status is the newest of
 * the feed when that status was told; while a feed goes on it is soon an old one, so only a stopped feed's is shown.
 */
function feedsOf({ feeds }: TenantView): Overview['data']['feeds'] {
  return FEEDS.map((feed) => {
    const known = feeds[feed];
    if (!known) return { feed, status: 'absent', lastDate: null };
    const lastDate = known.status === 'stale' ? formatDay(known.lastDay) : null;
    return { feed, status: known.status, lastDate };
  });
}
