import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concentrationTrend, diversificationOf } from './diversification.ts';
import { concentrationOfHolders, customerHolders, ranked } from './holders.ts';
import { concentrationByParent, resolveParents } from './parents.ts';
import type { PortfolioRow } from './portfolio-row.ts';
import { loseTop } from './stress.ts';
import { anyRows, givenRows, worth } from './test-support.ts';

const concentrationOfRows = (rows: readonly PortfolioRow[]) =>
  concentrationOfHolders(ranked(customerHolders(rows)));
const sumOf = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
const positive = (rows: readonly PortfolioRow[]) =>
  rows.map(({ valueMinor }) => valueMinor ?? 0).filter((v) => v > 0);

describe('the concentration of rows (S5, D2)', () => {
  it.each([
    [[30, 30, 20, 20], 2_600],
    [[40, 30, 20, 10], 3_000],
    [[70, 30], 5_800],
  ])('has the HHI of the merger guidelines for shares %j', (shares, hhi) => {
    expect(concentrationOfRows(worth(...shares)).hhiTenths).toBe(10 * hhi);
  });

  it('is 10,000 / N for N equal customers', () => {
    for (let count = 1; count <= 120; count += 1) {
      const rows = worth(...Array.from({ length: count }, () => 7_00));
      expect(concentrationOfRows(rows).hhiTenths).toBe(Math.floor((200_000 + count) / (2 * count)));
    }
  });
});

describe('customers of one parent (D2, N9)', () => {
  it('count as one, up to the root of the chain', () => {
    const rows = givenRows(
      { valueMinor: 30 },
      { valueMinor: 20, parentCustomerId: 'c0' },
      { valueMinor: 20, parentCustomerId: 'c1' },
      { valueMinor: 30 },
    );
    expect(concentrationOfRows(rows).hhiTenths).toBe(26_000);
    expect(concentrationByParent(rows)).toMatchObject({
      concentration: { hhiTenths: 58_000, top1BasisPoints: 7_000, band: 'high' },
      groups: 2,
      totalMinor: 100,
      familiesBasisPoints: 7_000,
      greatest: [
        { id: 'c0', customers: 3, valueMinor: 70, shareBasisPoints: 7_000 },
        { id: 'c3', customers: 1, valueMinor: 30, shareBasisPoints: 3_000 },
      ],
      cycles: [],
      missing: [],
    });
  });

  it('belong together under a parent that is no customer, which is reported', () => {
    const rows = givenRows(
      { valueMinor: 10, parentCustomerId: 'holding' },
      { valueMinor: 10, parentCustomerId: 'holding' },
    );
    expect(concentrationByParent(rows)).toMatchObject({
      greatest: [{ id: 'holding', customers: 2, valueMinor: 20 }],
      missing: ['holding'],
    });
  });

  it('that are each other’s parents have the least id as root, and are reported', () => {
    const rows = givenRows(
      { parentCustomerId: 'c2' },
      { parentCustomerId: 'c0' },
      { parentCustomerId: 'c1' },
      { parentCustomerId: 'c2' },
      { parentCustomerId: 'c4' },
    );
    const { rootOf, cycles } = resolveParents(rows);
    expect([...rootOf]).toEqual(
      expect.arrayContaining([
        ['c3', 'c0'],
        ['c4', 'c4'],
        ['c2', 'c0'],
      ]),
    );
    expect(cycles).toEqual([['c0', 'c1', 'c2'], ['c4']]);
  });

  it('take a negative member off the value of the group', () => {
    const rows = givenRows(
      { valueMinor: 30 },
      { valueMinor: -40, parentCustomerId: 'c0' },
      { valueMinor: 5 },
    );
    expect(concentrationByParent(rows)).toMatchObject({ groups: 1, totalMinor: 5 });
  });

  it('find the root that so many steps as there are customers lead to, in any order', () => {
    fc.assert(
      fc.property(anyRows, ({ rows, mixed }) => {
        const { rootOf, cycles, missing } = resolveParents(rows);
        const parent = (id: string) =>
          rows.find(({ customerId }) => customerId === id)?.parentCustomerId ?? null;
        for (const { customerId } of rows) {
          let at = customerId;
          for (let step = 0; step < rows.length; step += 1) at = parent(at) ?? at;
          const round = [at];
          for (let next = parent(at); next !== null && next !== at; next = parent(next)) round.push(next);
          expect(rootOf.get(customerId)).toBe(round.sort()[0]);
        }
        expect(missing.every((id) => rows.every(({ customerId }) => customerId !== id))).toBe(true);
        const again = resolveParents(mixed);
        expect(again).toMatchObject({ cycles, missing });
        expect(new Map([...again.rootOf].sort())).toEqual(new Map([...rootOf].sort()));
        expect(concentrationByParent(mixed)).toEqual(concentrationByParent(rows));
      }),
    );
  });
});

describe('losing the greatest (S22, N9)', () => {
  const rows = givenRows(
    { valueMinor: 50, activeMinor: 40, mrrMinor: 4 },
    { valueMinor: 20, activeMinor: 20, mrrMinor: 2 },
    { valueMinor: 20, activeMinor: null, mrrMinor: 1 },
    { valueMinor: 10, activeMinor: 10, mrrMinor: 1 },
    { valueMinor: -5 },
  );

  it('tells the revenue, the share and the concentration that stay', () => {
    expect(loseTop(rows, { count: 1, by: 'customer' })).toMatchObject({
      lost: [{ id: 'c0', valueMinor: 50, shareBasisPoints: 5_000 }],
      customersLost: 1,
      customersLeft: 4,
      value: { beforeMinor: 100, lostMinor: 50, leftMinor: 50, leftBasisPoints: 5_000, unknown: 0 },
      active: { beforeMinor: 70, lostMinor: 40, leftMinor: 30, leftBasisPoints: 4_286, unknown: 2 },
      recurring: { beforeMinor: 8, lostMinor: 4, leftMinor: 4, leftBasisPoints: 5_000, unknown: 1 },
      before: { hhiTenths: 34_000 },
      after: { hhiTenths: 36_000, top1BasisPoints: 4_000 },
    });
  });

  it('takes whole groups with their members away', () => {
    const [first, second, ...others] = rows;
    if (first === undefined || second === undefined) throw new Error('no rows');
    const group = [first, { ...second, parentCustomerId: 'c0' }, ...others];
    expect(loseTop(group, { count: 1, by: 'parent' })).toMatchObject({
      lost: [{ id: 'c0', customers: 2, valueMinor: 70 }],
      customersLost: 2,
      recurring: { lostMinor: 6 },
    });
  });

  it('leaves nothing of fewer customers than are taken away', () => {
    expect(loseTop(rows, { count: 50, by: 'customer' })).toMatchObject({
      customersLost: 4,
      customersLeft: 1,
      value: { leftMinor: 0, leftBasisPoints: 0 },
      after: { hhiTenths: 0, band: 'low', alarms: [] },
    });
    expect(loseTop([], { count: 1, by: 'parent' }).value).toMatchObject({
      beforeMinor: 0,
      leftBasisPoints: null,
    });
  });

  it('does not take unknown money for none (D20)', () => {
    const { active } = loseTop(worth(5, 3), { count: 1, by: 'customer' });
    expect(active).toEqual({
      beforeMinor: null,
      lostMinor: null,
      leftMinor: null,
      leftBasisPoints: null,
      unknown: 2,
    });
  });

  it.each([0, 51, 1.5])('refuses to take %d away', (count) => {
    expect(() => loseTop(rows, { count, by: 'customer' })).toThrow(RangeError);
  });

  it('leaves exactly what the lesser values add up to, in any order of the rows', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 15 }), ({ rows: some, mixed }, count) => {
        const outcome = loseTop(some, { count, by: 'customer' });
        expect(loseTop(mixed, { count, by: 'customer' })).toEqual(outcome);
        expect(loseTop(mixed, { count, by: 'parent' })).toEqual(loseTop(some, { count, by: 'parent' }));
        const values = positive(some)
          .sort((a, b) => b - a)
          .map(BigInt);
        const [total, left] = [sumOf(values), sumOf(values.slice(count))];
        if (total > 0n)
          expect(outcome.value.leftBasisPoints).toBe(Number((20_000n * left + total) / (2n * total)));
        if (total > 0n && total < 2n ** 53n) expect(outcome.value.leftMinor).toBe(Number(left));
        expect(outcome.lost).toHaveLength(Math.min(count, values.length));
      }),
    );
  });
});

describe('diversification (S19)', () => {
  it('names customers that hold a tenth and more, and what new ones add', () => {
    const rows = givenRows(
      { valueMinor: 60, accountAgeDays: 900 },
      { valueMinor: 25, accountAgeDays: 365 },
      { valueMinor: 9, accountAgeDays: 366 },
      { valueMinor: 6, accountAgeDays: null },
    );
    expect(diversificationOf(rows, [])).toMatchObject({
      singleCustomers: [{ id: 'c0' }, { id: 'c1' }],
      newCustomers: {
        customers: 1,
        customersBasisPoints: 3_333,
        valueMinor: 25,
        valueBasisPoints: 2_500,
        unknownAge: 1,
      },
      trend: { direction: 'unknown' },
    });
  });

  it('knows no share of new customers where no age is known (D20)', () => {
    expect(diversificationOf(worth(5), []).newCustomers).toMatchObject({
      valueMinor: null,
      valueBasisPoints: null,
    });
  });

  it.each([
    [1_000, 1_050, 'rising'],
    [1_000, 1_049, 'flat'],
    [1_000, 950, 'falling'],
    [1_000, 951, 'flat'],
    [0, 0, 'flat'],
    [0, 10, 'rising'],
  ])('goes from an index of %d to %d: %s', (from, to, direction) => {
    const points = [
      { day: 30, hhiTenths: to, top5BasisPoints: 10 },
      { day: 10, hhiTenths: from, top5BasisPoints: 30 },
      { day: 20, hhiTenths: 9_999, top5BasisPoints: 0 },
    ];
    expect(concentrationTrend(points)).toEqual({
      direction,
      fromDay: 10,
      toDay: 30,
      hhiTenthsDelta: to - from,
      top5BasisPointsDelta: -20,
    });
  });
});
