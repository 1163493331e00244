import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import Type, { type Static } from 'typebox';
import { Check } from 'typebox/value';

const Snapshot = Type.Object({
  version: Type.Literal(1),
  /** Whose ids these are. */
  registry: Type.String(),
  /** Schema text by id. */
  schemas: Type.Record(Type.String({ pattern: '^[0-9]{1,10}$' }), Type.String()),
  /** Id by subject of the schema that this program registers there. */
  registered: Type.Record(Type.String(), Type.Object({ id: Type.Integer(), text: Type.String() })),
});

/** What is known of a registry, so that a process can start and go on while it is away. */
export type SchemaSnapshot = Static<typeof Snapshot>;

/** What a file holds, if it is there and whole; `fault` says why it cannot be used. */
export interface LoadedSnapshot {
  readonly snapshot?: SchemaSnapshot;
  readonly fault?: string;
}

/** Reads a snapshot. A file that cannot be used is as good as none, so nothing is thrown for it. */
export async function loadSnapshot(path: string, registry: string): Promise<LoadedSnapshot> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    return { fault: `The known schemas in ${path} cannot be read and are left aside: ${String(error)}.` };
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return {
      fault: `The known schemas in ${path} are damaged and are left aside; they are asked for again.`,
    };
  }
  if (!Check(Snapshot, content)) {
    return {
      fault: `The known schemas in ${path} are damaged and are left aside; they are asked for again.`,
    };
  }
  if (content.registry !== registry) {
    return { fault: `The known schemas in ${path} are of ${content.registry}, not ${registry}: left aside.` };
  }
  return { snapshot: content };
}

/** Writes a snapshot whole or not at all. */
export async function saveSnapshot(path: string, snapshot: SchemaSnapshot): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}.next`;
  const file = await open(next, 'w');
  try {
    await file.writeFile(JSON.stringify(snapshot));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}
