import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('the options of the peer bench', () => {
  it('are three runs in one process unless told otherwise', () => {
    expect(readOptions([])).toEqual({ runs: 3, processes: 1 });
    expect(readOptions(['--runs', '5', '--processes', '2'])).toEqual({ runs: 5, processes: 2 });
  });

  it.each(['0', '-1', 'x', '100'])('refuse %s', (text) => {
    expect(() => readOptions([`--runs=${text}`])).toThrow(`--runs takes a number from 1 to 99, not ${text}.`);
  });
});
