import type { Batch } from './batch.ts';
import { accountingRecords, type Checkpoint } from './checkpoint.ts';
import type { OutputRecord, PendingOutput } from './ports.ts';
import type { Topology } from './topology.ts';

/** What the outputs of a batch are made of besides the batch. */
export interface OutputParts {
  readonly partition: number;
  readonly headOutputs: readonly PendingOutput[];
  /** Totals as they are saved. */
  readonly tallies: Checkpoint['tallies'];
}

/** All outputs of a batch with the topics that the topology gives their names, and the totals of what was read. */
export function addressOutputs<Value, State, Head, Out extends string>(
  topology: Topology<Value, State, Head, Out>,
  batch: Batch<State, Head>,
  { partition, headOutputs, tallies }: OutputParts,
): OutputRecord[] {
  // A reader must never find an output without what is told beside it, so that comes first.
  const beside = [...batch.documents.values()].flatMap((document) => outputsBeside(topology, document));
  const outputs = [...beside, ...batch.outputs, ...headOutputs].map((o) => addressOutput(topology, o));
  // Totals of a replay of what is public are older than the public ones.
  if (topology.accounting && batch.next > batch.bounds.committed) {
    const address = {
      topic: topology.outputs[topology.accounting],
      group: topology.name,
      input: topology.input,
      partition,
    };
    outputs.push(...accountingRecords(address, batch.counter.tenants, tallies));
  }
  return outputs;
}

/** What is published beside the outputs of a document; nothing where there are none. */
export function outputsBeside<State>(
  topology: { alongside?(state: State, outputs: readonly PendingOutput[]): readonly PendingOutput[] },
  { state, published }: { readonly state: State | undefined; readonly published: readonly PendingOutput[] },
): readonly PendingOutput[] {
  if (state === undefined || published.length === 0) return [];
  return topology.alongside?.(state, published) ?? [];
}

/** One output with its topic. */
export function addressOutput(
  topology: { readonly outputs: Readonly<Record<string, string>> },
  output: PendingOutput,
): OutputRecord {
  const topic = topology.outputs[output.output];
  if (topic === undefined) throw new RangeError(`There is no output called ${output.output}.`);
  return {
    topic,
    key: output.key,
    value: output.value,
    ...(output.partition === undefined ? {} : { partition: output.partition }),
  };
}
