import { useState } from 'preact/hooks';
import type { Concentration } from '../../../../src/api/schemas.ts';
import { ConcentrationCurve, CURVE_HEIGHT } from '../../charts/concentration-curve.tsx';
import { ChartFrame } from '../../charts/frame.tsx';
import { HHI_LINE_HEIGHT, HhiLine } from '../../charts/hhi-line.tsx';
import { apiUrl } from '../../lib/api.ts';
import { bandWord } from '../../lib/bands.ts';
import { withoutTop } from '../../lib/concentration.ts';
import { count, percent, plural } from '../../lib/format.ts';
import { useLiveReload } from '../../lib/live.ts';
import { useResource } from '../../lib/resource.ts';
import { customerHref } from '../../lib/router.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { longDay } from '../../lib/time.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Figure, Panel } from '../../parts/panel.tsx';
import { Empty, ImportHint, Loaded } from '../../parts/states.tsx';
import { Live, Money } from '../../parts/values.tsx';
import { ConcentrationBand, Stress } from './stress.tsx';

/** The index and the shares may disagree: a low index does not excuse five great customers. */
function Verdict(props: { readonly data: Concentration }) {
  const { data } = props;
  const carry = (
    <>
      the five greatest customers carry {percent(data.topShares['5'], 2)} of{' '}
      <Money valueMinor={data.totalMinor} currency={data.currency} unit />, positive values only
    </>
  );
  const band = bandWord(data.band).toLowerCase();
  if (data.band === 'low' && data.alarms.length > 0) return <>The index is low, but {carry}.</>;
  return (
    <>
      Concentration is {band}: {carry}.
    </>
  );
}

function Headline(props: { readonly data: Concentration }) {
  const { data } = props;
  const others = data.alarms.filter((alarm) => !alarm.includes(percent(data.topShares['5'], 2)));
  return (
    <>
      <p class={data.alarms.length > 0 && others.length === 0 ? 'summary alarming' : 'summary'}>
        <Verdict data={data} />
      </p>
      {others.length > 0 && (
        <ul class="alarms">
          {others.map((alarm) => (
            <li key={alarm}>{alarm}</li>
          ))}
        </ul>
      )}
      <dl class="figures figures-line">
        {(['5', '10', '20'] as const).map((top) => (
          <Figure key={top} name={`Top ${top}`}>
            <Live of={top} value={data.topShares[top]}>
              {percent(data.topShares[top], 2)}
            </Live>
          </Figure>
        ))}
        <Figure name="HHI, of 10,000" remark={<ConcentrationBand band={data.band} />}>
          <Live of="hhi" value={data.hhi}>
            {count(data.hhi)}
          </Live>
        </Figure>
        <Figure name="Customers with value" remark={`of ${count(data.customers)}`}>
          {count(data.customersWithPositiveValue)}
        </Figure>
      </dl>
    </>
  );
}

function Ranking(props: { readonly data: Concentration; readonly lost: number }) {
  const tenant = useTenant();
  const rows = props.data.curve.map((point, index) => ({ ...point, rank: index + 1 }));
  return (
    <DataTable
      caption="Customers by value with their share"
      first={20}
      rows={rows}
      rowClass={(row) => (row.rank <= props.lost ? 'lost' : '')}
      columns={[
        { name: 'Rank', numeric: true, cell: (row) => count(row.rank) },
        {
          name: 'Customer',
          cell: (row) => (
            <a href={customerHref(tenant.tenant, row.customerId)}>{row.name ?? row.customerId}</a>
          ),
        },
        {
          name: `Value, ${props.data.currency}`,
          numeric: true,
          cell: (row) => <Money valueMinor={row.valueMinor} currency={props.data.currency} />,
        },
        { name: 'Share, %', numeric: true, cell: (row) => row.sharePercent.toFixed(2) },
        { name: 'Cumulative, %', numeric: true, cell: (row) => row.cumulativePercent.toFixed(2) },
      ]}
    />
  );
}

function HhiHistory(props: { readonly data: Concentration }) {
  const { history } = props.data;
  return (
    <Panel title="HHI over time">
      {history.length === 0 ? (
        <p class="grey">No history yet.</p>
      ) : (
        <ChartFrame
          label="HHI over time"
          height={HHI_LINE_HEIGHT}
          draw={(width) => <HhiLine history={history} width={width} />}
          table={() => (
            <DataTable
              caption="HHI by change, newest first"
              rows={[...history].reverse()}
              columns={[
                { name: 'When', cell: (entry) => longDay(entry.at) },
                { name: 'HHI', numeric: true, cell: (entry) => count(entry.hhi) },
                { name: 'Band', cell: (entry) => bandWord(entry.band) },
                { name: 'Top 5, %', numeric: true, cell: (entry) => entry.top5.toFixed(1) },
              ]}
            />
          )}
        />
      )}
    </Panel>
  );
}

function rankingTitle({ curve, customersWithPositiveValue: all }: Concentration): string {
  return curve.length < all
    ? `The ${curve.length} greatest of ${plural(all, 'customer')}`
    : plural(all, 'customer');
}

function Content(props: { readonly data: Concentration }) {
  const tenant = useTenant();
  const [lost, setLost] = useState(0);
  const { data } = props;
  if (data.curve.length === 0) {
    return (
      <Empty title="No customer has a positive value yet.">
        <ImportHint tenant={tenant.tenant} />
      </Empty>
    );
  }
  const remaining = withoutTop(data, lost);
  return (
    <>
      <Headline data={data} />
      <div class="columns columns-wide">
        <Panel title="Cumulative share of value, %">
          <ChartFrame
            label="cumulative share of value"
            height={CURVE_HEIGHT}
            draw={(width) => (
              <ConcentrationCurve
                cumulative={data.curve.map((point) => point.cumulativePercent)}
                stressed={lost > 0 ? remaining.cumulative : null}
                width={width}
              />
            )}
            table={() => <Ranking data={data} lost={lost} />}
          />
          <p class="grey small">Customers by rank, on a logarithmic axis.</p>
        </Panel>
        <Stress data={data} remaining={remaining} lost={lost} setLost={setLost} />
      </div>
      <HhiHistory data={data} />
      <Panel title={rankingTitle(data)}>
        <Ranking data={data} lost={lost} />
      </Panel>
    </>
  );
}

/** How dependent the tenant is on a few customers. */
export function ConcentrationPage() {
  const tenant = useTenant();
  const resource = useResource<Concentration>(apiUrl(tenant.tenant, 'reports/concentration'));
  useLiveReload(tenant.tenant, resource.reload, {
    everyMs: 5_000,
    concerns: (message) => message.kind === 'change',
  });
  return (
    <>
      <div class="page-head">
        <h1>Concentration</h1>
        <a
          class="button page-action"
          href={apiUrl(tenant.tenant, 'reports/concentration', { format: 'csv' })}
          download
        >
          CSV
        </a>
      </div>
      <Loaded what="The concentration report" resource={resource}>
        {(data) => <Content data={data} />}
      </Loaded>
    </>
  );
}
