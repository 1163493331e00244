import { percent } from '../lib/format.ts';
import { scale } from './frame.tsx';

const HEIGHT = 280;
const LEFT = 40;
const RIGHT = 16;
const TOP = 16;
const BOTTOM = 32;
export const CURVE_HEIGHT = HEIGHT;

function ranksToLabel(customers: number): number[] {
  return [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000].filter(
    (rank) => rank <= customers,
  );
}

/** A chart narrower than this has no room for decimals beside each other. */
const NARROW = 420;
/** Room that a label needs below its point, px. */
const LABEL_BELOW = 28;

/** The share at one rank: below the curve, or above it where the axis is too near. */
function TopLabel(props: {
  readonly value: number;
  readonly x: number;
  readonly y: number;
  readonly above: boolean;
  readonly narrow: boolean;
}) {
  const { value, x, y } = props;
  const text = percent(value, props.narrow ? 0 : 2);
  return props.above ? (
    <text class="label strong" x={x} y={y - 10} text-anchor="middle">
      {text}
    </text>
  ) : (
    <text class="label strong" x={x + 8} y={y + 18}>
      {text}
    </text>
  );
}

/** At most some 300 points: all of the head, then evenly on the logarithmic axis. */
function drawn(values: readonly number[]): { rank: number; percent: number }[] {
  let lastPlace = -1;
  return values.flatMap((value, index) => {
    const place = Math.round(Math.log(index + 1) * 40);
    if (index > 40 && place === lastPlace && index < values.length - 1) return [];
    lastPlace = place;
    return [{ rank: index + 1, percent: value }];
  });
}

function pathOf(
  values: readonly number[],
  x: (rank: number) => number,
  y: (value: number) => number,
): string {
  return drawn(values)
    .map(
      (point, index) =>
        `${index === 0 ? 'M' : 'L'}${x(point.rank).toFixed(1)} ${y(point.percent).toFixed(1)}`,
    )
    .join('');
}

function Grid(props: {
  readonly width: number;
  readonly ranks: readonly number[];
  readonly x: (r: number) => number;
  readonly y: (v: number) => number;
}) {
  return (
    <>
      {[0, 25, 50, 75, 100].map((value) => (
        <g key={value}>
          <line
            class={value === 0 ? 'axis' : 'hairline'}
            x1={LEFT}
            x2={props.width - RIGHT}
            y1={props.y(value)}
            y2={props.y(value)}
          />
          <text class="label grey" x={LEFT - 8} y={props.y(value) + 4} text-anchor="end">
            {value}
          </text>
        </g>
      ))}
      {props.ranks.map((rank) => (
        <text key={rank} class="label grey" x={props.x(rank)} y={HEIGHT - 12} text-anchor="middle">
          {rank.toLocaleString('en')}
        </text>
      ))}
    </>
  );
}

/**
 * Cumulative share of value by rank (logarithmic), top 5, 10 and 20 marked; a second line is the stressed portfolio.
 */
export function ConcentrationCurve(props: {
  readonly cumulative: readonly number[];
  readonly stressed: readonly number[] | null;
  readonly width: number;
}) {
  const customers = props.cumulative.length;
  const log = scale([0, Math.log(Math.max(2, customers))], [LEFT, props.width - RIGHT]);
  const x = (rank: number) => log(Math.log(rank));
  const y = scale([0, 100], [HEIGHT - BOTTOM, TOP]);
  const tops = [5, 10, 20].filter((top) => top <= customers);
  const above = y(0) - y(props.cumulative[(tops[0] ?? 1) - 1] ?? 0) < LABEL_BELOW;
  const label = tops.map((top) => `top ${top}: ${percent(props.cumulative[top - 1] ?? 0, 2)}`).join(', ');
  return (
    <svg
      width={props.width}
      height={HEIGHT}
      role="img"
      aria-label={`Cumulative share of value by customer rank. ${label}`}
    >
      <Grid width={props.width} ranks={ranksToLabel(customers)} x={x} y={y} />
      {props.stressed && <path class="stressed-line" d={pathOf(props.stressed, x, y)} />}
      <path class={props.stressed ? 'score-line faded' : 'score-line'} d={pathOf(props.cumulative, x, y)} />
      {tops.map((top) => {
        const value = props.cumulative[top - 1] ?? 0;
        return (
          <g key={top} class={props.stressed ? 'faded' : undefined}>
            <line class="border-line" x1={x(top)} x2={x(top)} y1={y(value)} y2={y(0)} />
            <circle class="dot accent" cx={x(top)} cy={y(value)} r="4" />
            <TopLabel value={value} x={x(top)} y={y(value)} above={above} narrow={props.width < NARROW} />
          </g>
        );
      })}
    </svg>
  );
}
