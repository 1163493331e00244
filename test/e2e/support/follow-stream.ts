import type { AlertRecord, CustomerChange } from '@bellwether/events';

/** One event of the stream of changes. */
export type StreamEvent =
  | { readonly name: 'change'; readonly id: string; readonly data: CustomerChange }
  | { readonly name: 'alert'; readonly id: string; readonly data: AlertRecord }
  | { readonly name: 'reset'; readonly id: string; readonly data: object };

/** A reader of the stream of changes of one tenant. */
export interface FollowedStream {
  /** The first event, past or to come, that fits. @throws Error when none comes within `withinMs` */
  first(fits: (event: StreamEvent) => boolean, withinMs?: number): Promise<StreamEvent>;
  close(): void;
}

/** Opens the stream; resolves when the server has answered, so what happens afterwards is in it. */
export async function followStream(url: string): Promise<FollowedStream> {
  const abort = new AbortController();
  const answer = await fetch(url, { headers: { accept: 'text/event-stream' }, signal: abort.signal });
  if (!answer.ok || answer.body === null) throw new Error(`${url}: ${answer.status}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  const seen: StreamEvent[] = [];
  let waiting: {
    readonly fits: (event: StreamEvent) => boolean;
    readonly found: (event: StreamEvent) => void;
  }[] = [];
  const take = (event: StreamEvent): void => {
    seen.push(event);
    for (const one of waiting) if (one.fits(event)) one.found(event);
    waiting = waiting.filter((one) => !one.fits(event));
  };
  const position = await reader.read();
  const read = async (): Promise<void> => {
    let rest = position.value ?? '';
    while (true) {
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = parseBlock(block);
        if (event) take(event);
      }
      const { done, value } = await reader.read();
      if (done) return;
      rest += value;
    }
  };
  void read().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return {
    first: (fits, withinMs = 15_000) => {
      const past = seen.find(fits);
      if (past) return Promise.resolve(past);
      return new Promise((found, reject) => {
        const late = () =>
          reject(new Error(`Not in the stream within ${withinMs} ms; it had ${seen.length} others`));
        const timer = setTimeout(late, withinMs);
        waiting.push({
          fits,
          found: (event) => {
            clearTimeout(timer);
            found(event);
          },
        });
      });
    },
    close: () => abort.abort(),
  };
}

function parseBlock(block: string): StreamEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  const [name, id = '', data] = [fields.get('event'), fields.get('id'), fields.get('data')];
  if (data === undefined || (name !== 'change' && name !== 'alert' && name !== 'reset')) return undefined;
  return { name, id, data: JSON.parse(data) } as StreamEvent;
}
