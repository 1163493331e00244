import { setTimeout as pause } from 'node:timers/promises';

/** Reads JSON from the API. @throws Error with the answer when the status is not 2xx */
export async function getJson<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text.slice(0, 500)}`);
  return JSON.parse(text) as T;
}

/** Sends JSON to the API and returns what came back, whatever its status. */
export async function postJson(url: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

/** All items of a list of the API, page after page. */
export async function getAll<T>(url: string): Promise<T[]> {
  const items: T[] = [];
  let cursor = '';
  do {
    const page = await getJson<{ items: T[]; next: string | null }>(
      `${url}${url.includes('?') ? '&' : '?'}limit=200${cursor}`,
    );
    items.push(...page.items);
    cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`;
  } while (cursor !== '');
  return items;
}

/** Asks again and again until `holds`. @throws Error with the last answer when it does not within `withinMs` */
export async function eventually<T>(
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
  withinMs = 15_000,
): Promise<T> {
  const deadlineMs = performance.now() + withinMs;
  let answer = await ask();
  while (!holds(answer)) {
    if (performance.now() > deadlineMs)
      throw new Error(
        `Not within ${withinMs} ms; the last answer was ${JSON.stringify(answer).slice(0, 1_000)}`,
      );
    await pause(100);
    answer = await ask();
  }
  return answer;
}
