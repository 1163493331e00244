import type { CustomerDetail } from '../../../../src/api/schemas.ts';
import { inTitle, percent, points } from '../../lib/format.ts';
import { BandShape } from '../../parts/marks.tsx';
import { Panel } from '../../parts/panel.tsx';

type Health = CustomerDetail['health'];
/** Why a signal is missing, as people say it. */
export const WHY_MISSING: Record<string, string> = {
  'feed-absent': 'this source was never connected',
  'feed-stale': 'the whole source is silent',
  'no-data': 'this customer has none',
};

function Coverage(props: { readonly health: Health }) {
  const { coverage, missing, confidence } = props.health;
  const known = Math.round(coverage * 100);
  return (
    <>
      <p>
        {percent(known, 0)} of what counts is known
        {missing.length > 0 && <span class="grey">; confidence {percent(confidence * 100, 0)}</span>}
      </p>
      <svg class="coverage" width="100%" height="12" role="img" aria-label={`Coverage ${known} %`}>
        <rect x="0" y="0" width={`${known}%`} height="12" class="bar level" />
        <rect x={`${known}%`} y="0" width={`${100 - known}%`} height="12" fill="url(#hatch)" />
      </svg>
      {missing.length > 0 && (
        <ul class="missing">
          {missing.map((item) => (
            <li key={item.signal}>
              <BandShape band="not-scorable" />
              <span>
                {inTitle(item.signal)} <span class="grey">{WHY_MISSING[item.why] ?? item.why}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What the present score is made of, and what is not known about this customer. */
export function HealthNow(props: { readonly health: Health }) {
  const { health } = props;
  const reasons = [...health.reasons].sort((a, b) => b.contribution - a.contribution);
  return (
    <Panel title="What it is made of">
      <Coverage health={health} />
      {reasons.length > 0 && (
        <table class="table made-of">
          <caption class="sr">Contributions to the present health score, in points</caption>
          <thead>
            <tr>
              <th scope="col">Signal</th>
              <th scope="col" class="number">
                Points
              </th>
            </tr>
          </thead>
          <tbody>
            {reasons.map((reason) => (
              <tr key={reason.signal}>
                <th scope="row">
                  {inTitle(reason.signal)}
                  <span class="remark">{reason.text}</span>
                </th>
                <td class="number">{points(reason.contribution / 100)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Score</th>
              <td class="number">{health.score === null ? 'unknown' : points(health.score)}</td>
            </tr>
          </tfoot>
        </table>
      )}
      <p class="grey small">
        Model {health.model.id} {health.model.version}
      </p>
    </Panel>
  );
}
