import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DrainOptions, DrainResult } from './drain-scenario.ts';
import type { LatencyOptions, LatencyResult } from './latency-scenario.ts';

/** What a scenario process is told to do first. */
export type Scenario =
  | { readonly kind: 'drain'; readonly options: DrainOptions }
  | { readonly kind: 'latency'; readonly options: LatencyOptions };
export type ToScenario = Scenario | 'sent';
export type FromScenario =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'done'; readonly result: DrainResult | LatencyResult; readonly peakMiB: number }
  | { readonly kind: 'failed'; readonly message: string };

/** What came of a scenario, and the most memory its process held. */
export interface Ran<Result> {
  readonly result: Result;
  readonly peakMiB: number;
}

const PROGRAM = fileURLToPath(new URL('scenario-process.ts', import.meta.url));

/** Runs a drain in a process of its own. */
export function runDrainProcess(options: DrainOptions): Promise<Ran<DrainResult>> {
  return runProcess<DrainResult>({ kind: 'drain', options }, () => Promise.resolve());
}

/** Runs the services in a process of its own; `send` is the source system, in this one. */
export function runLatencyProcess(
  options: LatencyOptions,
  send: (port: number) => Promise<void>,
): Promise<Ran<LatencyResult>> {
  return runProcess<LatencyResult>({ kind: 'latency', options }, send);
}

function runProcess<Result>(scenario: Scenario, send: (port: number) => Promise<void>): Promise<Ran<Result>> {
  const child = fork(PROGRAM, [], {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  return new Promise<Ran<Result>>((resolve, reject) => {
    child.on('message', (message: FromScenario) => {
      if (message.kind === 'done') resolve(message as unknown as Ran<Result>);
      else if (message.kind === 'failed') reject(new Error(message.message));
      else send(message.port).then(() => child.send('sent'), reject);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the ${scenario.kind} process ended with ${code}`)));
    child.send(scenario);
  }).finally(() => child.kill());
}
