import type { Overview } from '../../../../src/api/schemas.ts';
import { count, percent, plural } from '../../lib/format.ts';
import { hrefOf } from '../../lib/router.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { RelativeDay } from '../../parts/values.tsx';

/** Whether the numbers can be trusted, in one line: feeds, coverage, quarantine, what is still under way. */
export function DataHealth(props: { readonly data: Overview['data'] }) {
  const tenant = useTenant();
  const { data } = props;
  const fresh = data.feeds.filter((feed) => feed.status === 'fresh');
  const silent = data.feeds.filter((feed) => feed.status === 'stale');
  return (
    <section class="data-line" aria-label="Data health">
      <a href={hrefOf(tenant.tenant, 'quarantine')}>Data</a>
      <span>
        {fresh.length} of {plural(data.feeds.length, 'feed')} fresh
      </span>
      {silent.map((feed) => (
        <span key={feed.feed}>
          {feed.feed} silent
          {feed.lastDate && (
            <>
              , last seen <RelativeDay day={feed.lastDate} />
            </>
          )}
        </span>
      ))}
      <span>
        median coverage {data.medianCoverage === null ? 'unknown' : percent(data.medianCoverage * 100, 0)}
      </span>
      <span>{count(data.quarantined)} quarantined</span>
      <span>{count(data.inFlight)} in flight</span>
    </section>
  );
}
