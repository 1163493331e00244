import { bandOfScore, bandWord } from '../lib/bands.ts';
import { count, plural } from '../lib/format.ts';
import { DataTable } from '../parts/data-table.tsx';
import { ChartFrame, scale } from './frame.tsx';

const HEIGHT = 168;
const TOP = 20;
const BOTTOM = 24;

interface Bar {
  readonly label: string;
  readonly band: string;
  readonly customers: number;
}

function barsOf(distribution: readonly number[], unknown: number): Bar[] {
  const scored = distribution.map((customers, index) => ({
    label: index === 9 ? '90 to 100' : `${index * 10} to ${index * 10 + 9.9}`,
    band: bandOfScore(index * 10),
    customers,
  }));
  return [...scored, { label: 'not scorable', band: 'not-scorable', customers: unknown }];
}

function Bars(props: { readonly bars: readonly Bar[]; readonly width: number }) {
  const gap = 20;
  const column = (props.width - gap) / props.bars.length;
  const most = Math.max(1, ...props.bars.map((bar) => bar.customers));
  const y = scale([0, most], [HEIGHT - BOTTOM, TOP]);
  const left = (index: number) => index * column + (index === 10 ? gap : 0);
  return (
    <svg
      width={props.width}
      height={HEIGHT}
      role="img"
      aria-label={`Customers by health score. ${sentence(props.bars)}`}
    >
      <line class="axis" x1="0" x2={column * 10} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      <line class="axis" x1={left(10)} x2={props.width} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      {props.bars.map((bar, index) => (
        <g key={bar.label}>
          <title>{`${bar.label}: ${plural(bar.customers, 'customer')}`}</title>
          <rect
            class={`bar band-${bar.band}`}
            x={left(index) + 2}
            width={Math.max(1, column - 4)}
            y={y(bar.customers)}
            height={HEIGHT - BOTTOM - y(bar.customers)}
          />
          {bar.customers > 0 && (
            <text class="label" x={left(index) + column / 2} y={y(bar.customers) - 5} text-anchor="middle">
              {count(bar.customers)}
            </text>
          )}
        </g>
      ))}
      {[0, 50, 80, 100].map((score) => (
        <text
          key={score}
          class="label grey"
          x={Math.min(Math.max(0, (score / 10) * column), column * 10)}
          y={HEIGHT - 6}
          text-anchor={score === 0 ? 'start' : score === 100 ? 'end' : 'middle'}
        >
          {score}
        </text>
      ))}
      <text class="label grey" x={left(10) + column / 2} y={HEIGHT - 6} text-anchor="middle">
        ?
      </text>
      {[50, 80].map((score) => (
        <line
          key={score}
          class="border-line"
          x1={score * (column / 10)}
          x2={score * (column / 10)}
          y1="6"
          y2={HEIGHT - BOTTOM}
        />
      ))}
    </svg>
  );
}

function sentence(bars: readonly Bar[]): string {
  return bars
    .filter((bar) => bar.customers > 0)
    .map((bar) => `${bar.label}: ${bar.customers}`)
    .join('; ');
}

/** How many customers stand where between 0 and 100, the band borders marked; those without a score stand apart. */
export function HealthDistribution(props: {
  readonly distribution: readonly number[];
  readonly unknown: number;
}) {
  const bars = barsOf(props.distribution, props.unknown);
  return (
    <ChartFrame
      label="customers by health score"
      height={HEIGHT}
      draw={(width) => <Bars bars={bars} width={width} />}
      table={() => (
        <DataTable
          caption="Customers by health score"
          rows={bars}
          columns={[
            { name: 'Score', cell: (bar) => bar.label },
            { name: 'Band', cell: (bar) => bandWord(bar.band) },
            { name: 'Customers', numeric: true, cell: (bar) => count(bar.customers) },
          ]}
        />
      )}
    />
  );
}
