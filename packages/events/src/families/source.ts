import Type from 'typebox';
import { FEEDS } from '../feeds.ts';
import { Instant, ShortText } from '../ids.ts';

/**
 * Why data of a source may be missing (N14): it said so of single records (`gap-marker`) or of everything
 * (`overflow-marker`), its sequence has a hole, or somebody who knows reported it.
 */
export const GAP_CAUSES = ['gap-marker', 'overflow-marker', 'sequence-hole', 'reported'] as const;
export type GapCause = (typeof GAP_CAUSES)[number];

/** One of a list of texts. */
function oneOf<const Text extends string>(texts: readonly Text[]) {
  return Type.Unsafe<Text>(Type.Union(texts.map((text) => Type.Literal(text))));
}

const CloudEventsSource = Type.String({ minLength: 1, maxLength: 256 });

/**
 * What a source tells of itself, of one customer or, under the customer `@portfolio`, of a whole tenant (N14). From
 * `source.gap-detected` on the customer is stale, until `source.resynced` says that everything up to `through` is
 * there.
 */
export const sourceEvents = {
  'source.gap-detected': Type.Object(
    {
      cause: oneOf(GAP_CAUSES),
      /** Data may be missing from here on; the time of the event unless told. */
      since: Type.Optional(Instant),
      /** The feed that is concerned; all of the source's unless told. */
      feed: Type.Optional(oneOf(FEEDS)),
      detail: Type.Optional(ShortText),
    },
    { additionalProperties: false },
  ),
  'source.resynced': Type.Object(
    {
      /** Nothing is missing up to here; the time of the event unless told. */
      through: Type.Optional(Instant),
      /** The source that was read again, `*` for every one; the event's own unless told. */
      source: Type.Optional(CloudEventsSource),
      /** Ends gaps of this cause only. */
      cause: Type.Optional(oneOf(GAP_CAUSES)),
    },
    { additionalProperties: false },
  ),
} as const;
