import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** One metric of a catalogue. Labels have few values: never an id of a customer, a tenant or an event. */
export interface MetricDefinition {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** What it counts or measures, a sentence; the name of the metric ends in its unit. */
  readonly help: string;
  readonly labels?: readonly string[];
  /** Upper bounds of a histogram, in the unit of its name. */
  readonly buckets?: readonly number[];
}

type Label<Definition> = Definition extends { readonly labels: readonly (infer Name extends string)[] }
  ? Name
  : never;
type MetricOf<Definition extends MetricDefinition> = Definition['kind'] extends 'counter'
  ? Counter<Label<Definition>>
  : Definition['kind'] extends 'gauge'
    ? Gauge<Label<Definition>>
    : Histogram<Label<Definition>>;

export type Catalogue = Readonly<Record<string, MetricDefinition>>;

/** The metrics of one process, typed by their catalogue. */
export interface Metrics<Definitions extends Catalogue> {
  /** The metrics by their names in the catalogue. */
  readonly all: { readonly [Name in keyof Definitions]: MetricOf<Definitions[Name]> };
  /** Everything as a scraper reads it. */
  render(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** What is measured besides the catalogue. */
export interface MetricsOptions {
  /** Also memory, event loop and garbage collection of this process; once a process. */
  readonly withProcessMetrics: boolean;
}

/** A registry of its own with the metrics of a catalogue, so that two of them in one process do not meet. */
export function createMetrics<const Definitions extends Catalogue>(
  definitions: Definitions,
  options: MetricsOptions,
): Metrics<Definitions> {
  const registry = new Registry();
  if (options.withProcessMetrics) collectDefaultMetrics({ register: registry });
  const entries = Object.entries(definitions).map(([name, definition]) => [
    name,
    createMetric(name, definition, registry),
  ]);
  return {
    all: Object.fromEntries(entries),
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

function createMetric(
  name: string,
  definition: MetricDefinition,
  registry: Registry,
): Counter | Gauge | Histogram {
  const { help, labels = [], buckets } = definition;
  const options = { name, help, labelNames: labels, registers: [registry] };
  if (definition.kind === 'counter') return new Counter(options);
  if (definition.kind === 'gauge') return new Gauge(options);
  return new Histogram(buckets ? { ...options, buckets: [...buckets] } : options);
}
