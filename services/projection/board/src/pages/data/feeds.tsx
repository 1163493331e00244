import type { Overview } from '../../../../src/api/schemas.ts';
import { inTitle, percent } from '../../lib/format.ts';
import { hrefOf } from '../../lib/router.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { BandShape } from '../../parts/marks.tsx';
import { RelativeDay } from '../../parts/values.tsx';

type Feed = Overview['data']['feeds'][number];
const WORDS: Record<string, string> = {
  fresh: 'Fresh',
  stale: 'Silent: scores treat it as unknown',
};

function Status(props: { readonly feed: Feed }) {
  const { feed } = props;
  if (feed.status === 'fresh') {
    return (
      <span class="band-mark">
        <BandShape band="healthy" /> <span>Fresh</span>
      </span>
    );
  }
  const stale = feed.status === 'stale';
  return (
    <span class="band-mark">
      <BandShape band={stale ? 'at-risk' : 'not-scorable'} />
      <span>{WORDS[feed.status] ?? 'Never seen'}</span>
    </span>
  );
}

/** Each source with its state: a silent one is told apart from a customer that is silent. */
export function Feeds(props: { readonly feeds: readonly Feed[]; readonly medianCoverage: number | null }) {
  const tenant = useTenant();
  if (props.feeds.length === 0) return <p class="grey">No source has sent anything yet.</p>;
  return (
    <>
      <p>
        Median coverage of the health score:{' '}
        {props.medianCoverage === null ? 'unknown' : percent(props.medianCoverage * 100, 0)}
      </p>
      <ul class="feeds">
        {props.feeds.map((feed) => (
          <li key={feed.feed}>
            <strong>{inTitle(feed.feed)}</strong>
            <Status feed={feed} />
            {feed.status === 'stale' && (
              <a href={hrefOf(tenant.tenant, 'alerts', { rule: 'source-silent', state: 'all' })}>Alert</a>
            )}
            {feed.lastDate && (
              <span class="grey">
                <RelativeDay day={feed.lastDate} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
