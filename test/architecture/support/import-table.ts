/** Who may import whom: the one table behind `imports.test.ts`. Nothing that is not named here is allowed. */
export interface Zone {
  readonly name: string;
  /** Paths that begin with one of these belong to the zone; the first zone that fits counts. */
  readonly paths: readonly RegExp[];
  /**
   * Packages of ours, without the scope (with a path: that entry of the package alone). A `type` prefix: only what is
   * erased when the program runs.
   */
  readonly ours: readonly string[] | 'any';
  /** Packages of others; each also has to be declared in the package.json of the importing package. */
  readonly theirs: readonly string[] | 'declared';
  /** Whether modules of Node may be used. */
  readonly node: boolean;
}

const PURE_SERVICE_PARTS = /^services\/[^/]+\/src\/(?:steps\/|topologies\/|topology\.ts$)/;
const SERVICES = ['ingest', 'scoring', 'alerting', 'projection', 'cli'];

/** Only tests import these. */
export const FOR_TESTS_ONLY = ['testkit', 'local-servers'];
/** Only the command imports these: it is the one place that puts the system together. */
export const FOR_THE_COMMAND_ONLY = [...SERVICES, 'embedded', 'kafka', 'mongo', 'registry'];

export const ZONES: readonly Zone[] = [
  { name: 'events', paths: [/^packages\/events\//], ours: [], theirs: ['typebox'], node: false },
  { name: 'domain', paths: [/^packages\/domain\//], ours: ['events'], theirs: ['luxon'], node: false },
  { name: 'stream', paths: [/^packages\/stream\//], ours: ['events'], theirs: ['lru-cache'], node: false },
  {
    name: 'runtime',
    paths: [/^packages\/runtime\//],
    ours: ['type events'],
    theirs: ['pino', 'prom-client', 'yaml'],
    node: true,
  },
  {
    name: 'model packs',
    paths: [/^packages\/model-packs\//],
    ours: ['events', 'domain', 'runtime'],
    theirs: ['typebox', 'yaml'],
    node: true,
  },
  {
    name: 'embedded',
    paths: [/^packages\/embedded\//],
    ours: ['events', 'stream', 'type runtime'],
    theirs: ['mingo'],
    node: true,
  },
  {
    name: 'kafka',
    paths: [/^packages\/kafka\//],
    ours: ['events', 'stream'],
    theirs: ['kafkajs'],
    node: true,
  },
  {
    name: 'registry',
    paths: [/^packages\/registry\//],
    ours: ['events', 'stream'],
    theirs: ['@kafkajs/confluent-schema-registry', 'avsc', 'typebox'],
    node: true,
  },
  {
    name: 'mongo',
    paths: [/^packages\/mongo\//],
    ours: ['stream'],
    theirs: ['mongodb', 'p-limit'],
    node: true,
  },
  { name: 'local servers', paths: [/^infra\/local\//], ours: ['runtime'], theirs: 'declared', node: true },
  { name: 'simulator', paths: [/^packages\/simulator\//], ours: ['events'], theirs: [], node: false },
  {
    name: 'steps and topologies',
    paths: [PURE_SERVICE_PARTS],
    ours: ['events', 'domain', 'stream'],
    theirs: [],
    node: false,
  },
  {
    name: 'board',
    paths: [/^services\/projection\/board\/(?!vite\.config\.ts$)/],
    ours: ['type events', 'events/quarantine'],
    theirs: ['preact'],
    node: false,
  },
  { name: 'cli', paths: [/^services\/cli\//], ours: 'any', theirs: 'declared', node: true },
  {
    name: 'services',
    paths: [/^services\//],
    ours: ['events', 'domain', 'stream', 'runtime', 'model-packs'],
    theirs: 'declared',
    node: true,
  },
  {
    name: 'scripts',
    paths: [/^scripts\//, /^vitest\.config\.ts$/],
    ours: ['events/asyncapi'],
    theirs: 'declared',
    node: true,
  },
  { name: 'examples', paths: [/^examples\//], ours: ['events'], theirs: 'declared', node: true },
];

/** Parts of which scores are a function: no clock, no chance, no process, no language of the machine. */
export const PURE_PATHS: readonly RegExp[] = [
  /^packages\/(?:events|domain|stream|simulator)\/src\//,
  PURE_SERVICE_PARTS,
];
