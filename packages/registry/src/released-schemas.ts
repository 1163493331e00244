import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOPIC_NAMES, TOPIC_SCHEMAS, type TopicName } from '@bellwether/events';
import { toAvroSchema } from './avro-schema.ts';
import { isSourceSystemTopic } from './registry-codec.ts';
import { parseSchema } from './topic-format.ts';

/** Where released schemas are kept: `<topic>-value/v<n>.avsc`, never changed once others may have used them. */
export const RELEASED_FOLDER = join(import.meta.dirname, '..', '..', '..', 'schemas');
/** The command that writes new versions. */
export const RELEASE_COMMAND = 'npm run schemas:release';

/** The schema of a topic's values as this version of the program has it, for a file. */
export function presentSchema(topic: TopicName): string {
  return `${JSON.stringify(toAvroSchema(TOPIC_SCHEMAS[topic]), null, 2)}\n`;
}

/** All released versions of a topic's schema, oldest first. */
export async function readReleased(folder: string, topic: TopicName): Promise<readonly string[]> {
  const place = join(folder, `${topic}-value`);
  const names = await readdir(place).catch(() => []);
  const numbers = names.flatMap((name) => /^v([1-9][0-9]*)\.avsc$/.exec(name)?.[1] ?? []).map(Number);
  numbers.sort((one, other) => one - other);
  return Promise.all(numbers.map((number) => readFile(join(place, `v${number}.avsc`), 'utf8')));
}

/**
 * Why a schema cannot follow the versions before it, as sentences; empty when it can. It has to read what each of them
 * wrote, and where this system is the writer each of them has to read it, for services are not replaced all at once.
 */
export function compatibilityFaults(topic: TopicName, next: string, released: readonly string[]): string[] {
  return released.flatMap((text, index) => {
    const version = `version ${index + 1} of ${topic}`;
    const backward = resolutionFault(next, text);
    const forward = isSourceSystemTopic(topic) ? undefined : resolutionFault(text, next);
    return [
      ...(backward === undefined
        ? []
        : [`what was written with ${version} cannot be read any more: ${backward}`]),
      ...(forward === undefined
        ? []
        : [`programs of ${version} cannot read what would be written: ${forward}`]),
    ];
  });
}

/** Writes a new version of each schema that is not its newest release. Says which; or why nothing was written. */
export async function releaseSchemas(
  folder: string,
): Promise<{ readonly written: readonly string[] } | { readonly faults: readonly string[] }> {
  const due: { readonly path: string; readonly text: string }[] = [];
  const faults: string[] = [];
  for (const topic of TOPIC_NAMES) {
    const text = presentSchema(topic);
    const released = await readReleased(folder, topic);
    if (released.at(-1) === text) continue;
    faults.push(...compatibilityFaults(topic, text, released));
    due.push({ path: join(`${topic}-value`, `v${released.length + 1}.avsc`), text });
  }
  if (faults.length > 0) return { faults };
  for (const { path, text } of due) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text, { flag: 'wx' });
  }
  return { written: due.map(({ path }) => path) };
}

function resolutionFault(reader: string, writer: string): string | undefined {
  try {
    parseSchema(reader).createResolver(parseSchema(writer));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : String(error);
  }
}
