/** What a guard needs to know of a topology. */
export interface TopologyDescription {
  readonly service: string;
  /** The consumer group. */
  readonly name: string;
  readonly input: string;
  readonly outputs: readonly string[];
}

/** What a guard needs to know of the topic catalogue: which service may write a topic. */
export type Writers = Readonly<Record<string, { readonly writer: string }>>;

/** Topics that are not in the catalogue, and outputs that another service owns. */
export function writerFaults(topologies: readonly TopologyDescription[], catalogue: Writers): string[] {
  return topologies.flatMap(({ name, service, input, outputs }) => {
    const unknown = [input, ...outputs]
      .filter((topic) => !Object.hasOwn(catalogue, topic))
      .map((topic) => `${name} names ${topic}, which is not in the catalogue`);
    const foreign = outputs
      .filter((topic) => Object.hasOwn(catalogue, topic) && catalogue[topic]?.writer !== service)
      .map((topic) => `${name} of ${service} writes ${topic}, which belongs to ${catalogue[topic]?.writer}`);
    return [...unknown, ...foreign];
  });
}

/** Two topologies with one name would share a consumer group. */
export function repeatedNames(topologies: readonly TopologyDescription[]): string[] {
  const names = topologies.map(({ name }) => name);
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** A way from a topic back to itself through topologies, as `a -> b -> a`; undefined when there is none. */
export function findCycle(topologies: readonly TopologyDescription[]): string | undefined {
  const next = new Map<string, Set<string>>();
  for (const { input, outputs } of topologies) {
    const targets = next.get(input) ?? new Set();
    for (const output of outputs) targets.add(output);
    next.set(input, targets);
  }
  const finished = new Set<string>();
  const walk = (topic: string, way: readonly string[]): string | undefined => {
    if (way.includes(topic)) return [...way.slice(way.indexOf(topic)), topic].join(' -> ');
    if (finished.has(topic)) return undefined;
    for (const target of next.get(topic) ?? []) {
      const cycle = walk(target, [...way, topic]);
      if (cycle !== undefined) return cycle;
    }
    finished.add(topic);
    return undefined;
  };
  for (const topic of next.keys()) {
    const cycle = walk(topic, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
