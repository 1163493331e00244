import { registerHooks } from 'node:module';

/** A place in the source where a check stands, and what stands there without it. */
export interface SourceChange {
  /** From the project's folder. */
  readonly file: string;
  /** Must occur exactly once: a change that no longer fits fails loudly. */
  readonly find: string;
  readonly replace: string;
}

/**
 * Changes sources as they are loaded, in this thread only. Call it before they are imported.
 * @returns tells the files that were to be changed and were never loaded
 */
export function changeSources(changes: readonly SourceChange[]): () => readonly string[] {
  const waiting = new Set(changes.map(({ file }) => file));
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const own = changes.filter(({ file }) => url.endsWith(`/${file}`));
      if (own.length === 0) return loaded;
      for (const { file } of own) waiting.delete(file);
      return { ...loaded, source: own.reduce(changed, String(loaded.source)) };
    },
  });
  return () => [...waiting];
}

function changed(source: string, { file, find, replace }: SourceChange): string {
  const parts = source.split(find);
  if (parts.length !== 2) {
    throw new Error(`${file} has ${parts.length - 1} times what a mutant wants to change: ${find}`);
  }
  return parts.join(replace);
}
