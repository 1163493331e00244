import {
  type CurrentSituation,
  type CustomerCurrent,
  type CustomerPicture,
  PORTFOLIO_CUSTOMER_ID,
} from '@bellwether/events';
import { ENGINE_VERSION } from '../customer/customer-state.ts';
import { SOURCE_SILENT_CODE } from '../feeds/decide-silent-sources.ts';
import { partsOf } from './decide-portfolio.ts';
import type { PortfolioHead } from './portfolio-head.ts';

/** The whole present picture of a portfolio whose change was just decided; undefined before the first change. */
export function currentOfPortfolio(head: PortfolioHead): CustomerCurrent | undefined {
  if (head.published === null && head.sequence === 0) return undefined;
  return {
    kind: 'current',
    tenant: head.tenant,
    customerId: PORTFOLIO_CUSTOMER_ID,
    sequence: head.sequence,
    asOf: head.asOf,
    knownAt: head.knownAt,
    current: { scores: scoresOf(head), situations: situationsOf(head) },
    engineVersion: ENGINE_VERSION,
  };
}

function scoresOf({ published, publishedSequence, currency }: PortfolioHead): CustomerPicture['scores'] {
  if (published === null) return {};
  return {
    concentration: {
      unit: 'count',
      currency,
      value: published.hhiTenths,
      band: published.band,
      parts: partsOf(published),
      sequence: publishedSequence,
    },
  };
}

function situationsOf({ published, silent }: PortfolioHead): readonly CurrentSituation[] {
  const undated = { dueDay: null, daysBefore: null };
  const code = published?.situation?.split('+')[0];
  const silence = silent.map(
    ({ feed }): CurrentSituation => ({
      rule: 'source-silent',
      cause: feed,
      code: SOURCE_SILENT_CODE,
      ...undated,
    }),
  );
  if (code === undefined) return silence;
  return [{ rule: 'concentration', cause: 'portfolio', code, ...undated }, ...silence];
}
