import type { Overview } from '../../../src/api/schemas.ts';
import { plural, shortMoney } from '../lib/format.ts';
import { monthText } from '../lib/time.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Money } from '../parts/values.tsx';
import { ChartFrame, scale } from './frame.tsx';

const HEIGHT = 152;

type Month = Overview['renewals'][number];

function Columns(props: {
  readonly months: readonly Month[];
  readonly currency: string;
  readonly width: number;
}) {
  const column = Math.min(140, props.width / props.months.length);
  const most = Math.max(1, ...props.months.map((month) => month.valueMinor));
  const y = scale([0, most], [HEIGHT - 44, 22]);
  const label = props.months
    .map((month) => `${monthText(month.month)}: ${plural(month.count, 'agreement')}`)
    .join('; ');
  return (
    <svg width={props.width} height={HEIGHT} role="img" aria-label={`Value to decide on by month. ${label}`}>
      <line class="axis" x1="0" x2={column * props.months.length} y1={HEIGHT - 44} y2={HEIGHT - 44} />
      {props.months.map((month, index) => {
        const centre = index * column + column / 2;
        return (
          <g key={month.month}>
            <rect
              class="bar plain"
              x={index * column + column * 0.2}
              width={column * 0.6}
              y={y(month.valueMinor)}
              height={HEIGHT - 44 - y(month.valueMinor)}
            />
            <text class="label" x={centre} y={y(month.valueMinor) - 6} text-anchor="middle">
              {shortMoney(month.valueMinor, props.currency)}
            </text>
            <text class="label" x={centre} y={HEIGHT - 26} text-anchor="middle">
              {monthText(month.month).slice(0, 3)}
            </text>
            <text class="label grey" x={centre} y={HEIGHT - 8} text-anchor="middle">
              {column > 84 ? plural(month.count, 'agreement') : month.count}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** Value of the agreements whose notice or end date falls in each of the next months (S11). */
export function Renewals(props: { readonly months: readonly Month[]; readonly currency: string }) {
  return (
    <ChartFrame
      label="renewals by month"
      height={HEIGHT}
      draw={(width) => <Columns months={props.months} currency={props.currency} width={width} />}
      table={() => (
        <DataTable
          caption="Agreements by month of notice or end"
          rows={props.months}
          columns={[
            { name: 'Month', cell: (month) => monthText(month.month) },
            { name: 'Agreements', numeric: true, cell: (month) => month.count },
            {
              name: `Value, ${props.currency}`,
              numeric: true,
              cell: (month) => <Money valueMinor={month.valueMinor} currency={props.currency} />,
            },
          ]}
        />
      )}
    />
  );
}
