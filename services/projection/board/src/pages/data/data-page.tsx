import type { Accounting, Overview } from '../../../../src/api/schemas.ts';
import { apiUrl } from '../../lib/api.ts';
import { useLiveReload } from '../../lib/live.ts';
import { useResource } from '../../lib/resource.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { Panel } from '../../parts/panel.tsx';
import { Loaded } from '../../parts/states.tsx';
import { Feeds } from './feeds.tsx';
import { Identity } from './identity.tsx';
import { Quarantine } from './quarantine.tsx';

/** Can the numbers be trusted: what came in and where it went, which sources are silent, what was not understood. */
export function DataPage(props: { readonly query: URLSearchParams }) {
  const tenant = useTenant();
  const accounting = useResource<Accounting>(apiUrl(tenant.tenant, 'accounting'));
  const overview = useResource<Overview>(apiUrl(tenant.tenant, 'overview'));
  const reload = () => {
    accounting.reload();
    overview.reload();
  };
  useLiveReload(tenant.tenant, reload, { everyMs: 5_000 });
  return (
    <>
      <div class="page-head">
        <h1>Data</h1>
        <p class="grey">what came in, and what was not understood</p>
      </div>
      <Panel title="Every event accounted for">
        <Loaded what="The accounting" resource={accounting}>
          {(data) => <Identity accounting={data} />}
        </Loaded>
      </Panel>
      <Panel title="Sources">
        <Loaded what="The state of the sources" resource={overview}>
          {(data) => <Feeds feeds={data.data.feeds} medianCoverage={data.data.medianCoverage} />}
        </Loaded>
      </Panel>
      <Quarantine reason={props.query.get('reason') ?? ''} />
    </>
  );
}
