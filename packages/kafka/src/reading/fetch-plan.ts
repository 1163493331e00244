import type { FetchTarget } from '../protocol/fetch.ts';
import type { PartitionStream } from './partition-stream.ts';

/** Streams that one request to one broker can serve. */
export interface Lot {
  readonly nodeId: number;
  readonly streams: readonly PartitionStream[];
}

/** What a plan depends on. */
export interface PlanParts {
  /** The broker that leads the stream's partition; undefined when nobody does. */
  readonly leaderOf: (stream: PartitionStream) => number | undefined;
  /** Requests that may be sent to a broker at present. */
  readonly freeLanes: (nodeId: number) => number;
}

/**
 * Sorts streams into requests. Lively ones go apart from quiet ones where there are connections for both, so that an
 * answer with records of a few partitions does not make the broker look through all the others again.
 */
export function planFetches(streams: Iterable<PartitionStream>, { leaderOf, freeLanes }: PlanParts): Lot[] {
  const lots: Lot[] = [];
  for (const [nodeId, ofNode] of Map.groupBy(streams, leaderOf)) {
    if (nodeId === undefined) continue;
    const lively = sharing(ofNode.filter((stream) => stream.isLively));
    const quiet = sharing(ofNode.filter((stream) => !stream.isLively));
    const apart = [...lively, ...quiet];
    const together = apart.length > freeLanes(nodeId) ? sharing(ofNode) : apart;
    for (const each of together) lots.push({ nodeId, streams: each });
  }
  return lots;
}

/** As few lots as possible: one request cannot ask for two places of a partition. Streams at the same place share. */
function sharing(streams: readonly PartitionStream[]): PartitionStream[][] {
  const lots: { readonly streams: PartitionStream[]; readonly places: Map<string, number> }[] = [];
  for (const stream of streams) {
    const { fetchOffset } = stream;
    const place = `${stream.topic}/${stream.partition}`;
    const fitting = lots.find(({ places }) => (places.get(place) ?? fetchOffset) === fetchOffset);
    fitting?.streams.push(stream);
    fitting?.places.set(place, fetchOffset);
    if (!fitting) lots.push({ streams: [stream], places: new Map([[place, fetchOffset]]) });
  }
  return lots.map((lot) => lot.streams);
}

/** One target for each place, another one first in every turn: a broker fills its answer from the first on. */
export function targetsOf(streams: readonly PartitionStream[], turn: number): FetchTarget[] {
  const first = turn % streams.length;
  const byPlace = new Map<string, FetchTarget>();
  for (const stream of [...streams.slice(first), ...streams.slice(0, first)]) {
    const target = stream.target();
    const place = `${stream.topic}/${stream.partition}`;
    const known = byPlace.get(place);
    if (known === undefined || known.maxBytes < target.maxBytes) byPlace.set(place, target);
  }
  return [...byPlace.values()];
}
