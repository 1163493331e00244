import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenCustomer, openWith } from '../../../test-support/customers.ts';
import type { ProjectionUnderTest } from '../../../test-support/projection-under-test.ts';
import { faultsOf } from '../../../test-support/strict-schema.ts';
import { AdvisoryBoardReport } from '../../report-schemas/advisory-board.ts';

/** A strategic customer: its id, industry, size and health. */
function strategic([customerId, industry, sizeBand, health]: [
  string,
  string | null,
  string,
  number,
]): GivenCustomer {
  const profile = industry === null ? {} : { industry };
  return { customerId, ...profile, tier: { strategic: 'yes', sizeBand }, health };
}

/** Four strategic customers, one that is not, and one of whom it is not known. */
const FOUR: readonly GivenCustomer[] = [
  { ...strategic(['ann', 'retail', 'large', 9_000]), name: 'Ann', owner: 'Bo', valueMinor: 7 },
  strategic(['bob', 'retail', 'large', 8_900]),
  strategic(['cem', null, 'large', 8_000]),
  strategic(['dot', 'health', 'small', 7_000]),
  { customerId: 'not', tier: { strategic: 'no', sizeBand: 'small' }, health: 9_900 },
  { customerId: 'who', health: 9_900 },
];
/** Fourteen of two industries and two sizes, the healthier the lesser their number. */
const MANY = Array.from({ length: 14 }, (_, index) =>
  strategic([
    `c${String(index).padStart(2, '0')}`,
    index % 2 ? 'retail' : 'health',
    index % 4 < 2 ? 'small' : 'large',
    9_000 - index,
  ]),
);

let few: ProjectionUnderTest;
let many: ProjectionUnderTest;
beforeAll(async () => {
  few = await openWith(FOUR);
  many = await openWith(MANY);
});
afterAll(async () => {
  await few.close();
  await many.close();
});
const boardOf = ({ get }: ProjectionUnderTest) =>
  get<AdvisoryBoardReport>('/v1/tenants/acme/reports/advisory-board');

describe('candidates for a customer advisory board (S102)', () => {
  it('are strategic customers, those first who are unlike the ones before them, and it is said why', async () => {
    const board = await boardOf(few);
    expect(faultsOf(AdvisoryBoardReport, board)).toEqual([]);
    expect(board).toMatchObject({
      strategic: 4,
      strategicUnknown: 1,
      fewest: 8,
      most: 12,
      isShort: true,
      industries: 3,
      sizeBands: 2,
    });
    expect(board.candidates.map(({ place, customerId, text }) => [place, customerId, text])).toEqual([
      [1, 'ann', 'strategic, the first of industry retail, the first of size large'],
      [2, 'dot', 'strategic, the first of industry health, the first of size small'],
      [3, 'cem', 'strategic, the first of industry not known, 1 of size large before it'],
      [4, 'bob', 'strategic, 1 of industry retail before it, 2 of size large before it'],
    ]);
    expect(board.candidates[0]).toMatchObject({
      name: 'Ann',
      owner: 'Bo',
      valueMinor: 7,
      healthHundredths: 9_000,
    });
  });

  it('are twelve at most, half of each industry and of each size', async () => {
    const { candidates, strategic: all, isShort } = await boardOf(many);
    expect([candidates.length, all, isShort]).toEqual([12, 14, false]);
    expect(candidates.filter(({ industry }) => industry === 'retail')).toHaveLength(6);
    expect(candidates.filter(({ sizeBand }) => sizeBand === 'large')).toHaveLength(6);
  });

  it('come as a file', async () => {
    const { body } = await few.app.inject('/v1/tenants/acme/reports/advisory-board?format=csv');
    expect(body.split('\r\n').slice(0, 2)).toEqual([
      'place,customerId,name,industry,sizeBand,sameIndustry,sameSize,healthHundredths,valueMinor,owner,text,asOf,currency',
      '1,ann,Ann,retail,large,0,0,9000,7,Bo,"strategic, the first of industry retail, the first of size large",' +
        '2024-05-20,USD',
    ]);
  });
});
