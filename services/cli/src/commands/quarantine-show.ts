import { faultText, type InputPosition, type QuarantineRecord } from '@bellwether/events';
import { newestQuarantined, redrivenTimes } from '@bellwether/ingest';
import { OperatorError } from '@bellwether/runtime';
import type { Log } from '@bellwether/stream';
import { shownTime } from './quarantine-list.ts';

/**
 * `bellwether quarantine show`: an entry with all its faults and its original.
 * @throws OperatorError when there is no such entry
 */
export async function showQuarantined(log: Log, quarantineId: string): Promise<string> {
  const entry = await entryOf(log, quarantineId);
  const redrivenAt = (await redrivenTimes(log)).get(quarantineId);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['id', entry.quarantineId],
    ['tenant', entry.tenant],
    ['customer', entry.customerId ?? 'not known'],
    ['reason', `${entry.reason} (docs/quarantine.md#${entry.reason})`],
    ['found by', entry.stage],
    ['received', `${shownTime(entry.receivedAt)} UTC`],
    ['stood at', placeOf(entry.position)],
    ['key', entry.key],
    ['schema', entry.schemaId?.toString()],
    ['re-driven', redrivenAt === undefined ? 'no' : `${shownTime(redrivenAt)} UTC`],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name.padEnd(10)} ${value}`],
  );
  const faults = entry.faults.map((fault) => `  ${faultText(fault)}`);
  const headers = Object.entries(entry.headers ?? {}).map(([name, value]) => `  ${name}: ${value}`);
  const kind = entry.encoding === 'base64' ? ', base64' : '';
  const cut = entry.truncated ? ', only its beginning was kept' : '';
  const text = [
    ...lines,
    ...(faults.length > 0 ? ['faults', ...faults] : []),
    ...(headers.length > 0 ? ['headers', ...headers] : []),
    `original (${entry.original.length} characters${kind}${cut})`,
    entry.original,
    '',
  ].join('\n');
  return withoutControls(text);
}

/** What others wrote must not steer the terminal of whoever looks at it. */
function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}]/gu, (character) =>
    character === '\n' ? character : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** `bellwether quarantine show --original`: nothing but the input as it came, to be put right in a file. */
export async function originalOf(log: Log, quarantineId: string): Promise<Buffer> {
  const { original, encoding } = await entryOf(log, quarantineId);
  return Buffer.from(original, encoding);
}

async function entryOf(log: Log, quarantineId: string): Promise<QuarantineRecord> {
  const [entry] = await newestQuarantined(log, { quarantineId }, 1);
  if (entry !== undefined) return entry;
  throw new OperatorError(
    `There is no ${quarantineId} in quarantine. \`bellwether quarantine list\` shows the ids of those there are.`,
  );
}

function placeOf({ file, row, topic, partition, offset }: InputPosition): string {
  return file === undefined ? `${topic} partition ${partition} offset ${offset}` : `${file} row ${row}`;
}
