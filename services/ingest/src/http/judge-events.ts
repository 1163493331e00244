import {
  type AcceptanceContext,
  acceptEvent,
  type CustomerEvent,
  MAX_EVENT_BYTES,
  shown,
} from '@bellwether/events';
import type { ItemAnswer } from './problem.ts';

export interface Judged {
  readonly items: readonly ItemAnswer[];
  readonly accepted: readonly CustomerEvent[];
}

/**
 * Judges the events of one request, each by itself.
 * @param bodyBytes size of the whole body: only where it is larger than one event may be are events measured
 */
export function judgeEvents(
  inputs: readonly unknown[],
  bodyBytes: number,
  context: AcceptanceContext,
): Judged {
  const items: ItemAnswer[] = [];
  const accepted: CustomerEvent[] = [];
  for (const [index, input] of inputs.entries()) {
    const id = idOf(input);
    const bytes = bodyBytes > MAX_EVENT_BYTES ? Buffer.byteLength(JSON.stringify(input)) : 0;
    if (bytes > MAX_EVENT_BYTES) {
      const faults = [{ path: '/', expected: `at most ${MAX_EVENT_BYTES} bytes`, got: shown(bytes) }];
      items.push({ index, id, status: 'rejected', reason: 'too-large', faults });
      continue;
    }
    const validation = acceptEvent(input, context);
    if (validation.ok) {
      accepted.push(validation.event);
      items.push({ index, id, status: 'accepted' });
    } else {
      const { reason, faults } = validation;
      items.push({ index, id, status: 'rejected', reason, faults });
    }
  }
  return { items, accepted };
}

function idOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('id' in input)) return null;
  return typeof input.id === 'string' ? input.id.slice(0, 256) : null;
}
