import { useEffect, useRef, useState } from 'preact/hooks';
import { moveRow } from '../../lib/keys.ts';
import { hrefOf, setQuery } from '../../lib/router.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import type { ListQuery } from './use-customer-rows.ts';

const SEARCH_AFTER_MS = 200;
const VIEWS: readonly (readonly [string, { readonly [name: string]: string }])[] = [
  ['All by value', {}],
  ['At risk', { atRisk: 'true', sort: 'value' }],
  ['To decide on soon', { sort: 'notice' }],
  ['MSA only', { msaOnly: 'true' }],
  ['Most alerts', { sort: 'alerts' }],
];

function Search(props: { readonly q: string }) {
  const [text, setText] = useState(props.q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setText(props.q), [props.q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setQuery({ q: next.trim() }), SEARCH_AFTER_MS);
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' && event.key !== 'Enter') return;
    event.preventDefault();
    if (event.target instanceof HTMLElement) event.target.blur();
    if (event.key === 'Enter') moveRow(1);
  };
  return (
    <label class="search">
      <span class="sr">Search customers by name or id</span>
      <input
        id="customer-search"
        type="search"
        placeholder="Search name or id"
        value={text}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={leave}
      />
      <span class="key" aria-hidden="true">
        /
      </span>
    </label>
  );
}

function Toggle(props: { readonly name: string; readonly label: string; readonly on: boolean }) {
  return (
    <label class="toggle">
      <input
        type="checkbox"
        checked={props.on}
        onChange={(event) => setQuery({ [props.name]: event.currentTarget.checked ? 'true' : null })}
      />
      <span>{props.label}</span>
    </label>
  );
}

function Views(props: { readonly query: ListQuery }) {
  const tenant = useTenant();
  const present = (view: { readonly [name: string]: string }) =>
    (['atRisk', 'msaOnly'] as const).every((name) => (view[name] ?? '') === props.query[name]) &&
    (view.sort ?? 'value') === props.query.sort &&
    props.query.band === '' &&
    props.query.q === '';
  return (
    <nav class="views" aria-label="Views">
      {VIEWS.map(([name, view]) => (
        <a
          key={name}
          href={hrefOf(tenant.tenant, 'customers', view)}
          aria-current={present(view) ? 'true' : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}

/** Search, band, at risk, MSA only, owner; all of it in the address, so that a view can be kept as a link. */
export function Filters(props: { readonly query: ListQuery }) {
  const { query } = props;
  return (
    <div class="filters">
      <Views query={query} />
      <div class="filter-row">
        <Search q={query.q} />
        <label class="select">
          <span class="sr">Band</span>
          <select
            value={query.band}
            onChange={(event) => setQuery({ band: event.currentTarget.value || null })}
          >
            <option value="">All bands</option>
            <option value="healthy">Healthy</option>
            <option value="needs-attention">Needs attention</option>
            <option value="at-risk">At risk</option>
            <option value="not-scorable">Unknown</option>
          </select>
        </label>
        <Toggle name="atRisk" label="At risk" on={query.atRisk === 'true'} />
        <Toggle name="msaOnly" label="MSA only" on={query.msaOnly === 'true'} />
        {query.owner !== '' && (
          <button type="button" class="chip" onClick={() => setQuery({ owner: null })}>
            Owner: {query.owner} ×<span class="sr"> remove this filter</span>
          </button>
        )}
      </div>
    </div>
  );
}
