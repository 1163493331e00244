import { describe, expect, it } from 'vitest';
import { kindOf, numbersIn } from './find-citations.ts';

const cited = (text: string) => [...numbersIn(text).keys()];

describe('a number that is cited', () => {
  it('is not part of a longer number or word', () => {
    expect(cited('(S12, D1)')).toEqual(['S12', 'D1']);
    expect(cited('S1 and N24: D7; [S3] S5.')).toEqual(['S1', 'N24', 'D7', 'S3', 'S5']);
    expect(cited('S12x xS1 DNS1 AWS-S3 v1.S2 N1.5 S1_2 s7 T4')).toEqual([]);
  });

  it('stands for all numbers of a range, however the range is written', () => {
    expect(cited('S9-S12')).toEqual(['S9', 'S10', 'S11', 'S12']);
    expect(cited('S70–S72')).toEqual(['S70', 'S71', 'S72']);
    expect(cited('(S77 to S79)')).toEqual(['S77', 'S78', 'S79']);
    expect(cited('N9-N8')).toEqual([]);
  });

  it('does not make a range of different letters', () => {
    expect(cited('S3 to D5')).toEqual(['S3', 'D5']);
  });

  it('is one that there is', () => {
    expect(cited('S0 S118 D25 N99')).toEqual([]);
    expect(cited('S116-S300')).toEqual(['S116', 'S117']);
  });

  it('counts as often as it stands there', () => {
    expect(numbersIn('S4 (S4), S3-S5')).toEqual(
      new Map([
        ['S4', 3],
        ['S3', 1],
        ['S5', 1],
      ]),
    );
  });

  it('is more than a value that looks like one', () => {
    expect(cited(`{ name: 'N7', id: "D2", as: \`S1\` }`)).toEqual([]);
    expect(cited(`it('S1 is there'); it('works (S2)')`)).toEqual(['S1', 'S2']);
  });
});

describe('a file', () => {
  it.each([
    ['packages/domain/src/ltv/decide-ltv.ts', 'code'],
    ['services/projection/src/api/query.ts', 'code'],
    ['packages/domain/src/ltv/decide-ltv.test.ts', 'test'],
    ['services/cli/src/x.int.test.ts', 'test'],
    ['test/integrity/support/picture.ts', 'test'],
    ['docs/scoring/value.md', 'page'],
    ['README.md', 'page'],
    ['services/ingest/README.md', 'page'],
    ['packages/domain/src/churn/test-support.ts', null],
    ['services/ingest/src/testing/ingest.fixture.ts', null],
    ['packages/testkit/src/oracle/value.ts', null],
    ['scripts/check.ts', null],
    ['docs/coverage.md', null],
  ])('%s is evidence of: %s', (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });

  it('of the table itself is evidence of nothing', () => {
    expect(kindOf(import.meta.filename.slice(import.meta.filename.lastIndexOf('/test/') + 1))).toBeNull();
  });
});
