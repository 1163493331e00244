import { registerHooks } from 'node:module';

/**
 * Loaded before the program (`node --import`), this makes it a later version of itself: one that reads the `sequence`
 * of a source's Avro events as a number of any kind, because a producer began to write it so.
 */
const PLACE = '/schemas/source-event-schema.ts';
const [BEFORE, AFTER] = ['sequence: Type.Optional(Type.Integer(', 'sequence: Type.Optional(Type.Number('];

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(PLACE)) return loaded;
    const source = Buffer.from(loaded.source as Uint8Array).toString();
    if (!source.includes(BEFORE)) throw new Error(`${PLACE} does not say: ${BEFORE}`);
    return { ...loaded, source: source.replace(BEFORE, AFTER) };
  },
});
