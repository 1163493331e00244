import { setTimeout as sleep } from 'node:timers/promises';
import { StreamError } from '@bellwether/stream';
import { COMPATIBILITY, SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import avro from 'avsc';

/** Where the schema registry is, and who asks it. */
export interface RegistryAddress {
  /** Of a registry that speaks Confluent's REST interface. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** What a registry says of an id: an Avro schema as JSON text, nothing, or something that cannot be read. */
export type FoundSchema =
  | { readonly kind: 'avro'; readonly text: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreadable'; readonly detail: string };

/** What a subject demands of each new version. */
export type Compatibility = 'FULL_TRANSITIVE' | 'BACKWARD_TRANSITIVE';

/** A schema as it is to be registered. */
export interface Registration {
  readonly subject: string;
  readonly text: string;
  readonly compatibility: Compatibility;
}

const TIMEOUT_MS = 5_000;
/** Processes that start together register the same subject: one is early, the others find it half made. */
const RACE_ATTEMPTS = 5;
const RACE_PAUSE_MS = 150;

/** A Confluent-compatible schema registry, one call per question. */
export class RegistryClient {
  /** Without a password, for people to read. */
  readonly shownUrl: string;
  readonly #registry: SchemaRegistry;

  constructor({ url, username, password }: RegistryAddress) {
    const shown = new URL(url);
    shown.username = '';
    shown.password = '';
    this.shownUrl = shown.href;
    this.#registry = new SchemaRegistry({
      host: url.replace(/\/+$/, ''),
      clientId: 'bellwether',
      ...(username === undefined ? {} : { auth: { username, password: password ?? '' } }),
      retry: { retries: 2 },
      // The client waits for ever otherwise.
      middlewares: [
        () => ({
          prepareRequest: async (next) => (await next()).enhance({ timeout: TIMEOUT_MS }),
        }),
      ],
    });
  }

  /** @throws StreamError `unavailable` when the registry does not answer */
  async find(id: number): Promise<FoundSchema> {
    try {
      const schema = await this.#registry.getSchema(id);
      if (!avro.Type.isType(schema)) return { kind: 'unreadable', detail: `schema ${id} is no Avro schema` };
      const type = schema as unknown as avro.Type;
      return { kind: 'avro', text: JSON.stringify(type.schema({ exportAttrs: true })) };
    } catch (error) {
      const status = statusOf(error);
      if (status === 404) return { kind: 'unknown' };
      if (status !== undefined) throw this.#unavailable(`the schema with the id ${id}`, error);
      return { kind: 'unreadable', detail: `schema ${id} cannot be read: ${messageOf(error)}` };
    }
  }

  /**
   * The id of a schema in its subject; a schema that is there already keeps its id.
   * @throws StreamError `unavailable` when the registry does not answer, `refused` when it will not have the schema
   */
  async register({ subject, text, compatibility }: Registration): Promise<number> {
    const schema = { type: SchemaType.AVRO, schema: text } as const;
    const options = { subject, compatibility: COMPATIBILITY[compatibility] };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await this.#registry.register(schema, options)).id;
      } catch (error) {
        const status = statusOf(error);
        const mayBeARace = status === undefined || status === 409;
        if (attempt >= RACE_ATTEMPTS || !mayBeARace) {
          throw this.#notRegistered({ subject, text, compatibility }, error);
        }
        await sleep(RACE_PAUSE_MS * attempt);
      }
    }
  }

  #notRegistered({ subject, compatibility }: Registration, error: unknown): StreamError {
    const status = statusOf(error);
    const said = messageOf(error);
    if (status === undefined) {
      return new StreamError(
        'refused',
        `The subject ${subject} of ${this.shownUrl} is not set to ${compatibility} (${said}). Somebody has changed ` +
          'what new versions may do: set it back, or programs that read the topic may break.',
        { cause: error },
      );
    }
    if (status === 409 || status === 422) {
      return new StreamError(
        'refused',
        `The registry ${this.shownUrl} refuses the schema of ${subject}: it is not ${compatibility} with the ` +
          `versions before it (${said}). Start a version of the program that fits them, or change the schema so that ` +
          'it does: a field may only be added or taken away if it is optional, and none may change its type.',
        { cause: error },
      );
    }
    if (status === 404 || status === 401 || status === 403) {
      const why = status === 404 ? 'no schema registry answers there' : 'it does not let this program in';
      const sentence = `The schema of ${subject} cannot be registered at ${this.shownUrl}: ${why} (${said}).`;
      return new StreamError('refused', sentence, { cause: error });
    }
    return this.#unavailable(`the schema of ${subject}`, error);
  }

  #unavailable(what: string, cause: unknown): StreamError {
    return new StreamError(
      'unavailable',
      `The schema registry ${this.shownUrl} was asked for ${what} and did not answer (${messageOf(cause)}).`,
      { cause },
    );
  }
}

/** HTTP status of an answer; 400 also where there was none. Undefined: the fault was found on this side. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^[\w ]+ - /, '').replace(/^Error, status 400: /, '');
}
