import { HOUR_MINOR, HOURS_PER_YEAR } from '@bellwether/domain';
import { MinorUnits, PositiveMinorUnits } from '@bellwether/events';
import Type, { type Static } from 'typebox';
import { Nullable } from './schema-parts.ts';

/** Hours of a leap year. */
const MOST_HOURS = 8_784;
const MaybeMinor = Nullable(Type.Integer({ description: 'minor units of the currency of the cost' }));

/** What else the return is calculated from, each with the usual value where none is given. */
export const roiParameters = {
  hourMinor: Type.Optional(
    Type.Integer({
      ...PositiveMinorUnits,
      description: `worth of an hour, minor units; ${HOUR_MINOR} if not given`,
    }),
  ),
  hoursPerYear: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: MOST_HOURS,
      description: `working hours of a year; ${HOURS_PER_YEAR} if not given`,
    }),
  ),
};
export const YearlyCost = Type.Integer({
  ...MinorUnits,
  description: 'what is paid for the product in a year, minor units',
});
export const Employees = Type.Integer({
  minimum: 0,
  maximum: 100_000_000,
  description: 'people whose work it makes shorter',
});

/** What the product brings by the calculator (S104, D16); without an answer its figures are null, and it says why. */
export const RoiAnswer = Type.Object({
  yearlyCostMinor: MaybeMinor,
  employees: Nullable(Type.Integer()),
  hourMinor: Type.Integer(),
  hoursPerYear: Type.Integer(),
  reason: Nullable(
    Type.String({
      description:
        'why there is no answer: cost-unknown, employees-unknown, cost-not-positive, no-benefit, too-great; null: there is',
    }),
  ),
  savingsMinor: Nullable(Type.Integer({ description: '30 % of the yearly cost' })),
  productivityMinor: Nullable(Type.Integer({ description: '10 % of the working time of all employees' })),
  ratioBasisPoints: Nullable(
    Type.Integer({ description: 'savings and productivity over the cost, "total ROI": 107000 is 1,070 %' }),
  ),
  netRoiBasisPoints: Nullable(
    Type.Integer({ description: 'the ratio less 100 %: what is left after the cost' }),
  ),
  paybackHundredthMonths: Nullable(
    Type.Integer({ description: 'months until the benefit has paid the cost, hundredths: 112 is 1.12' }),
  ),
});
export type RoiAnswer = Static<typeof RoiAnswer>;
/** The same for a customer. */
export const CustomerRoi = Type.Object({ currency: Type.String(), ...RoiAnswer.properties });
