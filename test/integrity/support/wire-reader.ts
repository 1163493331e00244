import { TOPIC_SCHEMAS, type TopicName } from '@bellwether/events';
import avro from 'avsc';
import { TopicFormat } from '../../../packages/registry/src/topic-format.ts';
import { HEADER_BYTES, MessageWriter } from '../../../packages/registry/src/wire-format.ts';

const writer = new MessageWriter();
const formats = new Map<TopicName, { readonly format: TopicFormat; readonly type: avro.Type }>();

/** A value as an application finds it that knows nothing but the registered Avro schema of its topic. */
export function asFoundByOthers(topic: TopicName, value: unknown): unknown {
  const { format, type } = formatOf(topic);
  const message = format.write(value, 1, writer);
  return JSON.parse(JSON.stringify(type.fromBuffer(message.subarray(HEADER_BYTES))));
}

function formatOf(topic: TopicName) {
  const known = formats.get(topic);
  if (known) return known;
  const format = new TopicFormat(TOPIC_SCHEMAS[topic]);
  const made = { format, type: avro.Type.forSchema(JSON.parse(format.text)) };
  formats.set(topic, made);
  return made;
}
