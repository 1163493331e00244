import type { ServerHandle, ServerKind, Tell } from '@bellwether/local-servers';

/** Where servers for tests come from, in the order of preference. */
export const BACKEND_NAMES = ['external', 'docker', 'local'] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];

/** What a backend says about one kind of server, before anything is started. */
export type Offer =
  | { readonly available: true; readonly name: string; readonly version: string; readonly effort?: string }
  /** A sentence: what is missing and how to get it. */
  | { readonly available: false; readonly reason: string };

/** One source of servers. */
export interface Backend {
  readonly name: BackendName;
  /** Quick and without lasting effects; never rejects because something is missing. */
  offer(kind: ServerKind): Promise<Offer>;
  /** Starts servers that end with this process; in the order of `kinds`. All or none. */
  start(kinds: readonly ServerKind[], tell: Tell): Promise<readonly ServerHandle[]>;
}

/** The variables of the environment that tests are run with. */
export type Environment = Readonly<Record<string, string | undefined>>;
