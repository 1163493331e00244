import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MONTHS_KEPT, type MonthCourse, tellingAt, valueAt, withMonth, withTelling } from './month-course.ts';

const courseOf = (...points: readonly (readonly [month: number, value: number | null])[]) =>
  points.reduce<MonthCourse<number | null> | undefined>(
    (course, [month, value]) => withMonth(course, { month, value }),
    undefined,
  );

describe('a measure at the ends of months', () => {
  it('has the last value of each month, carried forward over months without any', () => {
    const course = courseOf([650, 5], [650, 7], [653, 9]);
    expect(course).toEqual({ months: [650, 653], values: [7, 9] });
    expect([649, 650, 651, 652, 653, 700].map((month) => valueAt(course, month))).toEqual([
      null,
      7,
      7,
      7,
      9,
      9,
    ]);
  });

  it('has no point for a month at whose end nothing differs, whatever it was in between', () => {
    expect(courseOf([650, 7], [651, 9], [651, 7])).toEqual({ months: [650], values: [7] });
    expect(courseOf([650, null])).toEqual({ months: [], values: [] });
    expect(courseOf([650, 7], [650, null])).toEqual({ months: [], values: [] });
  });

  it('is the same reference when nothing differs', () => {
    const course = courseOf([650, 7], [651, 9]);
    expect(withMonth(course, { month: 651, value: 9 })).toBe(course);
    expect(withMonth(course, { month: 655, value: 9 })).toBe(course);
  });

  it('counts what is told of a month before the last one as told in the last one', () => {
    expect(courseOf([650, 7], [652, 9], [651, 8])).toEqual({ months: [650, 652], values: [7, 8] });
  });

  it('keeps 37 months and the value that they began with', () => {
    const course = courseOf(...Array.from({ length: 60 }, (_, month) => [month, month] as const));
    expect(course?.months).toHaveLength(MONTHS_KEPT + 1);
    expect([59 - MONTHS_KEPT + 1, 59].map((month) => valueAt(course, month))).toEqual([23, 59]);
  });
});

describe('what is told of a month', () => {
  const isLater = (one: number, other: number) => one > other;

  it('is the latest of the month, and holds until something is told of a later one', () => {
    const tellings = [
      { month: 652, told: 3 },
      { month: 650, told: 1 },
      { month: 650, told: 2 },
    ].reduce<Parameters<typeof withTelling<number>>[0]>((all, one) => withTelling(all, one, isLater), []);
    expect([649, 650, 651, 652, 653].map((month) => tellingAt(tellings, month))).toEqual([
      undefined,
      2,
      2,
      3,
      3,
    ]);
    expect(withTelling(tellings, { month: 650, told: 1 }, isLater)).toBe(tellings);
  });

  it('does not depend on the order of arrival, however much of it is dropped', () => {
    const telling = fc.record({ month: fc.integer({ min: 0, max: 120 }), told: fc.nat(1_000) });
    const both = fc
      .uniqueArray(telling, { maxLength: 80, selector: ({ told }) => told })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(both, ([all, mixed]) => {
        const fold = (list: typeof all) =>
          list.reduce<Parameters<typeof withTelling<number>>[0]>(
            (tellings, one) => withTelling(tellings, one, isLater),
            [],
          );
        expect(fold(mixed)).toEqual(fold(all));
      }),
    );
  });
});
