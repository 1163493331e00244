import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { compileMap } from '../map/compile-map.ts';
import { columnsUsed } from '../map/map-columns.ts';
import { isRowMap } from '../map/map-schema.ts';
import type { ReadMap } from '../map/read-map.ts';
import { type BegunAs, beginImport, type ImportIdentity, type ImportOptions } from './begin-import.ts';
import { type FileContent, hashFile, hashing } from './content-hash.ts';
import { appendSorted, type ImportParts } from './import-history.ts';
import { ImportRefusal, type ImportResult, stoppedWhileReading } from './import-result.ts';
import { createProgress } from './progress.ts';
import { type OpenedRows, openRows } from './read-rows.ts';
import { createIntake } from './row-intake.ts';
import { openRowSorter, type RowSorter } from './row-sorter.ts';

export interface FileImport extends ImportOptions {
  readonly path: string;
  readonly map: ReadMap;
}

/** Imports a file of rows or CloudEvents as the history of a tenant. Memory stays bounded whatever its size. */
export async function importFile(request: FileImport, parts: ImportParts): Promise<ImportResult> {
  return refusable(async () => {
    const name = basename(request.path);
    const content = await contentOf(request.path);
    if (content.utf16) {
      throw new ImportRefusal('not-utf8', `${name} is UTF-16; save it as UTF-8 and import that.`);
    }
    const { currency, timeZone } = request.map.map.tenant;
    const identity = { name, contentHash: content.hash, mapVersion: request.map.version, currency, timeZone };
    const begin = await beginImport(request, identity, parts);
    const sorter = openRowSorter(parts.workFolder);
    try {
      return await sortAndAppend({ request, identity, begin, sorter, sizeBytes: content.sizeBytes }, parts);
    } finally {
      sorter.close();
    }
  });
}

/** Turns a refusal into the result that it is. */
export async function refusable(work: () => Promise<ImportResult>): Promise<ImportResult> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ImportRefusal)) throw error;
    return { kind: 'refused', code: error.code, message: error.message };
  }
}

interface FileWork {
  readonly request: FileImport;
  readonly identity: ImportIdentity;
  readonly begin: BegunAs;
  readonly sorter: RowSorter;
  readonly sizeBytes: number;
}

async function sortAndAppend(work: FileWork, parts: ImportParts): Promise<ImportResult> {
  const { request, identity, begin } = work;
  const stream = createReadStream(request.path);
  try {
    const startedAt = begin.begun?.startedAt ?? parts.now();
    const progress = createProgress(parts.onProgress, parts.now);
    const content = hashing(stream as AsyncIterable<Buffer>);
    const intake = await openIntake({ ...work, startedAt }, content.chunks, parts);
    for await (const rows of intake.rows) {
      for (const row of rows) intake.take(row);
      const { rowsRead, badRows, events } = intake.counts();
      const counts = { rowsRead, badRows, eventsSorted: events, appended: 0 };
      progress.report('reading', counts, Math.min(1, stream.bytesRead / Math.max(1, work.sizeBytes)));
      if (parts.signal?.aborted) return stoppedWhileReading(begin.importId);
    }
    if (content.digest() !== identity.contentHash) {
      const message = `${identity.name} was changed while it was read; import it again.`;
      throw new ImportRefusal('content-changed', message);
    }
    const counts = intake.counts();
    return await appendSorted({ ...work, options: request, counts, startedAt, progress }, parts);
  } finally {
    stream.destroy();
  }
}

/** Opens the rows of a file and what takes them in. @throws ImportRefusal where columns are missing */
async function openIntake(
  work: FileWork & { readonly startedAt: number },
  chunks: AsyncIterable<Buffer>,
  { calendar, rates }: ImportParts,
) {
  const { request, identity, begin, sorter, startedAt } = work;
  const { map } = request.map;
  const columns = isRowMap(map) ? columnsUsed(map) : [];
  const opened = await openRows(chunks, map.format, columns);
  checkHeader(identity.name, opened, columns);
  const intake = createIntake({
    tenant: request.tenant,
    settings: begin.settings,
    until: begin.until,
    sorter,
    calendar,
    contentHash: identity.contentHash,
    receivedAt: startedAt,
    historical: true,
    frozenDay: null,
    rates: rates(),
    map: isRowMap(map) ? compileMap(map, opened.header) : undefined,
    header: opened.header,
  });
  return { ...intake, rows: opened.rows };
}

async function contentOf(path: string): Promise<FileContent> {
  try {
    return await hashFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = WHY_UNREADABLE[code] ?? `it cannot be read (${code})`;
    throw new ImportRefusal('file-unreadable', `${path}: ${why}.`);
  }
}

const WHY_UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'reading it is not allowed',
};

function checkHeader(name: string, { header }: OpenedRows, columns: readonly string[]): void {
  const repeated = header.filter(
    (column, index) => columns.includes(column) && header.indexOf(column) !== index,
  );
  if (repeated.length > 0) {
    const names = [...new Set(repeated)].join(', ');
    throw new ImportRefusal(
      'repeated-columns',
      `${name} has more than one column called ${names}, which the map reads.`,
    );
  }
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length === 0) return;
  throw new ImportRefusal(
    'missing-columns',
    `${name} lacks ${missing.length === 1 ? 'the column' : 'the columns'} ${missing.join(', ')} that the map reads; ` +
      `it has ${header.length === 0 ? 'no header row' : header.join(', ')}.`,
  );
}
