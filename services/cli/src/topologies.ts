import { alerting } from '@bellwether/alerting';
import { type CurrentRates, NO_RATES } from '@bellwether/events';
import {
  createCalendar,
  ingestClockTopology,
  ingestEventsTopology,
  ingestFindingsTopology,
  ingestImportTopology,
  ingestModelsTopology,
  ingestRedrivesTopology,
  ingestSourceTopology,
  ingestTransfersTopology,
  SOURCE_SYSTEMS,
  type TenantDirectory,
} from '@bellwether/ingest';
import * as projection from '@bellwether/projection';
import { portfolioTopology, scoringTopology } from '@bellwether/scoring';
import { acceptLog, createRunner, type Runner, type RunnerOptions, type Topology } from '@bellwether/stream';

export const SERVICES = ['ingest', 'scoring', 'alerting', 'projection'] as const;
export type Service = (typeof SERVICES)[number];

/** What every runner of the process shares. */
export type RunnerParts = Pick<
  RunnerOptions<unknown, unknown, unknown, string>,
  | 'log'
  | 'store'
  | 'clock'
  | 'limits'
  | 'maxAttempts'
  | 'onCommitted'
  | 'onRetry'
  | 'onStopped'
  | 'onRecovered'
>;

/** One topology of one service, ready to be run on a backend. */
export interface ServiceTopology {
  readonly service: Service;
  readonly name: string;
  readonly input: string;
  /** Where its documents live. */
  readonly collection: string;
  readonly outputs: readonly string[];
  /** Each topology may have its own view of what is shared (an `onCommitted` of its own). */
  run(parts: RunnerParts): Runner;
  /** Keeps its state and lets it go on at the beginning of a log that was made anew; the number of partitions moved. */
  acceptLog(parts: Pick<RunnerParts, 'log' | 'store'>): Promise<number>;
}

/** All topologies, in the order in which an event passes them. */
export function allTopologies(parts: {
  readonly tenants: Pick<TenantDirectory, 'peek'>;
  readonly rates: CurrentRates;
  readonly partitions: number;
}): readonly ServiceTopology[] {
  const gateOf = (tenant: string) => {
    const view = parts.tenants.peek(tenant);
    return view && { clock: view.settings.clock, day: view.day };
  };
  const calendar = createCalendar();
  return [
    of('ingest', ingestClockTopology({ calendar, partitions: parts.partitions })),
    of('ingest', ingestImportTopology(parts.partitions)),
    of('ingest', ingestEventsTopology('ingest-http', gateOf)),
    of('ingest', ingestEventsTopology('ingest-board', gateOf)),
    ...SOURCE_SYSTEMS.map((system) =>
      of(
        'ingest',
        ingestSourceTopology(system, { tenantOf: parts.tenants.peek, calendar, rates: parts.rates }),
      ),
    ),
    of('ingest', ingestRedrivesTopology),
    of('ingest', ingestFindingsTopology(parts.partitions)),
    of('ingest', ingestModelsTopology({ gateOf, partitions: parts.partitions })),
    of('ingest', ingestTransfersTopology),
    of('scoring', scoringTopology({ partitions: parts.partitions })),
    of('scoring', portfolioTopology(parts.partitions)),
    of('alerting', alerting),
    of('projection', projection.projectionEvents),
    of('projection', projection.projectionChanges),
    of('projection', projection.projectionShadows),
    of('projection', projection.projectionAlerts),
    of('projection', projection.projectionIngestQuarantine),
    of('projection', projection.projectionScoringQuarantine),
    of('projection', projection.projectionIngestAccounting),
    of('projection', projection.projectionScoringAccounting),
  ];
}

/** The graph of topics alone: who reads what and writes what. */
export function describeTopologies(): readonly Omit<ServiceTopology, 'run'>[] {
  return allTopologies({ tenants: { peek: () => undefined }, rates: NO_RATES, partitions: 1 });
}

function of<Value, State, Head, Out extends string>(
  service: Service,
  topology: Topology<Value, State, Head, Out>,
): ServiceTopology {
  return {
    service,
    name: topology.name,
    input: topology.input,
    collection: topology.collection,
    outputs: Object.values<string>(topology.outputs),
    run: (parts) => createRunner({ ...parts, topology }),
    acceptLog: (parts) => acceptLog({ ...parts, topology }),
  };
}
