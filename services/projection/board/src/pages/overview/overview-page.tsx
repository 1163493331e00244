import { useEffect, useState } from 'preact/hooks';
import type { Overview } from '../../../../src/api/schemas.ts';
import { HealthDistribution } from '../../charts/distribution.tsx';
import { Renewals } from '../../charts/renewals.tsx';
import { apiUrl } from '../../lib/api.ts';
import { count, percent, plural } from '../../lib/format.ts';
import { useLiveReload } from '../../lib/live.ts';
import { useResource } from '../../lib/resource.ts';
import { hrefOf } from '../../lib/router.ts';
import { tenantNowMs, useTenant } from '../../lib/tenant-context.ts';
import { lastVisitMs, markVisit } from '../../lib/visits.ts';
import { Unknown } from '../../parts/marks.tsx';
import { Figure, Panel } from '../../parts/panel.tsx';
import { Empty, ImportHint, Loaded } from '../../parts/states.tsx';
import { Live, Money } from '../../parts/values.tsx';
import { BandTable } from './band-table.tsx';
import { DataHealth } from './data-health.tsx';
import { SinceStrip } from './since-strip.tsx';

const DAY_MS = 86_400_000;
const SPANS: Record<string, number> = { day: 1, week: 7, month: 30, quarter: 90 };

/**
 * Start of the comparison, epoch ms: the chosen span, or the last visit; a first visit shows a week, a frozen tenant 30
 * days.
 */
function useSince(choice: string | null): { readonly fromMs: number; readonly choice: string } {
  const tenant = useTenant();
  const [wallMs] = useState(() => Date.now());
  // The present of a tenant that is being imported moves with its data.
  const openedMs = tenantNowMs(tenant, wallMs);
  useEffect(() => {
    const leave = () => markVisit(tenant.tenant, Date.now());
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  }, [tenant.tenant]);
  const visitMs = tenant.clock === 'frozen' ? null : lastVisitMs(tenant.tenant, openedMs);
  const fallback = tenant.clock === 'frozen' ? 'month' : 'week';
  const days = SPANS[choice ?? ''] ?? (visitMs === null ? SPANS[fallback] : undefined);
  if (days === undefined) return { fromMs: visitMs ?? openedMs, choice: 'visit' };
  const chosen = Object.keys(SPANS).find((name) => SPANS[name] === days) ?? fallback;
  return { fromMs: openedMs - days * DAY_MS, choice: chosen };
}

function ValueAtRisk(props: { readonly data: Overview }) {
  const { data } = props;
  const tenant = useTenant();
  const share = data.totalMinor > 0 ? (data.valueAtRiskMinor / data.totalMinor) * 100 : 0;
  if (data.bands['not-scorable'].count === data.customers) {
    return (
      <>
        <p class="headline">
          <Unknown />
        </p>
        <p class="grey">Too little is known about every customer to score one.</p>
      </>
    );
  }
  return (
    <>
      <p class="headline">
        <a href={hrefOf(tenant.tenant, 'customers', { atRisk: 'true', sort: 'value' })}>
          <Live of="value-at-risk" value={data.valueAtRiskMinor}>
            <Money valueMinor={data.valueAtRiskMinor} currency={data.currency} unit />
          </Live>
        </a>
      </p>
      <p class="grey">
        {percent(share)} of <Money valueMinor={data.totalMinor} currency={data.currency} unit />
      </p>
    </>
  );
}

function AtRisk(props: { readonly data: Overview }) {
  const { data } = props;
  const tenant = useTenant();
  const open = data.openAlerts;
  return (
    <Panel
      title="Value at risk"
      aside={
        <span class="grey" title="Raised below 50 points, recovered from 55 on">
          raised and not yet recovered
        </span>
      }
    >
      <ValueAtRisk data={data} />
      <dl class="figures">
        {(['high', 'medium', 'low'] as const).map((severity) => (
          <Figure key={severity} name={`Open, ${severity}`}>
            <a href={hrefOf(tenant.tenant, 'alerts', { severity })}>
              <Live of={severity} value={open[severity]}>
                {count(open[severity])}
              </Live>
            </a>
          </Figure>
        ))}
      </dl>
    </Panel>
  );
}

function Content(props: { readonly data: Overview; readonly choice: string }) {
  const { data } = props;
  const tenant = useTenant();
  if (data.customers === 0) {
    return (
      <Empty title="This tenant has no customers yet.">
        <ImportHint tenant={tenant.tenant} />
      </Empty>
    );
  }
  return (
    <>
      <SinceStrip since={data.since} currency={data.currency} choice={props.choice} />
      <div class="columns columns-wide">
        <Panel
          title="Health of the portfolio"
          aside={
            data.uncertain > 0 && (
              <span class="grey">{plural(data.uncertain, 'customer')} in an uncertain band</span>
            )
          }
        >
          <HealthDistribution distribution={data.distribution} unknown={data.bands['not-scorable'].count} />
          <BandTable data={data} />
        </Panel>
        <div class="stack">
          <AtRisk data={data} />
          <Panel title="Next 90 days of renewals">
            {data.renewals.some((month) => month.count > 0) ? (
              <Renewals months={data.renewals} currency={data.currency} />
            ) : (
              <p class="grey">No notice or end date falls in the next 90 days.</p>
            )}
          </Panel>
        </div>
      </div>
      <DataHealth data={data.data} />
    </>
  );
}

/** What changed since the reader last looked, and what needs them. */
export function OverviewPage(props: { readonly query: URLSearchParams }) {
  const tenant = useTenant();
  const since = useSince(props.query.get('since'));
  const url = apiUrl(tenant.tenant, 'overview', { since: new Date(since.fromMs).toISOString() });
  const resource = useResource<Overview>(url);
  useLiveReload(tenant.tenant, resource.reload, { everyMs: 3_000 });
  return (
    <>
      <div class="page-head">
        <h1>Overview</h1>
        {resource.data && (
          <p class="grey">
            {plural(resource.data.customers, 'customer')},{' '}
            <Money valueMinor={resource.data.totalMinor} currency={resource.data.currency} unit /> in total,
            net
          </p>
        )}
      </div>
      <Loaded what="The overview" resource={resource}>
        {(data) => <Content data={data} choice={since.choice} />}
      </Loaded>
    </>
  );
}
