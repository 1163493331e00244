import { HOUR_MINOR, HOURS_PER_YEAR, profileValue, type RoiInput, roiOf } from '@bellwether/domain';
import { customerKey } from '@bellwether/events';
import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { COLLECTIONS } from '../../collections.ts';
import { findRow } from '../../read/read-customer.ts';
import type { CustomerCard } from '../../steps/fold-card.ts';
import { answers, CustomerParams, query } from '../query.ts';
import { CustomerRoi, Employees, RoiAnswer, roiParameters, YearlyCost } from '../roi-schemas.ts';
import type { RouteDeps } from '../route-deps.ts';

const RoiQuery = query({ yearlyCostMinor: YearlyCost, employees: Employees, ...roiParameters });
const CustomerRoiQuery = query(roiParameters);

/** The ROI calculator (S104, D16): for anybody, and for a customer by its profile. */
export function registerRoiRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.get<{ Querystring: Static<typeof RoiQuery> }>(
    '/v1/roi',
    {
      schema: {
        tags: ['calculators'],
        summary: 'What the product brings against its cost (S104)',
        querystring: RoiQuery,
        response: answers(RoiAnswer),
      },
    },
    ({ query: given }) => presentRoi(given),
  );
  app.get<{ Params: Static<typeof CustomerParams>; Querystring: Static<typeof CustomerRoiQuery> }>(
    '/v1/tenants/:tenant/customers/:customerId/roi',
    {
      schema: {
        tags: ['customers'],
        summary:
          'What the product brings this customer against its cost, by cost and employees of its profile (S104)',
        params: CustomerParams,
        querystring: CustomerRoiQuery,
        response: answers(CustomerRoi),
      },
    },
    async ({ params: { tenant, customerId }, query: given }) => {
      const view = await deps.tenantOf(tenant);
      await findRow(deps, view, customerId);
      const card = await deps.readModels.get<CustomerCard>(
        COLLECTIONS.cards,
        customerKey(tenant, customerId),
      );
      const profile = card?.profile ?? {};
      const yearlyCostMinor = profileValue(profile, 'yearlyCostMinor');
      const employees = profileValue(profile, 'employees');
      return {
        currency: view.settings.currency,
        ...presentRoi({ yearlyCostMinor, employees, ...given }),
      };
    },
  );
}

function presentRoi(input: RoiInput): RoiAnswer {
  const { yearlyCostMinor, employees, hourMinor = HOUR_MINOR, hoursPerYear = HOURS_PER_YEAR } = input;
  const given = { yearlyCostMinor, employees, hourMinor, hoursPerYear };
  const roi = roiOf(given);
  const none = {
    savingsMinor: null,
    productivityMinor: null,
    ratioBasisPoints: null,
    netRoiBasisPoints: null,
    paybackHundredthMonths: null,
  };
  return typeof roi === 'string' ? { ...given, reason: roi, ...none } : { ...given, reason: null, ...roi };
}
