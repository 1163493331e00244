import { registerHooks } from 'node:module';

/** A place in the source of the loop where a check stands, and what stands there without it. */
export interface SourceChange {
  /** File in `packages/stream/src`. */
  readonly file: string;
  /** Must occur exactly once: a change that no longer fits fails loudly. */
  readonly find: string;
  readonly replace: string;
}

/** Changes sources of the loop as they are loaded, in this thread only. Call it before they are imported. */
export function changeSources(changes: readonly SourceChange[]): void {
  if (changes.length === 0) return;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const own = changes.filter(({ file }) => url.endsWith(`/packages/stream/src/${file}`));
      if (own.length === 0) return loaded;
      return { ...loaded, source: own.reduce(changed, String(loaded.source)) };
    },
  });
}

function changed(source: string, { file, find, replace }: SourceChange): string {
  const parts = source.split(find);
  if (parts.length !== 2) {
    throw new Error(`${file} has ${parts.length - 1} times what a mutant wants to change: ${find}`);
  }
  return parts.join(replace);
}
