import { asBand } from '../lib/bands.ts';

const WIDTH = 96;
const HEIGHT = 28;

/** Runs of known values as line segments; a gap where a value is not known. */
function pathOf(values: readonly (number | null)[]): string {
  const step = values.length > 1 ? (WIDTH - 6) / (values.length - 1) : 0;
  let path = '';
  let open = false;
  values.forEach((value, index) => {
    if (value === null) {
      open = false;
      return;
    }
    path += `${open ? 'L' : 'M'}${(2 + index * step).toFixed(1)} ${yOf(value).toFixed(1)}`;
    open = true;
  });
  return path;
}

function yOf(value: number): number {
  return HEIGHT - 3 - (value / 100) * (HEIGHT - 6);
}

/** Ninety days of a score, one value a week, on the fixed scale 0 to 100 with the at-risk border as a hairline. */
export function Sparkline(props: { readonly values: readonly (number | null)[]; readonly band: string }) {
  const known = props.values.filter((value) => value !== null);
  const last = props.values.at(-1) ?? null;
  if (known.length === 0) {
    return (
      <svg
        class="sparkline"
        width={WIDTH}
        height={HEIGHT}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label="no history"
      >
        <rect x="2" y="11" width={WIDTH - 4} height="6" fill="url(#hatch)" />
      </svg>
    );
  }
  const label = `90 days: from ${(known[0] ?? 0).toFixed(0)} to ${(known.at(-1) ?? 0).toFixed(0)}`;
  return (
    <svg
      class="sparkline"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <line class="hairline" x1="0" x2={WIDTH} y1={yOf(50)} y2={yOf(50)} />
      <path class="spark-line" d={pathOf(props.values)} />
      {last !== null && (
        <circle class={`dot band-${asBand(props.band)}`} cx={WIDTH - 4} cy={yOf(last)} r="2.5" />
      )}
    </svg>
  );
}
