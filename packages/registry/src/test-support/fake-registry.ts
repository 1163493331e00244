import { StreamError } from '@bellwether/stream';
import type { KnownSchemasParts } from '../known-schemas.ts';
import type { FoundSchema, Registration } from '../registry-client.ts';

/** A registry in memory that takes every schema and counts what it is asked. */
export class FakeRegistry implements Pick<KnownSchemasParts['client'], 'find' | 'register' | 'shownUrl'> {
  readonly shownUrl = 'http://registry.test/';
  readonly registrations: Registration[] = [];
  readonly asked: number[] = [];
  isAway = false;
  readonly #byId = new Map<number, FoundSchema>();

  /** Puts a schema there as somebody else would; its id. */
  add(found: FoundSchema | object): number {
    const id = this.#byId.size + 1;
    this.#byId.set(
      id,
      'kind' in found ? (found as FoundSchema) : { kind: 'avro', text: JSON.stringify(found) },
    );
    return id;
  }

  /** As after a start without its data. */
  forget(): void {
    this.#byId.clear();
  }

  async find(id: number): Promise<FoundSchema> {
    this.asked.push(id);
    await this.#answer();
    return this.#byId.get(id) ?? { kind: 'unknown' };
  }

  async register(registration: Registration): Promise<number> {
    await this.#answer();
    this.registrations.push(registration);
    for (const [id, found] of this.#byId) {
      if (found.kind === 'avro' && found.text === registration.text) return id;
    }
    return this.add({ kind: 'avro', text: registration.text });
  }

  async #answer(): Promise<void> {
    await Promise.resolve();
    if (this.isAway) throw new StreamError('unavailable', 'The schema registry did not answer.');
  }
}
