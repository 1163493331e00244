import {
  type CrossSell,
  type CustomerMonths,
  crossSellOf,
  type Holding,
  holdingsOf,
  type PortfolioRow,
  standingsOf,
} from '@bellwether/domain';
import { formatDay } from '@bellwether/events';
import type { CustomerRow } from '../api/schemas.ts';
import { nameIn, RFM_SEGMENTS } from '../class-names.ts';
import { buildEngagement, type Engagement } from './build-engagement.ts';
import { buildMeasures, type Measures } from './build-measures.ts';
import { buildGrowth, buildMonths, type Growth } from './build-months.ts';
import { buildPortfolioRow } from './build-portfolio-row.ts';
import { type Deadline, findDeadlines } from './find-deadlines.ts';
import type { CustomerCard } from './fold-card.ts';
import type { CustomerScores } from './fold-change.ts';
import { sparkOf, trendOf } from './fold-health-weeks.ts';

/** A customer as lists need it: the row that is shown, and plain values to sort, filter and add up by. */
export interface CustomerFacts {
  /** Without `rank` and `openAlerts`, which depend on others. */
  readonly row: Omit<CustomerRow, 'rank' | 'openAlerts'>;
  /** The name (or the id) folded for sorting, in lower case and without accents. */
  readonly nameKey: string;
  /** What a search looks in: name and id, folded. */
  readonly searchKey: string;
  readonly noticeDay: number | null;
  readonly lastEventAt: number | null;
  /** Hundredths; null where nothing was published. */
  readonly coverage: number | null;
  /** Types of the agreements that are not void. */
  readonly agreementTypes: readonly string[];
  readonly complexityParts: Readonly<Record<string, number | null>>;
  /** What to offer, while the published situation is that the customer holds only MSAs (S4). */
  readonly crossSell: CrossSell | null;
  /** What its agreements in force are for, and what that is worth (S8). */
  readonly holdings: readonly Holding[];
  readonly deadlines: readonly Deadline[];
  /** What the reports on the whole portfolio are made of. */
  readonly portfolioRow: PortfolioRow;
  readonly engagement: Engagement;
  readonly measures: Measures;
  /** What the KPIs of any month are made of. */
  readonly months: CustomerMonths;
  readonly growth: Growth;
}

export interface RowSources {
  readonly customerId: string;
  readonly card: CustomerCard | undefined;
  readonly scores: CustomerScores | undefined;
  /** The tenant's date, epoch day. */
  readonly today: number;
  /** The tenant's currency. */
  readonly currency: string;
}

/** Text as it is sorted and searched by: lower case, no accents. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Hundredths of a point as points with two decimals. */
export function pointsOf(hundredths: number | null): number | null {
  return hundredths === null ? null : hundredths / 100;
}

/** What lists need of a customer; one that has no scores yet is worth 0 and not scorable. */
export function buildFacts({ customerId, card, scores, today, currency }: RowSources): CustomerFacts {
  const agreements = card?.agreements ?? [];
  const standings = standingsOf(agreements, today);
  const types = standings.flatMap(({ agreement, status }) =>
    status === 'void' ? [] : (agreement.terms.agreementType ?? []),
  );
  const deadlines = findDeadlines(agreements, today);
  const noticeDay = deadlines[0]?.day ?? null;
  const name = card?.name ?? null;
  const lastEventAt = card?.lastEventAt ?? null;
  const portfolioRow = buildPortfolioRow({ customerId, card, scores, standings, today });
  return {
    row: {
      customerId,
      name,
      ...moneyOf(scores),
      currency,
      ...healthOf(scores, today),
      msaOnly: scores?.crossSell != null,
      complexity: pointsOf(scores?.complexity ?? null),
      complexityBand: scores?.complexityBand ?? null,
      nextNoticeDate: noticeDay === null ? null : formatDay(noticeDay),
      owner: card?.owner ?? null,
      lastEventAt: lastEventAt === null ? null : new Date(lastEventAt).toISOString(),
      ...classesOf(portfolioRow, scores),
    },
    nameKey: foldText(name ?? customerId),
    searchKey: foldText(`${name ?? ''} ${customerId}`),
    noticeDay,
    lastEventAt,
    coverage: scores?.model ? scores.coverage : null,
    agreementTypes: [...new Set(types)].sort(),
    complexityParts: scores?.complexityParts ?? {},
    crossSell: scores?.crossSell ? crossSellOf(standings) : null,
    holdings: holdingsOf(standings),
    deadlines,
    portfolioRow,
    engagement: buildEngagement({ card, scores, today }),
    measures: buildMeasures({ card, scores }),
    months: buildMonths({ customerId, card, scores }),
    growth: buildGrowth({ card, scores, today }),
  };
}

function classesOf(
  { segment, valueTier, churnBasisPoints, churnBand, rfmHundredths }: PortfolioRow,
  scores: CustomerScores | undefined,
) {
  const rfmSegment = nameIn(RFM_SEGMENTS, scores?.scores.rfm?.labels?.segment);
  return { segment, valueTier, churnBasisPoints, churnBand, rfmHundredths, rfmSegment };
}

function moneyOf(scores: CustomerScores | undefined) {
  const part = (name: string) => scores?.ltvParts[name] ?? 0;
  return {
    valueMinor: scores?.valueMinor ?? 0,
    contractedMinor: part('contractedMinor'),
    activeMinor: part('activeMinor'),
    paidMinor: part('paidMinor'),
    agreements: part('agreements'),
    activeAgreements: part('activeAgreements'),
  };
}

function healthOf(scores: CustomerScores | undefined, today: number) {
  const spark = sparkOf(scores?.healthWeeks ?? [], today);
  return {
    healthScore: pointsOf(scores?.health ?? null),
    healthBand: scores?.healthBand ?? 'not-scorable',
    healthUncertain: scores?.healthUncertain ?? false,
    healthTrend: trendOf(spark),
    healthSpark: spark.map(pointsOf),
    atRisk: scores?.atRisk != null,
  };
}
