import { randomInt } from 'node:crypto';
import { defineConfig } from 'vitest/config';
import { findChromium } from './scripts/support/find-chromium.ts';

/** Property tests draw from this seed; a run is repeated by setting it (`npm test` prints it). */
const seed = process.env.BELLWETHER_SEED ?? String(randomInt(2 ** 31));
const everywhere = ['packages', 'services', 'infra', 'scripts', 'test'];
/** Servers for the tests that ask for them; see `packages/testkit/src/servers`. */
const servers = 'packages/testkit/src/servers/global-setup.ts';
const ending = (suffix: string): string[] => everywhere.map((folder) => `${folder}/**/*${suffix}.{ts,tsx}`);

/** One project a tier; the suffix of a file says which one it belongs to. Tiers run one after the other. */
export default defineConfig({
  test: {
    // SQLite and type stripping are still called experimental by some versions of Node 24.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {
      BELLWETHER_SEED: seed,
      CHROMIUM_PATH: process.env.CHROMIUM_PATH ?? findChromium(process.env) ?? '',
    },
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'architecture',
          include: ['test/architecture/**/*.test.ts'],
          pool: 'threads',
          isolate: false,
          // The guards share one reading of all sources; a second worker would read them again.
          maxWorkers: 1,
          testTimeout: 10_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'unit',
          include: ending('.test'),
          exclude: ['**/node_modules/**', '**/*.{int,e2e}.test.{ts,tsx}', 'test/architecture/**'],
          setupFiles: ['test/setup.ts'],
          // No I/O, no shared state: nothing to isolate, so files share a worker and its modules.
          pool: 'threads',
          isolate: false,
          testTimeout: 15_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ending('.int.test'),
          globalSetup: [servers],
          setupFiles: ['test/setup.ts'],
          pool: 'forks',
          // Whole clusters on two cores: one file at a time, or what is measured is the machine.
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ending('.e2e.test'),
          globalSetup: [servers],
          setupFiles: ['test/setup.ts'],
          pool: 'forks',
          // Whole processes and a browser on two cores: one file at a time.
          maxWorkers: 1,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
