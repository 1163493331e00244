/** A line of a file without its line break. */
export interface Line {
  /** 1 for the first line. */
  readonly number: number;
  readonly bytes: Buffer;
  /** The line was longer than the limit; `bytes` is its beginning. */
  readonly tooLong: boolean;
}

/** Longest line or row that is read: as much as one event may have over HTTP. */
export const MAX_ROW_BYTES = 262_144;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Cuts a stream of bytes into lines, a batch for each chunk; what is held is one chunk and one line at most. */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Line[]> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 1;
  let skipping = false;
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: Line[] = [];
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
      if (skipping) skipping = false;
      else lines.push(lineOf(bytes.subarray(from, end), number));
      number += 1;
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (skipping) rest = Buffer.alloc(0);
    else if (rest.length > MAX_ROW_BYTES) {
      lines.push(lineOf(rest, number));
      rest = Buffer.alloc(0);
      skipping = true;
    }
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0 && !skipping) yield [lineOf(rest, number)];
}

function lineOf(bytes: Buffer, number: number): Line {
  const tooLong = bytes.length > MAX_ROW_BYTES;
  const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
  const marked = number === 1 && bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return {
    number,
    bytes: bytes.subarray(marked ? BYTE_ORDER_MARK.length : 0, tooLong ? MAX_ROW_BYTES : end),
    tooLong,
  };
}
