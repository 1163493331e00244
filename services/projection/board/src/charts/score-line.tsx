import type { History } from '../../../src/api/schemas.ts';
import { asBand, bandWord } from '../lib/bands.ts';
import { inWords, points as pointsText } from '../lib/format.ts';
import { longDay } from '../lib/time.ts';
import { scale } from './frame.tsx';

type Point = History['points'][number];
const HEIGHT = 208;
const LEFT = 28;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 24;
const MARK_FROM = 4;

/** A score line's points with the value in points of 100. */
export interface ScorePoint {
  readonly point: Point;
  readonly atMs: number;
  readonly value: number | null;
}

/** Points worth a mark: the band changed, or the score moved by four points or more at once. */
export function markedPoints(all: readonly ScorePoint[]): ScorePoint[] {
  return all.filter((entry, index) => {
    const before = all[index - 1];
    if (!before) return false;
    if (before.point.band !== entry.point.band) return true;
    return entry.value !== null && before.value !== null && Math.abs(entry.value - before.value) >= MARK_FROM;
  });
}

interface Axes {
  readonly x: (ms: number) => number;
  readonly y: (value: number) => number;
  /** Right end of the drawing, px. */
  readonly end: number;
}

function stepPath(all: readonly ScorePoint[], { x, y, end }: Axes): string {
  let path = '';
  all.forEach((entry, index) => {
    if (entry.value === null) return;
    const before = all[index - 1];
    const to = all[index + 1] ? x(all[index + 1]?.atMs ?? 0) : end;
    const start =
      before && before.value !== null ? `V${y(entry.value)}` : `M${x(entry.atMs)} ${y(entry.value)}`;
    path += `${start}H${to}`;
  });
  return path;
}

function gaps(all: readonly ScorePoint[], x: (ms: number) => number, end: number): [number, number][] {
  return all.flatMap((entry, index): [number, number][] => {
    if (entry.value !== null) return [];
    const next = all[index + 1];
    return [[x(entry.atMs), next ? x(next.atMs) : end]];
  });
}

function markText({ point, value }: ScorePoint): string {
  const score = value === null ? 'unknown' : pointsText(value);
  return `${longDay(point.at)}: ${score}, ${bandWord(asBand(point.band))} (${inWords(point.cause)})`;
}

function Zones(props: { readonly width: number; readonly y: (value: number) => number }) {
  return (
    <>
      {[0, 50, 80, 100].map((value) => (
        <g key={value}>
          <line
            class={value === 50 || value === 80 ? 'border-line' : 'axis'}
            x1={LEFT}
            x2={props.width - RIGHT}
            y1={props.y(value)}
            y2={props.y(value)}
          />
          <text class="label grey" x={LEFT - 6} y={props.y(value) + 4} text-anchor="end">
            {value}
          </text>
        </g>
      ))}
    </>
  );
}

/** A score over time as steps; bands bordered at 50 and 80, change marks, hatched where it was not known. */
export function ScoreLine(props: {
  readonly points: readonly ScorePoint[];
  readonly endMs: number;
  readonly width: number;
  readonly fromMs: number;
}) {
  const startMs = props.points[0]?.atMs ?? props.endMs - 1;
  const x = scale([startMs, Math.max(props.endMs, startMs + 1)], [LEFT, props.width - RIGHT]);
  const y = scale([0, 100], [HEIGHT - BOTTOM, TOP]);
  const last = props.points.at(-1);
  const lastText =
    last?.value == null ? 'unknown' : `${pointsText(last.value)}, ${bandWord(asBand(last.point.band))}`;
  const marks = markedPoints(props.points);
  return (
    <svg
      width={props.width}
      height={HEIGHT}
      role="img"
      aria-label={`Health score over time, now ${lastText}. ${marks.length} marked changes.`}
    >
      <Zones width={props.width} y={y} />
      {gaps(props.points, x, props.width - RIGHT).map(([from, to]) => (
        <rect
          key={from}
          x={from}
          width={Math.max(1, to - from)}
          y={y(100)}
          height={y(0) - y(100)}
          fill="url(#hatch)"
          opacity="0.5"
        >
          <title>Not scorable</title>
        </rect>
      ))}
      {props.fromMs > startMs && (
        <line class="compare-line" x1={x(props.fromMs)} x2={x(props.fromMs)} y1={TOP} y2={HEIGHT - BOTTOM} />
      )}
      <path class="score-line" d={stepPath(props.points, { x, y, end: props.width - RIGHT })} />
      {marks.map((mark) =>
        mark.value === null ? null : (
          <circle
            key={mark.point.sequence}
            class={`dot ringed band-${asBand(mark.point.band)}`}
            cx={x(mark.atMs)}
            cy={y(mark.value)}
            r="4"
          >
            <title>{markText(mark)}</title>
          </circle>
        ),
      )}
      {last && last.value !== null && (
        <circle
          class={`dot band-${asBand(last.point.band)}`}
          cx={props.width - RIGHT}
          cy={y(last.value)}
          r="4"
        />
      )}
      <text class="label grey" x={LEFT} y={HEIGHT - 6}>
        {longDay(new Date(startMs).toISOString())}
      </text>
      <text class="label grey" x={props.width - RIGHT} y={HEIGHT - 6} text-anchor="end">
        {longDay(new Date(props.endMs).toISOString())}
      </text>
    </svg>
  );
}

/** Height that the line needs, px. */
export const SCORE_LINE_HEIGHT = HEIGHT;
