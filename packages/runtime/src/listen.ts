import { OperatorError } from './operator-error.ts';

/** Where a server may listen, and how it is told. */
export interface ListenOptions {
  /** Binds the server and resolves with its address as a URL; `app.listen` of fastify is one. */
  readonly bind: (place: { readonly port: number; readonly host: string }) => Promise<string>;
  readonly host: string;
  /** The port the operator asked for: no other will do. 0 leaves the choice to the operating system. */
  readonly port: number | undefined;
  /** Where to begin looking when the operator asked for none. */
  readonly defaultPort: number;
  /** Tells the operator something, a sentence at a time. */
  readonly say: (sentence: string) => void;
}

/** How many ports above the default one are tried. */
const NEIGHBOURS = 20;
const HIGHEST_PORT = 65_535;

/**
 * Binds a server and resolves with its port. When the default port is taken the next free one is used and that is said;
 * when the operator's own is, that is an error.
 * @throws OperatorError when the port or host cannot be had.
 */
export async function listen(options: ListenOptions): Promise<number> {
  const { port, host, defaultPort } = options;
  if (port !== undefined) {
    const bound = await tryPort(options, port);
    if (bound !== undefined) return bound;
    throw new OperatorError(
      `Port ${port} on ${host} is taken by another program: choose another with --port.`,
    );
  }
  const last = Math.min(defaultPort + NEIGHBOURS, HIGHEST_PORT);
  for (let candidate = defaultPort; candidate <= last; candidate += 1) {
    const bound = await tryPort(options, candidate);
    if (bound === undefined) continue;
    if (candidate !== defaultPort) options.say(`Port ${defaultPort} is taken, using ${candidate} instead.`);
    return bound;
  }
  throw new OperatorError(
    `Ports ${defaultPort} to ${last} on ${host} are all taken: choose another with --port.`,
  );
}

/** The port that was bound; undefined when another program has it. */
async function tryPort({ bind, host }: ListenOptions, port: number): Promise<number | undefined> {
  try {
    const address = await bind({ port, host });
    return port === 0 ? Number(new URL(address).port) : port;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') return undefined;
    if (code === 'EACCES')
      throw new OperatorError(`Port ${port} may not be opened by this user.`, { cause: error });
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new OperatorError(`${host} is not an address of this machine.`, { cause: error });
    }
    throw error;
  }
}
