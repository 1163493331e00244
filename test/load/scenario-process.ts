import { runDrain } from './drain-scenario.ts';
import { runLatency } from './latency-scenario.ts';
import { peakMiB } from './peak-memory.ts';
import type { FromScenario, Scenario, ToScenario } from './run-scenario.ts';

/** A process of its own for each scenario, so that heaps, caches and peaks do not mix. */
process.once('message', (scenario: Scenario) => {
  run(scenario).then(
    (result) => tell({ kind: 'done', result, peakMiB: peakMiB() }),
    (error: unknown) =>
      tell({ kind: 'failed', message: error instanceof Error ? String(error.stack) : String(error) }),
  );
});

function run(scenario: Scenario) {
  if (scenario.kind === 'drain') return runDrain(scenario.options);
  const listening = (port: number) =>
    new Promise<void>((resolve) => {
      process.once('message', (message: ToScenario) => {
        if (message === 'sent') resolve();
      });
      tell({ kind: 'listening', port });
    });
  return runLatency(scenario.options, { listening });
}

function tell(message: FromScenario): void {
  process.send?.(message, undefined, undefined, () => {
    if (message.kind !== 'listening') process.disconnect();
  });
}
