import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWith } from '../../test-support/customers.ts';
import type { ProjectionUnderTest } from '../../test-support/projection-under-test.ts';
import { faultsOf } from '../../test-support/strict-schema.ts';
import { CustomerRoi, RoiAnswer } from '../roi-schemas.ts';

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith([
    { customerId: 'ann', yearlyCostMinor: 100_000_00, employees: 100 },
    { customerId: 'bob', yearlyCostMinor: 100_000_00 },
    { customerId: 'cem', employees: 100 },
    { customerId: 'dot', yearlyCostMinor: 0, employees: 100 },
  ]);
});
afterAll(() => projection.close());

/** 30,000 saved and 100 x 50 x 2,080 x 0.1 = 1,040,000 gained over 100,000; 12 x 100,000 / 1,070,000 months. */
const HUNDRED_PEOPLE = {
  yearlyCostMinor: 100_000_00,
  employees: 100,
  hourMinor: 50_00,
  hoursPerYear: 2_080,
  reason: null,
  savingsMinor: 30_000_00,
  productivityMinor: 1_040_000_00,
  ratioBasisPoints: 107_000,
  netRoiBasisPoints: 97_000,
  paybackHundredthMonths: 112,
};
const NOTHING = {
  savingsMinor: null,
  productivityMinor: null,
  ratioBasisPoints: null,
  netRoiBasisPoints: null,
  paybackHundredthMonths: null,
};

describe('the ROI calculator (S104, D16)', () => {
  it('gives 1,070 % and 1.12 months for a cost of 100,000 and 100 employees, without a tenant', async () => {
    const answer = await projection.get('/v1/roi?yearlyCostMinor=10000000&employees=100');
    expect(faultsOf(RoiAnswer, answer)).toEqual([]);
    expect(answer).toEqual(HUNDRED_PEOPLE);
  });

  it('takes another worth of an hour and another year', async () => {
    const answer = await projection.get(
      '/v1/roi?yearlyCostMinor=10000000&employees=10&hourMinor=8000&hoursPerYear=1500',
    );
    expect(answer).toMatchObject({
      hourMinor: 80_00,
      productivityMinor: 120_000_00,
      ratioBasisPoints: 15_000,
    });
  });

  it.each([
    ['yearlyCostMinor=0&employees=100', 'cost-not-positive'],
    ['yearlyCostMinor=-5&employees=100', 'cost-not-positive'],
    ['yearlyCostMinor=1&employees=100000000', 'too-great'],
  ])('divides by nothing that cannot be divided by: %s', async (query, reason) => {
    const answer = await projection.get(`/v1/roi?${query}`);
    expect(faultsOf(RoiAnswer, answer)).toEqual([]);
    expect(answer).toMatchObject({ reason, ...NOTHING });
  });

  it.each([
    ['employees=100', '?yearlyCostMinor: expected to be present'],
    ['yearlyCostMinor=1.5&employees=1', '?yearlyCostMinor: expected to be integer, got "1.5"'],
    ['yearlyCostMinor=1e300&employees=1', '?yearlyCostMinor: expected to be <= 4000000000000, got 1e+300'],
    ['yearlyCostMinor=1&employees=-1', '?employees: expected to be >= 0, got -1'],
    ['yearlyCostMinor=1&employees=1&hoursPerYear=9000', '?hoursPerYear: expected to be <= 8784, got 9000'],
    ['yearlyCostMinor=1&employees=1&rate=2', '?rate: expected no such query parameter'],
  ])('says what is wrong with %s', async (query, detail) => {
    const response = await projection.app.inject(`/v1/roi?${query}`);
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
    expect(response.json().detail).toContain(detail);
  });

  const of = (customer: string) => projection.get(`/v1/tenants/acme/customers/${customer}/roi`);

  it('takes cost and employees of a customer from its profile', async () => {
    const answer = await of('ann');
    expect(faultsOf(CustomerRoi, answer)).toEqual([]);
    expect(answer).toEqual({ currency: 'USD', ...HUNDRED_PEOPLE });
    const cheap = await projection.get('/v1/tenants/acme/customers/ann/roi?hourMinor=0');
    expect(cheap).toMatchObject({ hourMinor: 0, productivityMinor: 0, ratioBasisPoints: 3_000 });
  });

  it.each([
    ['bob', 'employees-unknown'],
    ['cem', 'cost-unknown'],
    ['dot', 'cost-not-positive'],
  ])('says what is not known of %s', async (customer, reason) => {
    expect(await of(customer)).toMatchObject({ reason, ...NOTHING });
  });

  it('is not there for a customer that is not', async () => {
    const response = await projection.app.inject('/v1/tenants/acme/customers/eve/roi');
    expect([response.statusCode, response.json().detail]).toEqual([404, 'There is no customer eve.']);
  });
});
