import type { Concentration } from '../../../src/api/schemas.ts';
import { HHI_HIGH_ABOVE, HHI_MODERATE_FROM } from '../lib/concentration.ts';
import { count } from '../lib/format.ts';
import { longDay } from '../lib/time.ts';
import { scale } from './frame.tsx';

const HEIGHT = 200;
const LEFT = 44;
const RIGHT = 76;
export const HHI_LINE_HEIGHT = HEIGHT;

/** HHI over time against its bands (D2): low below 1,000, high above 1,800. */
export function HhiLine(props: { readonly history: Concentration['history']; readonly width: number }) {
  const points = props.history.map((entry) => ({ ms: Date.parse(entry.at), hhi: entry.hhi }));
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const top = Math.min(10_000, Math.max(2_400, ...points.map((point) => point.hhi * 1.15)));
  const x = scale([first.ms, Math.max(last.ms, first.ms + 1)], [LEFT, props.width - RIGHT]);
  const y = scale([0, top], [HEIGHT - 24, 8]);
  const path = points.map(
    (point, index) => `${index === 0 ? 'M' : 'H'}${x(point.ms)}${index === 0 ? ' ' : 'V'}${y(point.hhi)}`,
  );
  const bands = [
    ['Low', 0, HHI_MODERATE_FROM],
    ['Moderate', HHI_MODERATE_FROM, HHI_HIGH_ABOVE],
    ['High', HHI_HIGH_ABOVE, top],
  ] as const;
  return (
    <svg
      width={props.width}
      height={HEIGHT}
      role="img"
      aria-label={`HHI over time, now ${count(Math.round(last.hhi))}`}
    >
      {bands.map(([name, from, to]) => (
        <g key={name}>
          <line
            class={from === 0 ? 'axis' : 'border-line'}
            x1={LEFT}
            x2={props.width - RIGHT}
            y1={y(from)}
            y2={y(from)}
          />
          <text class="label grey" x={LEFT - 8} y={y(from) + 4} text-anchor="end">
            {count(from)}
          </text>
          <text class="label grey" x={props.width - RIGHT + 12} y={(y(from) + y(to)) / 2 + 4}>
            {name}
          </text>
        </g>
      ))}
      <path class="score-line" d={path.join('')} />
      <circle class="dot accent" cx={x(last.ms)} cy={y(last.hhi)} r="4" />
      <text class="label grey" x={LEFT} y={HEIGHT - 6}>
        {longDay(new Date(first.ms).toISOString())}
      </text>
      <text class="label grey" x={props.width - RIGHT} y={HEIGHT - 6} text-anchor="end">
        {longDay(new Date(last.ms).toISOString())}
      </text>
    </svg>
  );
}
