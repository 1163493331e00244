import { fileURLToPath } from 'node:url';

/** How an engine is started; its environment also says where it reads and writes. */
export interface EngineCommand {
  readonly name: string;
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** How many of it run at once. */
  readonly processes: number;
}

/** This project on the workload. */
export function bellwetherEngine(mongodb: string, processes: number): EngineCommand {
  return {
    name: 'bellwether',
    program: process.execPath,
    parameters: [
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(new URL('../engine.ts', import.meta.url)),
    ],
    environment: { MONGODB: mongodb },
    processes,
  };
}
