import { describe, expect, it } from 'vitest';
import { sourceFiles } from '../architecture/support/source-files.ts';

const ORACLE = 'packages/testkit/src/oracle/';

describe('the oracle', () => {
  it('shares no code with what it judges: it takes nothing but the types of events', () => {
    const files = sourceFiles().filter(({ path }) => path.startsWith(ORACLE));
    expect(files.length).toBeGreaterThan(3);
    const foreign = files.flatMap(({ path, imports }) =>
      imports
        .filter(
          ({ specifier, typeOnly }) =>
            !specifier.startsWith('./') && !(specifier === '@bellwether/events' && typeOnly),
        )
        .map(({ specifier, line }) => `${path}:${line} takes code from ${specifier}`),
    );
    expect(foreign).toEqual([]);
  });
});
