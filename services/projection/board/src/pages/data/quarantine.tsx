import { QUARANTINE_REASONS } from '@bellwether/events/quarantine';
import { useState } from 'preact/hooks';
import type { Quarantined } from '../../../../src/api/schemas.ts';
import { apiUrl, getJson } from '../../lib/api.ts';
import { cut, inTitle, plural } from '../../lib/format.ts';
import { moveRow, useKeys } from '../../lib/keys.ts';
import { useResource } from '../../lib/resource.ts';
import { customerHref, setQuery } from '../../lib/router.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { RelativeTime } from '../../parts/values.tsx';

interface Page {
  readonly items: Quarantined[];
  readonly next: string | null;
}
const PAGE_LIMIT = 50;
const ORIGINAL_LIMIT = 240;
function placeText(position: Quarantined['position']): string {
  if (position.file !== undefined) return `${position.file}, row ${position.row ?? '?'}`;
  if (position.topic !== undefined)
    return `${position.topic}, partition ${position.partition}, offset ${position.offset}`;
  return 'place unknown';
}

function Faults(props: { readonly faults: Quarantined['faults'] }) {
  return (
    <ul class="faults">
      {props.faults.map((fault, index) => (
        <li key={index}>
          <code>{fault.path || 'the whole input'}</code> should be {fault.expected}, is{' '}
          <code>{fault.got === '' ? 'empty' : fault.got}</code>
        </li>
      ))}
    </ul>
  );
}

function Original(props: { readonly entry: Quarantined }) {
  const [whole, setWhole] = useState(false);
  const { original, encoding } = props.entry;
  const long = original.length > ORIGINAL_LIMIT;
  return (
    <div class="original">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{whole ? original : cut(original, ORIGINAL_LIMIT)}</pre>
      {encoding === 'base64' && <p class="grey small">Not UTF-8; shown as base64.</p>}
      {long && (
        <button type="button" class="quiet" onClick={() => setWhole(!whole)}>
          {whole ? 'Show less' : `Show all ${original.length.toLocaleString('en')} characters`}
        </button>
      )}
    </div>
  );
}

function Entry(props: { readonly entry: Quarantined }) {
  const tenant = useTenant();
  const { entry } = props;
  return (
    <article class="quarantined" data-row tabIndex={-1}>
      <header>
        <h3>{inTitle(entry.reason)}</h3>
        <p class="grey">
          <span>{placeText(entry.position)}</span>
          <span>
            at {entry.stage}, <RelativeTime at={entry.receivedAt} />
          </span>
          {entry.customerId !== null && (
            <a href={customerHref(tenant.tenant, entry.customerId)}>{entry.customerId}</a>
          )}
        </p>
        <Faults faults={entry.faults} />
      </header>
      <Original entry={entry} />
    </article>
  );
}

function ReasonFilter(props: { readonly reason: string }) {
  return (
    <label class="select">
      <span class="sr">Reason</span>
      <select
        value={props.reason}
        onChange={(event) => setQuery({ reason: event.currentTarget.value || null })}
      >
        <option value="">All reasons</option>
        {QUARANTINE_REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {inTitle(reason)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What was not understood: why, where it stood, what was wrong, and the input as it came. */
export function Quarantine(props: { readonly reason: string }) {
  const tenant = useTenant();
  const address = (cursor: string | null) =>
    apiUrl(tenant.tenant, 'quarantine', { limit: PAGE_LIMIT, reason: props.reason, cursor });
  const first = useResource<Page>(address(null));
  const [older, setOlder] = useState<{ after: Page; page: Page } | null>(null);
  const more = older !== null && older.after === first.data ? older.page : null;
  const next = more ? more.next : (first.data?.next ?? null);
  useKeys({ j: () => moveRow(1), k: () => moveRow(-1) });
  const loadMore = async () => {
    const after = first.data;
    if (next === null || after === null) return;
    const page = await getJson<Page>(address(next));
    setOlder({ after, page: { items: [...(more?.items ?? []), ...page.items], next: page.next } });
  };
  return (
    <Panel title="Quarantine" aside={<ReasonFilter reason={props.reason} />}>
      <Loaded what="The quarantine" resource={first}>
        {(page) => {
          const items = [...page.items, ...(more?.items ?? [])];
          if (items.length === 0) {
            return (
              <Empty
                title={
                  props.reason
                    ? 'Nothing is quarantined for this reason.'
                    : 'Nothing is quarantined: every input was understood.'
                }
              />
            );
          }
          return (
            <>
              <p class="grey" role="status">
                {plural(items.length, 'input')}
                {next !== null && ' and more'}, newest first; none of them is in any score
              </p>
              {items.map((entry) => (
                <Entry key={entry.quarantineId} entry={entry} />
              ))}
            </>
          );
        }}
      </Loaded>
      {next !== null && (
        <button type="button" class="button more" onClick={() => void loadMore().catch(first.reload)}>
          Load more
        </button>
      )}
    </Panel>
  );
}
