import { type CustomerCurrent, PORTFOLIO_CUSTOMER_ID } from '@bellwether/events';
import { ENGINE_VERSION } from '../customer/customer-state.ts';
import { partsOf } from './decide-portfolio.ts';
import type { PortfolioHead } from './portfolio-head.ts';

/** The whole present picture of a portfolio whose change was just decided; undefined before the first change. */
export function currentOfPortfolio(head: PortfolioHead): CustomerCurrent | undefined {
  const { published, sequence, currency } = head;
  if (published === null) return undefined;
  const code = published.situation?.split('+')[0];
  const undated = { dueDay: null, daysBefore: null };
  return {
    kind: 'current',
    tenant: head.tenant,
    customerId: PORTFOLIO_CUSTOMER_ID,
    sequence,
    asOf: head.asOf,
    knownAt: head.knownAt,
    current: {
      scores: {
        concentration: {
          unit: 'count',
          currency,
          value: published.hhiTenths,
          band: published.band,
          parts: partsOf(published),
          sequence,
        },
      },
      situations: code === undefined ? [] : [{ rule: 'concentration', cause: 'portfolio', code, ...undated }],
    },
    engineVersion: ENGINE_VERSION,
  };
}
