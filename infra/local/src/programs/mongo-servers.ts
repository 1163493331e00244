import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HOST } from '../ports.ts';
import type { ServerPlace, ServerProgram } from '../server.ts';

interface Installed {
  readonly name: string;
  readonly version: string;
  readonly program: string;
  /** Before the options, where an interpreter runs the server. */
  readonly leading?: readonly string[];
}

/** MongoDB's own server, alone; its journal is always on. */
export function mongodProgram(installed: Installed): ServerProgram {
  return createProgram(installed, ({ ports: [port] }, folder) => [
    ...['--bind_ip', HOST, '--port', String(port), '--dbpath', folder],
    ...['--wiredTigerCacheSizeGB', '0.25', '--setParameter', 'diagnosticDataCollectionEnabled=false'],
  ]);
}

/** SecantusDB, in Rust or in Python. Without `--sync-on-commit` a kill would make it forget acknowledged writes. */
export function secantusProgram(installed: Installed & { readonly more: readonly string[] }): ServerProgram {
  return createProgram(installed, ({ ports: [port] }, folder) => [
    ...['--host', HOST, '--port', String(port), '--storage-path', folder],
    ...['--sync-on-commit', '--cache-size', '512M', '--log-level', 'WARNING'],
    ...installed.more,
  ]);
}

function createProgram(
  { name, version, program, leading = [] }: Installed,
  options: (place: ServerPlace, folder: string) => readonly string[],
): ServerProgram {
  return {
    kind: 'mongodb',
    name,
    version,
    url: ({ ports }) => `mongodb://${HOST}:${ports[0]}`,
    prepare: async (place) => {
      // Two programs do not read each other's files.
      const folder = join(place.folder, name);
      await mkdir(folder, { recursive: true });
      return { program, parameters: [...leading, ...options(place, folder)], workingFolder: place.folder };
    },
  };
}
