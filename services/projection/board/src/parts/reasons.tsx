import type { Reason } from '../../../src/api/schemas.ts';
import { inTitle, signed } from '../lib/format.ts';
import { asProse } from '../lib/time.ts';

const FIRST = 3;

/** Why, in words: the greatest contributions first, in points where the unit is hundredths. */
export function Reasons(props: {
  readonly reasons: readonly Reason[];
  readonly unit: 'hundredths' | 'none';
  readonly all?: boolean;
}) {
  if (props.reasons.length === 0) return null;
  const ordered = [...props.reasons].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const shown = props.all ? ordered : ordered.slice(0, FIRST);
  return (
    <ul class="reasons">
      {shown.map((reason) => (
        <li key={reason.signal}>
          {props.unit === 'hundredths' && (
            <span class="reason-points">{signed(reason.contribution / 100)}</span>
          )}
          <span>{asProse(reason.text) || inTitle(reason.signal)}</span>
        </li>
      ))}
      {shown.length < ordered.length && <li class="grey">and {ordered.length - shown.length} more</li>}
    </ul>
  );
}
