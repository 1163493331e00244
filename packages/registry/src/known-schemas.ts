import { StreamError } from '@bellwether/stream';
import avro from 'avsc';
import type { FoundSchema, Registration, RegistryClient } from './registry-client.ts';
import { loadSnapshot, type SchemaSnapshot, saveSnapshot } from './snapshot-file.ts';
import { UnknownIds } from './unknown-ids.ts';

/** Questions at a time. */
const AT_ONCE = 8;
/** For how long a registry that did not answer is not asked to register what it has registered before. */
const AWAY_FOR_MS = 10_000;
/** Ids are positive signed 32-bit numbers. */
const GREATEST_ID = 2 ** 31 - 1;

/** Where schemas come from and where they are kept. */
export interface KnownSchemasParts {
  readonly client: Pick<RegistryClient, 'find' | 'register' | 'shownUrl'>;
  /** A file of this process, so that it can start while the registry is away. */
  readonly snapshotPath?: string | undefined;
  /** Is told of what the operator should know and nothing fails for. */
  readonly report: (message: string) => void;
  readonly nowMs?: () => number;
}

/** True for texts of one schema; what the registry gives back has no documentation in it. */
function sameSchema(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [one, other].map((text) =>
    avro.Type.forSchema(JSON.parse(text) as avro.schema.AvroSchema),
  );
  return first?.equals(second as avro.Type) ?? false;
}

const UNKNOWN: FoundSchema = { kind: 'unknown' };

/**
 * Schemas by id and ids of schemas, each asked for once: in memory, in a snapshot on disk, then in the registry. What
 * is unknown stays so for a minute. With the registry away everything known goes on (T18).
 */
export class KnownSchemas {
  readonly #parts: KnownSchemasParts;
  readonly #found = new Map<number, FoundSchema>();
  readonly #nowMs: () => number;
  readonly #unknown: UnknownIds;
  #awayUntilMs = Number.NEGATIVE_INFINITY;
  readonly #asking = new Map<number, Promise<void>>();
  readonly #registered = new Map<string, { readonly id: number; readonly text: string }>();
  #saving: Promise<void> = Promise.resolve();
  #isSaveDue = false;

  private constructor(parts: KnownSchemasParts) {
    this.#parts = parts;
    this.#nowMs = parts.nowMs ?? (() => performance.now());
    this.#unknown = new UnknownIds(this.#nowMs);
  }

  /** Begins with what the snapshot holds. */
  static async open(parts: KnownSchemasParts): Promise<KnownSchemas> {
    const known = new KnownSchemas(parts);
    const { snapshotPath, client, report } = parts;
    if (snapshotPath === undefined) return known;
    const { snapshot, fault } = await loadSnapshot(snapshotPath, client.shownUrl);
    if (fault !== undefined) report(fault);
    if (snapshot !== undefined) known.#take(snapshot);
    return known;
  }

  /** What is known of an id; `load` it first. */
  get(id: number): FoundSchema {
    return this.#found.get(id) ?? UNKNOWN;
  }

  /** @throws StreamError `unavailable` when an id has to be asked for and nobody answers */
  async load(ids: Iterable<number>): Promise<void> {
    const open = [...ids].filter((id) => this.#isOpen(id));
    for (let from = 0; from < open.length; from += AT_ONCE) {
      // Another reader may have asked while this one waited for its turn.
      const turn = open.slice(from, from + AT_ONCE).filter((id) => this.#isOpen(id));
      await Promise.all(turn.map((id) => this.#ask(id)));
    }
  }

  /** Whether the registry is to be asked. */
  #isOpen(id: number): boolean {
    return id > 0 && id <= GREATEST_ID && !this.#found.has(id) && !this.#unknown.has(id);
  }

  /**
   * The id of a schema of ours in its subject. While the registry is away the snapshot answers, if the schema is the
   * one that was registered.
   * @throws StreamError `refused` when the registry will not have it, `unavailable` when nobody answers
   */
  async register(registration: Registration): Promise<number> {
    const { subject, text } = registration;
    const before = this.#registered.get(subject);
    // One question that is not answered takes seconds; a process with many topics would take long to start.
    if (before?.text === text && this.#nowMs() < this.#awayUntilMs) return before.id;
    try {
      const id = await this.#parts.client.register(registration);
      this.#checkSame(id, text);
      this.#registered.set(subject, { id, text });
      this.#found.set(id, { kind: 'avro', text });
      this.#save();
      return id;
    } catch (error) {
      if (!(error instanceof StreamError) || error.code !== 'unavailable') throw error;
      this.#awayUntilMs = this.#nowMs() + AWAY_FOR_MS;
      if (before?.text === text) return before.id;
      throw new StreamError(
        'unavailable',
        `${error.message} This program has to register its schema there once before it can work without it: start the ` +
          'registry.',
        { cause: error },
      );
    }
  }

  /** Resolves when what is known is on disk. */
  async saved(): Promise<void> {
    await this.#saving;
  }

  #ask(id: number): Promise<void> {
    const asked = this.#asking.get(id);
    if (asked !== undefined) return asked;
    const asking = this.#find(id).finally(() => this.#asking.delete(id));
    this.#asking.set(id, asking);
    return asking;
  }

  async #find(id: number): Promise<void> {
    const found = await this.#parts.client.find(id);
    if (found.kind === 'unknown') {
      this.#unknown.add(id);
      return;
    }
    this.#found.set(id, found);
    if (found.kind === 'avro') this.#save();
  }

  /** A registry that was set up anew gives ids away again, and what stands in the topics would be misread. */
  #checkSame(id: number, text: string): void {
    const known = this.#found.get(id);
    if (known?.kind !== 'avro' || sameSchema(known.text, text)) return;
    throw new StreamError(
      'refused',
      `The schema registry ${this.#parts.client.shownUrl} gave the id ${id} to another schema than before: it has lost ` +
        'what it knew, and records with the old ids would be misread. Restore the registry from its ' +
        `backup, or, if the topics are new too, remove ${this.#parts.snapshotPath ?? 'what remembers the old ids'}.`,
    );
  }

  #take({ schemas, registered }: SchemaSnapshot): void {
    for (const [id, text] of Object.entries(schemas)) this.#found.set(Number(id), { kind: 'avro', text });
    for (const [subject, known] of Object.entries(registered)) this.#registered.set(subject, known);
  }

  /** Writes come one after the other, and what changes meanwhile goes into the next. */
  #save(): void {
    const path = this.#parts.snapshotPath;
    if (path === undefined || this.#isSaveDue) return;
    this.#isSaveDue = true;
    this.#saving = this.#saving.then(async () => {
      this.#isSaveDue = false;
      try {
        await saveSnapshot(path, this.#snapshot());
      } catch (error) {
        const consequence = 'a start without the registry may not be possible';
        this.#parts.report(
          `The known schemas cannot be written to ${path} (${String(error)}): ${consequence}.`,
        );
      }
    });
  }

  #snapshot(): SchemaSnapshot {
    const schemas: Record<string, string> = {};
    for (const [id, found] of this.#found) if (found.kind === 'avro') schemas[id] = found.text;
    const registry = this.#parts.client.shownUrl;
    return { version: 1, registry, schemas, registered: Object.fromEntries(this.#registered) };
  }
}
