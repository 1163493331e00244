import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Alert, CustomerRow, Tenant } from '../../src/api/schemas.ts';
import { alertsOf } from './alerts.ts';
import { detailOf, historyOf } from './customer.ts';
import { LiveTalk } from './live-talk.ts';
import { portfolioOf, TENANTS } from './portfolio.ts';
import { accountingOf, concentrationOf, overviewOf, quarantineOf } from './reports.ts';
import { timelineOf } from './timeline.ts';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const KINDS: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

interface Call {
  readonly tenant: Tenant;
  readonly query: URLSearchParams;
  readonly parts: readonly string[];
}

function page<T>(items: readonly T[], query: URLSearchParams): { items: T[]; next: string | null } {
  const from = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  const next = from + limit < items.length ? String(from + limit) : null;
  return { items: items.slice(from, from + limit), next };
}

const SORTS: Record<string, (row: CustomerRow) => number | string> = {
  value: (row) => row.valueMinor,
  health: (row) => row.healthScore ?? 1_000,
  name: (row) => row.name ?? row.customerId,
  notice: (row) => row.nextNoticeDate ?? '9999',
  complexity: (row) => row.complexity ?? -1,
  alerts: (row) => row.openAlerts,
};

function customers({ tenant, query }: Call): CustomerRow[] {
  const by = SORTS[query.get('sort') ?? 'value'] ?? ((row: CustomerRow) => row.valueMinor);
  const sign = query.get('order') === 'asc' ? 1 : -1;
  const text = (query.get('q') ?? '').toLowerCase();
  return portfolioOf(tenant)
    .filter((row) => `${row.name} ${row.customerId}`.toLowerCase().includes(text))
    .filter((row) => !query.get('band') || row.healthBand === query.get('band'))
    .filter((row) => query.get('atRisk') !== 'true' || row.atRisk)
    .filter((row) => query.get('msaOnly') !== 'true' || row.msaOnly)
    .filter((row) => !query.get('owner') || row.owner === query.get('owner'))
    .sort((a, b) => (by(a) < by(b) ? -sign : by(a) > by(b) ? sign : a.rank - b.rank));
}

function alerts({ tenant, query }: Call): Alert[] {
  const state = query.get('state') ?? 'open';
  return alertsOf(tenant).filter(
    (alert) =>
      (state === 'all' || alert.state === state || (state === 'open' && alert.state !== 'resolved')) &&
      (!query.get('rule') || alert.rule === query.get('rule')) &&
      (!query.get('severity') || alert.severity === query.get('severity')),
  );
}

function ofCustomer(call: Call, row: CustomerRow): unknown {
  if (call.parts[2] === 'timeline') return page(timelineOf(call.tenant, row), call.query);
  if (call.parts[2] === 'history') return historyOf(call.tenant, row);
  return detailOf(call.tenant, row);
}

/** The answer to a GET below a tenant; undefined: there is no such thing. */
function answer(call: Call): unknown {
  const { tenant, query, parts } = call;
  const [first, second] = parts;
  if (first === undefined) return tenant;
  if (first === 'overview') return overviewOf(tenant, query.get('since') ?? '2026-11-13T00:00:00Z');
  if (first === 'customers' && second === undefined) return page(customers(call), query);
  if (first === 'customers') {
    const row = portfolioOf(tenant).find((known) => known.customerId === second);
    return row && ofCustomer(call, row);
  }
  if (first === 'alerts' && second === undefined) return page(alerts(call), query);
  if (first === 'alerts') return alertsOf(tenant).find((alert) => alert.alertId === second);
  if (first === 'reports' && second === 'concentration') return concentrationOf(tenant);
  if (first === 'accounting') return accountingOf(tenant);
  const reason = query.get('reason');
  if (first === 'quarantine')
    return page(
      quarantineOf(tenant).filter((entry) => !reason || entry.reason === reason),
      query,
    );
  return undefined;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
  });
  response.end(JSON.stringify(body));
}

function sendFile(response: ServerResponse, path: string): void {
  const wanted = join(DIST, normalize(path));
  const file = extname(path) !== '' && existsSync(wanted) ? wanted : join(DIST, 'index.html');
  response.writeHead(200, { 'content-type': KINDS[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}

async function bodyOf(request: IncomingMessage): Promise<{ actor?: string }> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text) as { actor?: string };
}

async function handle(request: IncomingMessage, response: ServerResponse, talk: LiveTalk): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [version, tenants, name, ...parts] = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  if (version !== 'v1') return sendFile(response, url.pathname);
  if (tenants === 'tenants' && name === undefined) return send(response, 200, { items: TENANTS, next: null });
  const tenant = TENANTS.find((known) => known.tenant === name);
  const missing = {
    type: 'about:blank',
    title: 'Not found',
    status: 404,
    detail: `there is nothing at ${url.pathname}`,
  };
  if (!tenant) return send(response, 404, missing);
  if (parts[0] === 'changes') return talk.join(tenant, response);
  if (request.method === 'POST') {
    const { actor } = await bodyOf(request);
    talk.acknowledge(tenant, { alertId: parts[1] ?? '', actor: actor ?? '' });
    return send(response, 202, {});
  }
  const body = answer({ tenant, query: url.searchParams, parts });
  return body === undefined ? send(response, 404, missing) : send(response, 200, body);
}

/** A stand-in for projection with seeded data: the built board and the REST contract. Port 0 picks a free one. */
export async function startMockApi(options: { readonly port: number; readonly everyMs: number }): Promise<{
  readonly url: string;
  readonly server: Server;
  readonly close: () => Promise<void>;
}> {
  const talk = new LiveTalk(options.everyMs);
  const server = createServer((request, response) => {
    handle(request, response, talk).catch((error: unknown) =>
      send(response, 500, { type: 'about:blank', title: 'Failed', status: 500, detail: String(error) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(options.port, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  const close = async () => {
    talk.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, server, close };
}
