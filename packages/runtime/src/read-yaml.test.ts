import { describe, expect, it } from 'vitest';
import { readYaml } from './read-yaml.ts';

describe('YAML that people write', () => {
  it('is read, and so is JSON', () => {
    expect(readYaml('a: [1, two]')).toEqual({ ok: true, content: { a: [1, 'two'] } });
    expect(readYaml('{"a": [1, "two"]}')).toEqual({ ok: true, content: { a: [1, 'two'] } });
    expect(readYaml('')).toEqual({ ok: true, content: null });
  });

  it('says every line that breaks it', () => {
    expect(readYaml('a: 1\na: 2\na: 3')).toMatchObject({
      ok: false,
      faults: [
        { path: 'line 2', expected: 'YAML', got: expect.stringContaining('unique') },
        { path: 'line 3', expected: 'YAML' },
      ],
    });
  });

  it('does not unfold aliases without end', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level += 1) {
      const previous = Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ');
      bomb.push(`a${level}: &a${level} [${previous}]`);
    }
    expect(readYaml(bomb.join('\n'))).toEqual({
      ok: false,
      faults: [{ path: '/', expected: 'at most 100 aliases', got: 'more' }],
    });
  });

  it('is not read where it is longer than 1 MB', () => {
    expect(readYaml(`a: ${'x'.repeat(1_000_000)}`)).toEqual({
      ok: false,
      faults: [{ path: '/', expected: 'a file below 1 MB', got: 'more' }],
    });
  });
});
