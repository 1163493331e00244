import type { Overview } from '../../../../src/api/schemas.ts';
import { AT_RISK_BELOW } from '../../lib/bands.ts';
import { count, plural } from '../../lib/format.ts';
import { hrefOf, setQuery } from '../../lib/router.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { BandMark } from '../../parts/marks.tsx';
import { Figure } from '../../parts/panel.tsx';
import { Live, Money, RelativeTime } from '../../parts/values.tsx';

type Since = Overview['since'];
const ORDER = ['at-risk', 'needs-attention', 'healthy', 'not-scorable'];
const CHOICES: readonly (readonly [string, string])[] = [
  ['visit', 'your last visit'],
  ['day', '24 hours'],
  ['week', '7 days'],
  ['month', '30 days'],
  ['quarter', '90 days'],
];

function SinceChoice(props: { readonly choice: string }) {
  const tenant = useTenant();
  const choices = tenant.clock === 'frozen' ? CHOICES.slice(2) : CHOICES;
  return (
    <label class="since-choice">
      <span>{props.choice === 'visit' ? 'Since' : 'In the last'}</span>
      <select value={props.choice} onChange={(event) => setQuery({ since: event.currentTarget.value })}>
        {choices.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

function Moves(props: { readonly moves: Since['bandMoves']; readonly currency: string }) {
  const tenant = useTenant();
  if (props.moves.length === 0) return <p class="grey">Nobody changed band.</p>;
  const moves = [...props.moves].sort(
    (a, b) => ORDER.indexOf(a.to) - ORDER.indexOf(b.to) || b.valueMinor - a.valueMinor,
  );
  return (
    <ul class="moves" aria-label={`Moves between bands; at risk is below ${AT_RISK_BELOW}`}>
      {moves.map((move) => (
        <li key={`${move.from} ${move.to}`}>
          <a href={hrefOf(tenant.tenant, 'customers', { band: move.to, sort: 'value' })}>
            <Live of={`${move.from} ${move.to}`} value={move.count}>
              {count(move.count)}
            </Live>
          </a>
          <BandMark band={move.from} />
          <span class="grey" aria-hidden="true">
            →
          </span>
          <span class="sr">to</span>
          <BandMark band={move.to} />
          <span class="moves-value grey">
            <Money valueMinor={move.valueMinor} currency={props.currency} unit />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Alerts raised and cleared, and value moved across bands, since the reader last looked. */
export function SinceStrip(props: {
  readonly since: Since;
  readonly currency: string;
  readonly choice: string;
}) {
  const tenant = useTenant();
  const { since } = props;
  const moved = since.bandMoves.reduce((total, move) => total + move.count, 0);
  return (
    <section class="strip" aria-label="What changed">
      <div class="strip-head">
        <SinceChoice choice={props.choice} />
        {props.choice === 'visit' && (
          <span class="grey">
            <RelativeTime at={since.from} />
          </span>
        )}
      </div>
      <dl class="figures">
        <Figure name="Alerts raised">
          <a href={hrefOf(tenant.tenant, 'alerts')}>
            <Live of="raised" value={since.alertsRaised}>
              {count(since.alertsRaised)}
            </Live>
          </a>
        </Figure>
        <Figure name="Alerts cleared">
          <a href={hrefOf(tenant.tenant, 'alerts', { state: 'resolved' })}>
            <Live of="resolved" value={since.alertsResolved}>
              {count(since.alertsResolved)}
            </Live>
          </a>
        </Figure>
        <Figure name="Changed band">
          <span title={plural(moved, 'customer')}>{count(moved)}</span>
        </Figure>
      </dl>
      <Moves moves={since.bandMoves} currency={props.currency} />
    </section>
  );
}
