import { type Fault, faultText } from '@bellwether/events';
import { OperatorError } from '@bellwether/runtime';

/** A tenant of a running server. */
export interface Place {
  readonly url: string;
  readonly tenant: string;
}

interface Sent {
  readonly method: 'POST' | 'DELETE';
  readonly body?: string;
  readonly type?: string;
}
interface Problem {
  readonly detail?: string;
  readonly faults?: readonly Fault[];
}

/**
 * Asks a running server about the models of a tenant, or tells it what is wanted of them.
 * @throws OperatorError in one sentence a fault when it does not answer, or says no
 */
export async function callModels<T>({ url, tenant }: Place, path: string, sent?: Sent): Promise<T> {
  const address = `${url.replace(/\/+$/, '')}/v1/tenants/${encodeURIComponent(tenant)}/models${path}`;
  const { method = 'GET', body, type = 'application/json' } = sent ?? {};
  let response: Response;
  try {
    const headers = body === undefined ? {} : { 'content-type': type };
    response = await fetch(address, { method, headers, ...(body === undefined ? {} : { body }) });
  } catch (cause) {
    throw new OperatorError(`${url} does not answer: start Bellwether there, or name another --url.`, {
      cause,
    });
  }
  const answer = await readJson(response);
  if (response.ok && answer !== undefined) return answer as T;
  throw new OperatorError(sentenceOf((answer ?? {}) as Problem, `${url} answered ${response.status}.`));
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function sentenceOf({ detail, faults = [] }: Problem, otherwise: string): string {
  if (faults.length === 0) return detail ?? otherwise;
  return ['It was not taken:', ...faults.map((fault) => `  ${faultText(fault)}`)].join('\n');
}
