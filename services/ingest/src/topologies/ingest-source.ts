import { isSourceNotice, type SourceMessage, UNKNOWN_TENANT } from '@bellwether/events';
import type { InputRecord, Topology } from '@bellwether/stream';
import { type Judgement, type JudgeParts, judgeMessage } from '../sources/judge-message.ts';
import type { SequenceStream } from '../sources/sequence-stream.ts';
import { FEEDS_OF_SYSTEM, type SourceSystem, sourceTopicOf } from '../sources/source-systems.ts';
import { type FeedHead, NO_FEEDS, noteFeed, tellFeeds } from '../steps/note-feeds.ts';
import { buryMessage } from '../steps/quarantine-message.ts';
import { type SourceOutput, takeMessage } from '../steps/take-message.ts';

export type SourceTopology = Topology<SourceMessage, SequenceStream, FeedHead, SourceOutput>;

/**
 * What a system publishes to its own topic, on its way to `customer-events`: read, judged and stamped as over HTTP,
 * with the time of its record as the time of receipt. A document follows the numbers of a source that counts without
 * holes.
 */
export function ingestSourceTopology(system: SourceSystem, parts: JudgeParts): SourceTopology {
  const input = sourceTopicOf(system);
  const judgements = new Judgements(parts);
  const origin = { topic: input, feeds: FEEDS_OF_SYSTEM[system] };
  return {
    name: `ingest-${system}`,
    input,
    outputs: {
      events: 'customer-events',
      quarantine: 'ingest-quarantine',
      clock: 'clock',
      resync: 'resync-requests',
      redrives: 'ingest-redrives',
      accounting: 'ingest-accounting',
    },
    collection: `ingest-${system}`,
    accounting: 'accounting',
    tenantOf: (message) => countedFor(judgements.known(message)),
    keyOf: (record) => {
      const judgement = judgements.of(record);
      return judgement.kind === 'accepted' ? judgement.place?.id : undefined;
    },
    headKeyOf: (message) => {
      const judgement = judgements.known(message);
      return judgement?.kind === 'accepted' ? judgement.event.tenant : undefined;
    },
    initialHead: () => NO_FEEDS,
    evolveHead: (head, record) => {
      const judgement = judgements.of(record);
      return judgement.kind === 'accepted'
        ? noteFeed(head, { kind: 'received', event: judgement.event })
        : head;
    },
    step: ({ record, state }) => takeMessage({ record, judgement: judgements.of(record), state, origin }),
    deadLetter: buryMessage,
    indexOf: ({ tenant }) => ({ group: tenant }),
    decideHead: async (head, tenant) => tellFeeds(head, tenant),
  };
}

/** A message is judged once, when the loop first asks where it belongs; all later questions get the same answer. */
class Judgements {
  readonly #parts: JudgeParts;
  readonly #made = new WeakMap<SourceMessage, Judgement>();

  constructor(parts: JudgeParts) {
    this.#parts = parts;
  }

  of(record: InputRecord<SourceMessage>): Judgement {
    const made = this.#made.get(record.value);
    if (made !== undefined) return made;
    const judgement = judgeMessage(record, this.#parts);
    this.#made.set(record.value, judgement);
    return judgement;
  }

  /** The answer that stands: `keyOf` is asked of every record before anything that is given its value alone. */
  known(message: SourceMessage): Judgement | undefined {
    return this.#made.get(message);
  }
}

/** Whose accounts a message counts in; what a source tells of itself counts in none. */
function countedFor(judgement: Judgement | undefined): string | undefined {
  switch (judgement?.kind) {
    case 'accepted':
      return isSourceNotice(judgement.event.type) ? undefined : judgement.event.tenant;
    case 'refused':
      return judgement.refusal.tenant ?? UNKNOWN_TENANT;
    case 'failed':
      return judgement.tenant ?? UNKNOWN_TENANT;
    default:
      return undefined;
  }
}
