import { AbortedTransactions } from './protocol/aborted-transactions.ts';

/** A message as kafkajs decodes it. */
export interface DecodedMessage {
  readonly offset: string;
  readonly key: Buffer | null;
  readonly isControlRecord: boolean;
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
}
/** A transaction that was aborted, as a fetch answer names it. */
export interface AbortedTransaction {
  readonly producerId: string;
  readonly firstOffset: string;
}

/**
 * In place of kafkajs' filter of aborted messages, which takes the list of aborted transactions for sorted (it is in
 * order of their ends), steps into one transaction a message at most, and takes every message with the key
 * `00 00 00 00` for an abort marker.
 */
export function filterAborted<Message extends DecodedMessage>(fetched: {
  readonly messages: readonly Message[];
  readonly abortedTransactions?: readonly AbortedTransaction[] | null;
}): readonly Message[] {
  const { messages, abortedTransactions } = fetched;
  if (!abortedTransactions || abortedTransactions.length === 0) return messages;
  const aborted = new AbortedTransactions(
    abortedTransactions.map(({ producerId, firstOffset }) => ({
      producerId: BigInt(producerId),
      firstOffset: Number(firstOffset),
    })),
  );
  return messages.filter((message) => {
    aborted.stepTo(Number(message.offset));
    const producerId = BigInt(message.batchContext.producerId);
    if (message.isControlRecord) {
      if (message.key && isAbortMarker(message.key)) aborted.end(producerId);
      return true;
    }
    return !(message.batchContext.inTransaction && aborted.has(producerId));
  });
}

/** Whether the key of a control record (version, type: two bytes each) says that its transaction was aborted. */
export function isAbortMarker(key: Buffer): boolean {
  return key.length >= 4 && key.readInt16BE(2) === 0;
}

/** The part of a request queue that the patch works on. */
export interface RequestQueueState {
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
  checkPendingRequests(): void;
}

const CHECK_PENDING_MS = 10;

/**
 * In place of kafkajs' `scheduleCheckPendingRequests`, which sets a timer with a negative delay after every answer, for
 * ever, also when nothing waits: it costs 4 to 5 % of a core for eight idle connections.
 */
export function scheduleOnlyWhatWaits(this: RequestQueueState): void {
  if (this.throttleCheckTimeoutId || this.pending.length === 0) return;
  const throttledMs = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    throttledMs > 0 ? throttledMs : CHECK_PENDING_MS,
  );
}
