import { KnownSchemas } from '../known-schemas.ts';
import { AvroCodec } from '../registry-codec.ts';
import { FakeRegistry } from './fake-registry.ts';

/** A codec on a registry in memory, with the reports it made. */
export async function openCodec(
  registry = new FakeRegistry(),
  options: { readonly nowMs?: () => number } = {},
) {
  const reports: string[] = [];
  const report = (message: string) => reports.push(message);
  const schemas = await KnownSchemas.open({ client: registry, report, ...options });
  return { codec: new AvroCodec(schemas, 'test'), schemas, registry, reports };
}

/** Values of a topic as they come back. */
export async function roundTrip(codec: AvroCodec, topic: string, values: readonly unknown[]) {
  const messages = await codec.encode(values.map((value) => ({ topic, key: 'key', value })));
  return codec.decode(topic, messages);
}
