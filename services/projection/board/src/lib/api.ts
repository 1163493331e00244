import type { Problem } from '../../../src/api/schemas.ts';

/** A request that failed, in words for the reader: what failed and the server's own explanation. */
export class ApiFailure extends Error {
  /** HTTP status; 0 when the server could not be reached. */
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.name = 'ApiFailure';
    this.status = status;
  }
}

async function failureOf(response: Response): Promise<ApiFailure> {
  const problem = (await response.json().catch(() => null)) as Problem | null;
  const text = problem?.detail ?? problem?.title ?? `the server answered ${response.status}`;
  return new ApiFailure(text, response.status);
}

async function request(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiFailure('the server cannot be reached', 0);
  }
  if (!response.ok) throw await failureOf(response);
  return response;
}

/** GET of a JSON document. Throws ApiFailure, or AbortError when `signal` fires. */
export async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  const response = await request(url, { headers: { accept: 'application/json' }, signal: signal ?? null });
  return (await response.json()) as T;
}

/** POST of a JSON document; the answer's body is not read. Throws ApiFailure. */
export async function postJson(url: string, body: unknown): Promise<void> {
  await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Address of a tenant's resource; empty and null query entries are left out. */
export function apiUrl(
  tenant: string,
  path: string,
  query: { readonly [name: string]: string | number | null | undefined } = {},
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `/v1/tenants/${encodeURIComponent(tenant)}/${path}${text ? `?${text}` : ''}`;
}
