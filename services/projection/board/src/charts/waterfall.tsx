import { inTitle, points, signed } from '../lib/format.ts';
import type { Waterfall } from '../lib/waterfall.ts';

/** Percent positions of the bars: the scale spans what the waterfall touches, with some air. */
function spanOf(waterfall: Waterfall): { place: (value: number) => number } {
  const levels = [waterfall.start, waterfall.end, ...waterfall.steps.map((step) => step.to)];
  const low = Math.max(0, Math.min(...levels) - 400);
  const high = Math.min(10_000, Math.max(...levels) + 400);
  return { place: (value) => ((value - low) / (high - low || 1)) * 100 };
}

function Total(props: {
  readonly name: string;
  readonly value: number;
  readonly place: (v: number) => number;
}) {
  return (
    <tr class="waterfall-total">
      <th scope="row">{props.name}</th>
      <td class="waterfall-bar">
        <svg width="100%" height="20" aria-hidden="true">
          <rect class="bar level" x="0" width={`${props.place(props.value)}%`} y="3" height="14" />
        </svg>
      </td>
      <td class="number">{points(props.value / 100)}</td>
    </tr>
  );
}

/** From one score to another, signal by signal, greatest first; it is a table whose middle column is drawn. */
export function WaterfallChart(props: {
  readonly waterfall: Waterfall;
  readonly startName: string;
  readonly endName: string;
  readonly textOf: (signal: string) => string | undefined;
}) {
  const { waterfall } = props;
  const { place } = spanOf(waterfall);
  return (
    <table class="waterfall">
      <caption class="sr">Change of the health score by signal, in points</caption>
      <thead class="sr">
        <tr>
          <th scope="col">Signal</th>
          <th scope="col">Drawn</th>
          <th scope="col">Points</th>
        </tr>
      </thead>
      <tbody>
        <Total name={props.startName} value={waterfall.start} place={place} />
        {waterfall.steps.map((step) => {
          const [left, right] = [place(Math.min(step.from, step.to)), place(Math.max(step.from, step.to))];
          return (
            <tr key={step.signal}>
              <th scope="row">
                {inTitle(step.signal)}
                {props.textOf(step.signal) && <span class="remark">{props.textOf(step.signal)}</span>}
              </th>
              <td class="waterfall-bar">
                <svg width="100%" height="20" aria-hidden="true">
                  <line
                    class="hairline"
                    x1={`${place(step.from)}%`}
                    x2={`${place(step.from)}%`}
                    y1="0"
                    y2="20"
                  />
                  <rect
                    class={`bar ${step.delta < 0 ? 'band-at-risk' : 'band-healthy'}`}
                    x={`${left}%`}
                    width={`${Math.max(0.6, right - left)}%`}
                    y="3"
                    height="14"
                  />
                </svg>
              </td>
              <td class="number">{signed(step.delta / 100)}</td>
            </tr>
          );
        })}
        <Total name={props.endName} value={waterfall.end} place={place} />
      </tbody>
    </table>
  );
}
