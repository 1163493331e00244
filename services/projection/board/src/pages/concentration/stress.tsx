import type { Concentration } from '../../../../src/api/schemas.ts';
import { bandWord } from '../../lib/bands.ts';
import type { Remaining } from '../../lib/concentration.ts';
import { count, percent, plural } from '../../lib/format.ts';
import { Panel } from '../../parts/panel.tsx';
import { Money } from '../../parts/values.tsx';

const MOST = 20;
const SHAPES: Record<string, string> = {
  low: 'healthy',
  moderate: 'needs-attention',
  high: 'at-risk',
};
const PATHS: Record<string, string> = {
  low: 'M6 1.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6z',
  moderate: 'M6 .9L11.1 6L6 11.1L.9 6z',
  high: 'M6 1.2L11.4 10.6H.6z',
};

/** A band of concentration (D2) as shape and word. */
export function ConcentrationBand(props: { readonly band: 'low' | 'moderate' | 'high' }) {
  return (
    <span class="band-mark">
      <svg
        class={`shape band-${SHAPES[props.band]}`}
        viewBox="0 0 12 12"
        width="12"
        height="12"
        aria-hidden="true"
      >
        <path d={PATHS[props.band]} />
      </svg>
      <span>{bandWord(props.band)}</span>
    </span>
  );
}

function Comparison(props: { readonly data: Concentration; readonly remaining: Remaining }) {
  const { data, remaining } = props;
  const rows: readonly (readonly [string, string, string])[] = [
    ['Top 5', percent(data.topShares['5'], 2), percent(remaining.topShares['5'], 2)],
    ['Top 10', percent(data.topShares['10'], 2), percent(remaining.topShares['10'], 2)],
    ['HHI', count(Math.round(data.hhi)), count(Math.round(remaining.hhi))],
    ['Customers', count(data.customersWithPositiveValue), count(remaining.customers)],
  ];
  return (
    <table class="table">
      <caption class="sr">Concentration now and without the greatest customers</caption>
      <thead>
        <tr>
          <td />
          <th scope="col" class="number">
            Now
          </th>
          <th scope="col" class="number">
            Then
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, now, then]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="number">{now}</td>
            <td class="number">{then}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">Band</th>
          <td class="number">
            <ConcentrationBand band={data.band} />
          </td>
          <td class="number">
            <ConcentrationBand band={remaining.band} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

/** “What if we lose the k greatest?”, answered from the curve alone. */
export function Stress(props: {
  readonly data: Concentration;
  readonly remaining: Remaining;
  readonly lost: number;
  readonly setLost: (lost: number) => void;
}) {
  const { data, remaining, lost } = props;
  const most = Math.min(MOST, data.curve.length - 1);
  return (
    <Panel title="Lose the greatest">
      <label class="slider">
        <span>
          {lost === 0
            ? 'Nobody lost'
            : `Without ${lost === 1 ? 'the greatest customer' : `the ${lost} greatest`}`}
        </span>
        <input
          type="range"
          min="0"
          max={most}
          step="1"
          value={lost}
          aria-valuetext={plural(lost, 'customer')}
          onInput={(event) => props.setLost(Number(event.currentTarget.value))}
        />
      </label>
      <p class="headline" aria-live="polite">
        <Money valueMinor={remaining.remainingMinor} currency={data.currency} unit />
      </p>
      <p class="grey">
        {lost === 0 ? (
          'is the value of all customers with a positive one. Move the slider to see what would be left.'
        ) : (
          <>
            would be left; <Money valueMinor={remaining.lostMinor} currency={data.currency} unit /> (
            {percent(remaining.lostPercent, 2)}) lost
          </>
        )}
      </p>
      <Comparison data={data} remaining={remaining} />
    </Panel>
  );
}
