import { createRequire } from 'node:module';
import { OperatorError } from '@bellwether/runtime';
import { type Environment, findProgram } from '../tools/find-program.ts';
import { runTool } from '../tools/run-tool.ts';
import { mongodProgram } from './mongo-servers.ts';
import { secantusPythonSupply, secantusRustSupply } from './secantus.ts';
import { availabilityOf, type Supply, type Workshop } from './supply.ts';

/** What is used of the package mongodb-memory-server, which is taken where somebody has installed it. */
export interface MemoryServerPackage {
  readonly MongoBinary: { getPath(options?: { readonly version?: string }): Promise<string> };
}

/** In the order of preference: real ones, then the fast one of those that speak its protocol, then the slow one. */
export function mongoSupplies(
  workshop: Workshop,
  loadPackage: () => MemoryServerPackage = loadMemoryServer,
): readonly Supply[] {
  return [
    mongodSupply(workshop.env),
    memoryServerSupply(loadPackage),
    secantusRustSupply(workshop),
    secantusPythonSupply(workshop),
  ];
}

function mongodSupply(env: Environment): Supply {
  const find = (): string => {
    const path = findProgram('mongod', env);
    if (path === undefined) throw new OperatorError('no mongod is on the PATH');
    return path;
  };
  return {
    kind: 'mongodb',
    name: 'MongoDB',
    version: () => mongodVersion(find()),
    check: () =>
      availabilityOf(() => {
        find();
        return { state: 'here' };
      }),
    bring: async () => {
      const program = find();
      return mongodProgram({ name: 'MongoDB', version: await mongodVersion(program), program });
    },
  };
}

/** Takes the `mongod` that mongodb-memory-server downloads; not its way of running it, which cannot be killed. */
function memoryServerSupply(load: () => MemoryServerPackage): Supply {
  const name = 'MongoDB';
  return {
    kind: 'mongodb',
    name,
    version: async () => 'by mongodb-memory-server',
    check: () =>
      availabilityOf(() => {
        load();
        return { state: 'obtainable', effort: 'mongodb-memory-server fetches mongod where it has not yet' };
      }),
    bring: async (tell) => {
      tell('Asking mongodb-memory-server for mongod…');
      const program = await downloadMongod(load);
      return mongodProgram({ name, version: await mongodVersion(program), program });
    },
  };
}

function loadMemoryServer(): MemoryServerPackage {
  try {
    return createRequire(import.meta.url)('mongodb-memory-server');
  } catch (error) {
    throw new OperatorError('the package mongodb-memory-server is not installed', { cause: error });
  }
}

async function downloadMongod(load: () => MemoryServerPackage): Promise<string> {
  try {
    return await load().MongoBinary.getPath();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`mongodb-memory-server could not bring mongod (${why}).`, { cause: error });
  }
}

/** `8.0.4` of the `db version v8.0.4` that it prints. */
async function mongodVersion(program: string): Promise<string> {
  const purpose = `${program} does not work`;
  const lines = await runTool({ program, parameters: ['--version'], purpose });
  return /version v(\S+)/.exec(lines.join('\n'))?.[1] ?? 'of unknown version';
}
