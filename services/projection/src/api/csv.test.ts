import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

const Row = Type.Object({ name: Type.Any(), value: Type.Any() });
const lineOf = (name: unknown, value: unknown = 0) => toCsv(Row, [{ name, value }]).split('\r\n')[1];

describe('a list as CSV', () => {
  it('has a header and a line a row, each ended by CRLF (RFC 4180)', () => {
    expect(toCsv(Row, [{ name: 'a', value: 1 }])).toBe('name,value\r\na,1\r\n');
    expect(toCsv(Row, [])).toBe('name,value\r\n');
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(lineOf('a,b')).toBe('"a,b",0');
    expect(lineOf('say "hi"')).toBe('"say ""hi""",0');
    expect(toCsv(Row, [{ name: 'a\nb', value: 0 }])).toContain('"a\nb",0');
  });

  it.each(['=1+1', '+1', '-1', '@sum', '\tx', '\rx'])(
    'keeps a spreadsheet from running the text %j',
    (text) => {
      expect(toCsv(Row, [{ name: text, value: 0 }])).toContain(`'${text}`);
    },
  );

  it('leaves negative numbers alone, and unknown values empty', () => {
    expect(lineOf(null, -5)).toBe(',-5');
    expect(lineOf(undefined, null)).toBe(',');
  });

  it('joins lists and writes objects as JSON', () => {
    expect(lineOf(['MSA', 'SOW'], [1, null])).toBe('MSA; SOW,1; ');
    expect(lineOf({ a: 1 })).toBe('"{""a"":1}",0');
  });
});
