import type { ComponentChildren } from 'preact';
import type { CustomerRow } from '../../../../src/api/schemas.ts';
import { Sparkline } from '../../charts/sparkline.tsx';
import { bandWord } from '../../lib/bands.ts';
import { points } from '../../lib/format.ts';
import { customerHref, hrefOf } from '../../lib/router.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { BandMark, Tag, TrendMark } from '../../parts/marks.tsx';
import { Live, Money, RelativeDay } from '../../parts/values.tsx';

function Cell(props: {
  readonly class: string;
  readonly numeric?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: the narrow layout is a grid, which drops the implied role
    <td role="cell" class={`${props.class} ${props.numeric ? 'number' : ''}`}>
      {props.children}
    </td>
  );
}

function None(props: { readonly word: string }) {
  return (
    <span class="grey">
      <span aria-hidden="true">–</span>
      <span class="sr">{props.word}</span>
    </span>
  );
}

function NameCell(props: { readonly row: CustomerRow }) {
  const tenant = useTenant();
  const { row } = props;
  return (
    // biome-ignore lint/a11y/noRedundantRoles: the narrow layout is a grid, which drops the implied role
    <th role="rowheader" scope="row" class="c-name">
      <span class="name-line">
        <a
          href={customerHref(tenant.tenant, row.customerId)}
          title={`${row.name ?? ''} ${row.customerId}`.trim()}
        >
          {row.name ?? row.customerId}
        </a>
        {row.msaOnly && <Tag title="Holds master agreements only: nothing is sold under them">MSA only</Tag>}
      </span>
    </th>
  );
}

/** The cells of one customer; each marks itself when the stream brings a new value. */
export function CustomerCells(props: { readonly row: CustomerRow }) {
  const tenant = useTenant();
  const { row } = props;
  const id = row.customerId;
  return (
    <>
      <NameCell row={row} />
      <Cell class="c-value" numeric>
        <Live of={id} value={row.valueMinor}>
          <Money valueMinor={row.valueMinor} currency={row.currency} />
        </Live>
      </Cell>
      <Cell class="c-active" numeric>
        <Live of={id} value={row.activeMinor}>
          <Money valueMinor={row.activeMinor} currency={row.currency} />
        </Live>
      </Cell>
      <Cell class="c-score" numeric>
        <Live of={id} value={row.healthScore}>
          {row.healthScore === null ? <None word="no score" /> : points(row.healthScore)}
        </Live>
      </Cell>
      <Cell class="c-band">
        <Live of={id} value={row.healthBand}>
          <BandMark band={row.healthBand} uncertain={row.healthUncertain} />
        </Live>
      </Cell>
      <Cell class="c-spark">
        <span class="spark-and-trend">
          <Sparkline values={row.healthSpark} band={row.healthBand} />
          <TrendMark trend={row.healthTrend} />
        </span>
      </Cell>
      <Cell class="c-complexity" numeric>
        {row.complexity === null ? (
          <None word="unknown" />
        ) : (
          <span title={row.complexityBand ? bandWord(row.complexityBand) : undefined}>
            {points(row.complexity)}
          </span>
        )}
      </Cell>
      <Cell class="c-notice" numeric>
        {row.nextNoticeDate ? <RelativeDay day={row.nextNoticeDate} /> : <None word="no date" />}
      </Cell>
      <Cell class="c-owner">
        {row.owner ? (
          <a class="plain" href={hrefOf(tenant.tenant, 'customers', { owner: row.owner })}>
            {row.owner}
          </a>
        ) : (
          <None word="no owner" />
        )}
      </Cell>
      <Cell class="c-alerts" numeric>
        <Live of={id} value={row.openAlerts}>
          {row.openAlerts === 0 ? <None word="none" /> : row.openAlerts}
        </Live>
      </Cell>
    </>
  );
}
