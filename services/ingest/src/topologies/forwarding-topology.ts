import type { Output, Topology } from '@bellwether/stream';

/** Puts what another service tells on customer-events, record by record; nothing of it is kept. */
export function forwardingTopology<Value>(
  given: Pick<Topology<Value, null, null, 'events'>, 'input'> & {
    /** Its consumer group, and the collection of its checkpoints. */
    readonly name: string;
    readonly outputsOf: (value: Value) => readonly Output<'events'>[];
  },
): Topology<Value, null, null, 'events'> {
  const { name, input, outputsOf } = given;
  return {
    name,
    input,
    outputs: { events: 'customer-events' },
    collection: name,
    keyOf: () => undefined,
    headKeyOf: () => undefined,
    initialHead: () => null,
    evolveHead: (head) => head,
    step: ({ record: { value } }) => ({ kind: 'ok', state: undefined, outputs: outputsOf(value) }),
    indexOf: () => ({}),
  };
}
