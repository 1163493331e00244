import {
  type CustomerEvent,
  customerKey,
  type QuarantineRecord,
  type ReceivedEvent,
  type SourceBody,
  type SourceMessage,
} from '@bellwether/events';
import type { OutputRecord } from '@bellwether/stream';
import { REDRIVEN_HEADER } from '../sources/judge-message.ts';
import { isJsonRecord } from '../sources/message-parts.ts';
import { SOURCE_SYSTEMS, sourceTopicOf } from '../sources/source-systems.ts';

/** An entry as it is given again, or why that is impossible. */
export type Redrive =
  | { readonly kind: 'possible'; readonly record: OutputRecord }
  | { readonly kind: 'impossible'; readonly why: string };

/** How an entry is given again. */
export interface RedriveOptions {
  /** When it is received anew, epoch ms. */
  readonly at: number;
  /** The body put right, JSON; without it the original is given as it was. */
  readonly corrected?: string;
}

const SOURCE_TOPICS: readonly string[] = SOURCE_SYSTEMS.map(sourceTopicOf);

/**
 * The record that gives a quarantined input again (N15): to the topic it came from, with its own id and event time, so
 * that it counts on the day on which it happened and, had it been taken meanwhile, as a duplicate. It is received when
 * it is given again: what was known before stays as it was known.
 */
export function redriveRecord(entry: QuarantineRecord, options: RedriveOptions): Redrive {
  const { topic } = entry.position;
  if (topic === undefined) {
    return impossible('it is a row of a file: put the file right and import the corrected rows');
  }
  if (entry.truncated && options.corrected === undefined) {
    return impossible('only its beginning was kept: have its source send it again');
  }
  if (entry.stage === 'ingest' && SOURCE_TOPICS.includes(topic)) {
    const value = messageOf(entry, options);
    return { kind: 'possible', record: { topic, key: entry.key ?? '', value } };
  }
  if (options.corrected !== undefined) {
    return impossible('it was read well once: send the corrected event under the same source and id');
  }
  const event = eventOf(entry);
  if (event === undefined) return impossible('its original is no event');
  const value: ReceivedEvent = {
    kind: 'received',
    event: { ...event, receivedAt: options.at, redriven: entry.quarantineId },
  };
  const to = entry.stage === 'ingest' && topic === 'source-board' ? topic : 'source-http';
  return { kind: 'possible', record: { topic: to, key: customerKey(event.tenant, event.customerId), value } };
}

function messageOf(entry: QuarantineRecord, { corrected }: RedriveOptions): SourceMessage {
  const headers: Record<string, string> = { ...entry.headers, [REDRIVEN_HEADER]: entry.quarantineId };
  if (corrected !== undefined && !headers['content-type']?.includes('json')) {
    const isBinaryMode = Object.keys(headers).some((name) => name.startsWith('ce_'));
    headers['content-type'] = isBinaryMode ? 'application/json' : 'application/cloudevents+json';
  }
  return { kind: 'source-message', headers, body: bodyOf(entry, corrected) };
}

/** Bytes are read anew by whoever reads the topic: the schema that was missing may be there now. */
function bodyOf({ original, encoding }: QuarantineRecord, corrected: string | undefined): SourceBody {
  if (corrected !== undefined) return { kind: 'json', text: corrected };
  if (encoding === 'utf8') return { kind: 'json', text: original };
  return {
    kind: 'unreadable',
    reason: 'unknown-schema',
    detail: 're-driven, not read yet',
    base64: original,
  };
}

function eventOf({ original }: QuarantineRecord): CustomerEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(original);
  } catch {
    return undefined;
  }
  // What ingest failed on is kept with its envelope.
  const event = isJsonRecord(value) && value.kind === 'received' ? value.event : value;
  return isJsonRecord(event) && event.kind === 'event' ? (event as unknown as CustomerEvent) : undefined;
}

function impossible(why: string): Redrive {
  return { kind: 'impossible', why };
}
