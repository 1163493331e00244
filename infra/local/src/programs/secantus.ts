import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@bellwether/runtime';
import type { Tell } from '../server.ts';
import { bringFolder } from '../tools/cache.ts';
import { type Environment, findProgram } from '../tools/find-program.ts';
import { runTool } from '../tools/run-tool.ts';
import { secantusProgram } from './mongo-servers.ts';
import { availabilityOf, type Supply, type Workshop } from './supply.ts';

const RUST_VERSION = '0.5.3-beta.173';
const PYTHON_VERSION = '0.7.0b3';
const BUILD_MINUTES = 7;
const BUILD_PARTS = 180;
const PROGRESS_EVERY_MS = 30_000;

/** The server in Rust, built once. It is a program of its own under the GPL: started here, never linked or shipped. */
export function secantusRustSupply({ env, cache }: Workshop): Supply {
  const folder = join(cache, `secantusd-rs-${RUST_VERSION}`);
  const name = 'secantusd-rs';
  return {
    kind: 'mongodb',
    name,
    version: async () => RUST_VERSION,
    check: () =>
      availabilityOf(() => {
        if (existsSync(folder)) return { state: 'here' };
        findCargo(env);
        return {
          state: 'obtainable',
          effort: `it is built first, which takes about ${BUILD_MINUTES} minutes`,
        };
      }),
    bring: async (tell) => {
      await bringFolder(folder, async (draft) => {
        tell(
          `Building secantusd-rs ${RUST_VERSION} with cargo (once, about ${BUILD_MINUTES} minutes on two cores)…`,
        );
        const version = ['--version', RUST_VERSION, '--ignore-rust-version'];
        await runTool(
          {
            program: findCargo(env),
            parameters: ['install', 'secantus-mdb', ...version, '--root', draft],
            purpose: 'secantusd-rs could not be built',
          },
          { onLine: tellProgress(tell) },
        );
      });
      const program = join(folder, 'bin', 'secantusd-rs');
      // As a replica set of one, which is what has transactions.
      const more = ['--log-file-max', '128MB'];
      return secantusProgram({ name, version: RUST_VERSION, program, more });
    },
  };
}

/** The server in Python: right but slow, for functional tests. */
export function secantusPythonSupply({ env, cache }: Workshop): Supply {
  const folder = join(cache, `secantusd-py-${PYTHON_VERSION}`);
  const name = 'secantusd-py';
  return {
    kind: 'mongodb',
    name,
    version: async () => PYTHON_VERSION,
    check: () =>
      availabilityOf(() => {
        if (existsSync(folder)) return { state: 'here' };
        findPython(env);
        return { state: 'obtainable', effort: 'it is fetched first' };
      }),
    bring: async (tell) => {
      await bringFolder(folder, async (draft) => {
        tell(`Fetching SecantusDB ${PYTHON_VERSION} with pip (once)…`);
        const purpose = 'secantusd-py could not be installed';
        const venv = ['-m', 'venv', draft];
        await runTool({
          program: findPython(env),
          parameters: venv,
          purpose: `${purpose} (no venv; Debian: apt-get install python3-venv)`,
        });
        const install = ['-m', 'pip', 'install', '--quiet', `SecantusDB==${PYTHON_VERSION}`];
        await runTool({ program: pythonOf(draft), parameters: install, purpose });
      });
      // Not by the script that pip made: it names the folder in which it was made.
      const leading = ['-c', 'from secantus.cli import main; main()'];
      const more = ['--standalone'];
      return secantusProgram({ name, version: PYTHON_VERSION, program: pythonOf(folder), leading, more });
    },
  };
}

/** Says now and then how far a build is: cargo prints one line for each part that it compiles. */
function tellProgress(tell: Tell): (line: string) => void {
  let compiled = 0;
  let lastMs = performance.now();
  return (line) => {
    if (!/^\s*Compiling /.test(line)) return;
    compiled += 1;
    if (performance.now() - lastMs < PROGRESS_EVERY_MS) return;
    lastMs = performance.now();
    tell(`  ${compiled} of about ${BUILD_PARTS} parts compiled, the last ones take longest…`);
  };
}

function findCargo(env: Environment): string {
  const cargo = findProgram('cargo', env);
  if (cargo !== undefined) return cargo;
  throw new OperatorError('there is no Rust (cargo) to build secantusd-rs with');
}

function findPython(env: Environment): string {
  const python = findProgram('python3', env);
  if (python !== undefined) return python;
  throw new OperatorError('there is no Python 3 for secantusd-py');
}

function pythonOf(venv: string): string {
  return join(venv, 'bin', 'python3');
}
