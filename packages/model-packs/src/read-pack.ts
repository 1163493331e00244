import type { ModelPack } from '@bellwether/domain';
import type { Fault } from '@bellwether/events';
import { readYaml } from '@bellwether/runtime';
import { packFaults } from './pack-faults.ts';
import { isPack, schemaFaults } from './schema-faults.ts';

/** A pack that may be used, or all that is wrong with it. */
export type PackResult =
  | { readonly ok: true; readonly pack: ModelPack }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Reads the YAML (or JSON) of a model pack (N21) and reports all its faults at once, golden cases included. */
export function readPack(text: string): PackResult {
  const read = readYaml(text);
  return read.ok ? checkPack(read.content) : failed(read.faults);
}

/** Checks what was read already, or comes from elsewhere, as `readPack` does. */
export function checkPack(content: unknown): PackResult {
  if (!isPack(content)) return failed(schemaFaults(content));
  const faults = packFaults(content);
  return faults.length > 0 ? failed(faults) : { ok: true, pack: content };
}

function failed(faults: readonly Fault[]): PackResult {
  return { ok: false, faults };
}
