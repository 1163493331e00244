import type { QuarantineRecord } from '@bellwether/events';
import { type QuarantineFilter, quarantinedInOrder, redriveEntries, redrivenTimes } from '@bellwether/ingest';
import { OperatorError } from '@bellwether/runtime';
import type { Log } from '@bellwether/stream';

/** What is given again: entries by id, or all that match a filter. */
export interface RedriveRequest {
  readonly ids: readonly string[];
  readonly filter: QuarantineFilter;
  /** Also those that were given again before. */
  readonly again: boolean;
  /** The body put right; for one id only. */
  readonly corrected?: string;
  /** Epoch ms. */
  readonly now: () => number;
}

const PIECE = 200;

/** What became of the entries, counted. */
interface Count {
  redriven: number;
  before: number;
  readonly impossible: { readonly quarantineId: string; readonly why: string }[];
  readonly unknown: Set<string>;
}

/**
 * `bellwether quarantine redrive`: gives entries again to the topics they came from, each once unless `again` (N15).
 * @returns what was done, in a sentence for each thing
 * @throws OperatorError when it is not said which
 */
export async function redriveQuarantined(log: Log, request: RedriveRequest): Promise<string> {
  const { ids, filter, corrected } = request;
  if (ids.length === 0 && Object.keys(filter).length === 0) {
    throw new OperatorError('Say which: ids, or a filter such as --tenant, --reason or --since.');
  }
  if (corrected !== undefined && ids.length !== 1) {
    throw new OperatorError('--with puts one input right, so name just its id.');
  }
  const redrivenBefore = await redrivenTimes(log);
  const count: Count = { redriven: 0, before: 0, impossible: [], unknown: new Set(ids) };
  let piece: QuarantineRecord[] = [];
  const send = async (): Promise<void> => {
    const options = { log, at: request.now(), ...(corrected === undefined ? {} : { corrected }) };
    const { redriven, impossible } = await redriveEntries(piece, options);
    count.redriven += redriven.length;
    count.impossible.push(...impossible);
    piece = [];
  };
  for await (const entry of quarantinedInOrder(log, filter)) {
    const { quarantineId } = entry;
    if (ids.length > 0 && !count.unknown.delete(quarantineId)) continue;
    if (!request.again && redrivenBefore.has(quarantineId)) count.before += 1;
    else piece.push(entry);
    if (piece.length === PIECE) await send();
  }
  await send();
  return report(count);
}

const SHOWN = 10;

function report({ redriven, before, impossible, unknown }: Count): string {
  const lines = [`${redriven} re-driven; services that run take them at once.`];
  if (before > 0) lines.push(`${before} left out: re-driven before (--again gives them again).`);
  for (const { quarantineId, why } of impossible.slice(0, SHOWN))
    lines.push(`${quarantineId} cannot be: ${why}.`);
  if (impossible.length > SHOWN) lines.push(`${impossible.length - SHOWN} more cannot be.`);
  for (const id of unknown) lines.push(`${id} is not in quarantine.`);
  return `${lines.join('\n')}\n`;
}
