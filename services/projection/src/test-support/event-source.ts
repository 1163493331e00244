/** One event of a stream, as a browser would see it. */
export interface StreamEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: unknown;
}

/** Reads a stream of server-sent events as a client does, one event after the other. */
export class EventSourceUnderTest {
  readonly #abort = new AbortController();
  #reader: ReadableStreamDefaultReader<string> | undefined;
  #text = '';

  async open(url: string, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(url, { headers, signal: this.#abort.signal });
    this.#reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    return response;
  }

  /** The next event; without data for those that only carry a position. */
  async next(): Promise<StreamEvent> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        return parse(block);
      }
      const read = await this.#reader?.read();
      if (!read || read.done) throw new Error('the stream has ended');
      this.#text += read.value;
    }
  }

  /** The next event that says something. */
  async nextWithData(): Promise<StreamEvent> {
    for (;;) {
      const event = await this.next();
      if (event.data !== undefined) return event;
    }
  }

  close(): void {
    this.#abort.abort();
  }
}

function parse(block: string): StreamEvent {
  const fields = new Map(
    block.split('\n').map((line) => {
      const border = line.indexOf(':');
      return [line.slice(0, border), line.slice(border + 1).trim()] as const;
    }),
  );
  const data = fields.get('data');
  return {
    id: fields.get('id'),
    event: fields.get('event'),
    data: data === undefined ? undefined : JSON.parse(data),
  };
}
