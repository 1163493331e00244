import { useEffect, useState } from 'preact/hooks';

export const PAGES = ['overview', 'customers', 'concentration', 'alerts', 'quarantine'] as const;
export type Page = (typeof PAGES)[number];

/** Where the reader is: `/t/{tenant}/{page}` or `/t/{tenant}/customers/{id}`, with filters in the query. */
export interface Place {
  readonly tenant: string | null;
  readonly page: Page;
  readonly customerId: string | null;
  readonly query: URLSearchParams;
  /** False where the path names no page of the board. */
  readonly known: boolean;
}

/** Reads a place from a path and a query string; never throws on a malformed path. */
export function readPlace(pathname: string, search: string): Place {
  const [root, tenant, page, id, ...rest] = pathname.split('/').filter(Boolean).map(decode);
  const found = PAGES.find((name) => name === (page ?? 'overview'));
  const known = (root === undefined || root === 't') && found !== undefined && rest.length === 0;
  return {
    tenant: root === 't' ? (tenant ?? null) : null,
    page: found ?? 'overview',
    customerId: found === 'customers' ? (id ?? null) : null,
    query: new URLSearchParams(search),
    known: known && (id === undefined || found === 'customers'),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Link to a page; query entries that are null or empty are left out. */
export function hrefOf(
  tenant: string,
  path: string,
  query: { readonly [name: string]: string | null } = {},
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  const text = search.toString();
  return `/t/${encodeURIComponent(tenant)}/${path}${text ? `?${text}` : ''}`;
}

/** Link to one customer. */
export function customerHref(tenant: string, customerId: string): string {
  return hrefOf(tenant, `customers/${encodeURIComponent(customerId)}`);
}

const listeners = new Set<() => void>();
let byHistory = false;

/** The present place was reached with Back or Forward, so the reader expects it as they left it. */
export function arrivedByHistory(): boolean {
  return byHistory;
}

/** Goes to a link of the board; `replace` for filters and sorting, so that Back leaves the page. */
export function navigate(href: string, options: { readonly replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  byHistory = false;
  for (const listener of listeners) listener();
}

/** Sets query entries of the present page (null removes one). */
export function setQuery(changes: { readonly [name: string]: string | null }): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  navigate(location.pathname + (text ? `?${text}` : ''), { replace: true });
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target || link.hasAttribute('download')) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || !url.pathname.startsWith('/t/')) return;
  event.preventDefault();
  if (url.pathname === location.pathname && url.search === location.search && url.hash) return;
  navigate(url.pathname + url.search);
}

/** The present place; re-renders on every navigation. Plain links are followed without a page load. */
export function usePlace(): Place {
  const [place, setPlace] = useState(() => readPlace(location.pathname, location.search));
  useEffect(() => {
    const update = () => setPlace(readPlace(location.pathname, location.search));
    const back = () => {
      byHistory = true;
      update();
    };
    listeners.add(update);
    addEventListener('popstate', back);
    document.addEventListener('click', followLink);
    return () => {
      listeners.delete(update);
      removeEventListener('popstate', back);
      document.removeEventListener('click', followLink);
    };
  }, []);
  return place;
}
