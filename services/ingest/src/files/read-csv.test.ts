import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from './read-csv.ts';
import { MAX_ROW_BYTES, readLines } from './read-lines.ts';
import type { SourceRow } from './source-row.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(text: string | Buffer, { size = 65_536, delimiter = ',' } = {}): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text);
  for await (const batch of readCsv(readLines(inPieces(bytes, size)), delimiter)) rows.push(...batch);
  return rows;
}

function shown(rows: readonly SourceRow[]) {
  return rows.map((row) =>
    row.kind === 'cells' ? [row.row, ...row.cells] : [row.row, row.kind === 'bad' && row.reason],
  );
}

describe('CSV', () => {
  it('is read with quotes, line breaks in quotes and other delimiters; rows carry their line', async () => {
    expect(shown(await read('a,b\r\n1,"x ""y"" z"\n\n2,"two\nlines"\n3,\n'))).toEqual([
      [1, 'a', 'b'],
      [2, '1', 'x "y" z'],
      [4, '2', 'two\nlines'],
      [6, '3', ''],
    ]);
    expect(shown(await read('a;b\n1;2', { delimiter: ';' }))).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
    ]);
  });

  it('begins after a byte order mark', async () => {
    expect(shown(await read('\ufeffid,b\n1,2\n', { size: 1 }))).toEqual([
      [1, 'id', 'b'],
      [2, '1', '2'],
    ]);
  });

  it('loses one line to a quote that is never closed, not the rest of the file', async () => {
    const rows = await read(`a,b\n1,"open\n2,x\n3,y\n`);
    expect(shown(rows)).toEqual([
      [1, 'a', 'b'],
      [2, 'row-unreadable'],
      [3, '2', 'x'],
      [4, '3', 'y'],
    ]);
    expect(rows[1]).toMatchObject({
      original: '1,"open',
      faults: [{ path: 'row', got: 'a quote out of place' }],
    });
    const far = `a,b\n1,"open\n${`2,${'x'.repeat(40)}\n`.repeat(10_000)}`;
    expect((await read(far)).filter((row) => row.kind === 'bad')).toHaveLength(1);
  });

  it('loses only the lines whose quotes are wrong', async () => {
    const rows = await read('a,b\n1,5" pipe\n2,6" pipe\n3,ok\n4,"a"b\n5,ok\n');
    expect(shown(rows).map(([line, first]) => [line, first])).toEqual([
      [1, 'a'],
      [2, 'row-unreadable'],
      [3, 'row-unreadable'],
      [4, '3'],
      [5, 'row-unreadable'],
      [6, '5'],
    ]);
  });

  it('keeps the bytes of rows that are not UTF-8 (D22)', async () => {
    const rows = await read(
      Buffer.concat([Buffer.from('a,b\n1,caf'), Buffer.from([0xe9]), Buffer.from('\n2,ok\n')]),
    );
    expect(shown(rows)).toEqual([
      [1, 'a', 'b'],
      [2, 'not-utf8'],
      [3, '2', 'ok'],
    ]);
    expect(rows[1]).toMatchObject({
      original: Buffer.from([0x31, 0x2c, 0x63, 0x61, 0x66, 0xe9]).toString('base64'),
      faults: [{ got: 'byte 0xE9 at position 5' }],
    });
  });

  it('gives up on a row that is too long, and reads on after it', async () => {
    const rows = await read(`a,b\n1,${'x'.repeat(3 * MAX_ROW_BYTES)}\n2,ok\n`);
    expect(shown(rows)).toEqual([
      [1, 'a', 'b'],
      [2, 'too-large'],
      [3, '2', 'ok'],
    ]);
  });

  it('is the same however the bytes arrive', async () => {
    const cell = fc.stringMatching(/^[a-z",\né]{0,6}$/);
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 20 }), async (rows, size) => {
        const text = rows.map((cells) => cells.map(quoted).join(',')).join('\n');
        const found = await read(text, { size });
        expect(found.map((row) => row.kind === 'cells' && row.cells)).toEqual(rows);
        expect(found).toEqual(await read(text));
      }),
    );
  });

  it('never throws, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a",\r\n]{0,40}$/), async (text) => {
        for (const row of await read(text, { size: 3 })) expect(row.row).toBeGreaterThan(0);
      }),
    );
  });
});
