import { describe, expect, it } from 'vitest';
import { checksumFaults, parseChecksums } from './checksums.ts';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];

describe('a list of checksums', () => {
  it('has the form of sha256sum', () => {
    const list = parseChecksums(`${A}  one.jar\n${B} *two.jar\n`);
    expect([...list]).toEqual([
      ['one.jar', A],
      ['two.jar', B],
    ]);
  });

  it('is not read where it has another form', () => {
    expect(() => parseChecksums('one.jar')).toThrow('sha256sum');
  });

  it('is kept by the same files with the same content', () => {
    const list = parseChecksums(`${A}  one.jar\n${B}  two.jar\n`);
    expect(checksumFaults(list, new Map([...list].reverse()))).toEqual([]);
  });

  it('is broken by a file that is missing, changed or added', () => {
    const list = parseChecksums(`${A}  one.jar\n${A}  two.jar\n`);
    const found = new Map([
      ['two.jar', B],
      ['three.jar', A],
    ]);
    expect(checksumFaults(list, found)).toEqual([
      'one.jar is missing',
      'three.jar is not on the list',
      'two.jar has another content',
    ]);
  });
});
