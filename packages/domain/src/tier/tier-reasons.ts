import { formatDay, type Reason } from '@bellwether/events';
import { formatMinor } from '../money/format-minor.ts';
import type { Breakpoints } from '../quantiles/breakpoints.ts';
import { ENGAGEMENT_MODELS } from './engagement-model.ts';
import type { PublishedTier, TierContext } from './published-tier.ts';
import { revenueTierOf } from './revenue-tier.ts';
import type { SpoiltInput, Tier, TierFigures, TierLabels } from './tier-of.ts';
import { valueTierOf } from './value-tier.ts';
import type { Ground } from './verdict.ts';

const capitalised = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

interface Told {
  readonly previous: PublishedTier | null;
  readonly now: Tier;
  readonly breakpoints: Breakpoints | null;
}

/** One class as it is told: its figure, its names, and which breakpoints moved it. */
interface Teller {
  readonly signal: string;
  readonly label: 'valueTier' | 'revenueTier' | 'sizeBand' | 'engagementModel';
  readonly unclassified: string;
  readonly nameOf: (labels: TierLabels) => string | null;
  readonly figureOf: (figures: TierFigures) => number | null;
  /** The class of the figure as it was told last, at the breakpoints of now; undefined: none depends on them. */
  readonly atThese?: (previous: PublishedTier, breakpoints: Breakpoints | null) => string | null;
}

const TELLERS: readonly Teller[] = [
  {
    signal: 'value-tier',
    label: 'valueTier',
    unclassified: 'no value tier',
    nameOf: ({ valueTier }) => (valueTier === null ? null : capitalised(valueTier)),
    figureOf: ({ ltvMinor }) => ltvMinor,
    atThese: ({ figures: { ltvMinor } }, breakpoints) =>
      valueTierOf({ crmTier: null, ltvMinor }, breakpoints).value,
  },
  {
    signal: 'revenue-tier',
    label: 'revenueTier',
    unclassified: 'no revenue tier',
    nameOf: ({ revenueTier }) => revenueTier,
    figureOf: ({ predictedRevenueMinor }) => predictedRevenueMinor,
    atThese: ({ figures: { predictedRevenueMinor } }, breakpoints) =>
      revenueTierOf(predictedRevenueMinor, breakpoints).value,
  },
  {
    signal: 'size-band',
    label: 'sizeBand',
    unclassified: 'no company size',
    nameOf: ({ sizeBand }) => (sizeBand === null ? null : `size ${capitalised(sizeBand)}`),
    figureOf: () => null,
  },
  {
    signal: 'engagement-model',
    label: 'engagementModel',
    unclassified: 'no engagement model',
    nameOf: ({ engagementModel }) =>
      engagementModel === null ? null : ENGAGEMENT_MODELS[engagementModel].name,
    figureOf: () => null,
  },
];

/**
 * What changed and why, class by class; at first, all classes. A class that moved because other breakpoints hold says
 * so. The strategic flag and the priority follow from the engagement model, the segment from the value tier.
 */
export function reasonsOfTier(
  previous: PublishedTier | null,
  now: Tier,
  { breakpoints, currency }: TierContext,
): readonly Reason[] {
  const classes = TELLERS.flatMap((teller) => classReason(teller, { previous, now, breakpoints }));
  return [...classes, ...silenceReasons(previous, now), ...figureReasons(previous, now, currency)];
}

function classReason(teller: Teller, told: Told): readonly Reason[] {
  const { previous, now } = told;
  const { signal, label, nameOf, figureOf, unclassified } = teller;
  const isSame = previous !== null && previous.labels[label] === now.labels[label];
  const isOtherSource = label === 'valueTier' && previous?.labels.tierSource !== now.labels.tierSource;
  if (isSame && !isOtherSource && !hasStrategicTurned(teller, told)) return [];
  const name = nameOf(now.labels) ?? unclassified;
  const was = previous === null ? null : nameOf(previous.labels);
  const before = previous === null || isSame ? '' : `, was ${was ?? 'unclassified'}`;
  const why = now.grounds[label].map(({ text }: Ground) => text).join(', ');
  return [
    {
      signal,
      contribution: 0,
      before: previous === null ? null : figureOf(previous.figures),
      after: figureOf(now.figures),
      text: `${name}${before}: ${why}${becauseOf(teller, told)}`,
    },
  ];
}

/** Without a model the flag may still turn between "no" and "not known". */
function hasStrategicTurned({ label }: Teller, { previous, now }: Told): boolean {
  return label === 'engagementModel' && previous?.labels.strategic !== now.labels.strategic;
}

/** Other breakpoints moved it where the figure told last has another class at them than it had; the CRM has none. */
function becauseOf({ label, figureOf, atThese }: Teller, { previous, now, breakpoints }: Told): string {
  if (atThese === undefined || previous === null || breakpoints === null) return '';
  if (previous.labels[label] === now.labels[label] || figureOf(previous.figures) === null) return '';
  const isByCrm = previous.labels.tierSource === 'crm' || now.labels.tierSource === 'crm';
  if (label === 'valueTier' && isByCrm) return '';
  if (atThese(previous, breakpoints) === previous.labels[label]) return '';
  return `, because the breakpoints of ${formatDay(breakpoints.day)} hold now`;
}

const SPOILT_NAMES: { readonly [S in SpoiltInput]: string } = {
  health: 'health',
  churn: 'churn risk',
  'predicted-revenue': 'predicted revenue',
  'lifetime-value': 'lifetime value',
  complexity: 'complexity',
  profile: 'the profile',
};

function silenceReasons(previous: PublishedTier | null, now: Tier): readonly Reason[] {
  const told = (signal: SpoiltInput, text: string): Reason => ({
    signal: `silent:${signal}`,
    contribution: 0,
    before: null,
    after: null,
    text,
  });
  const known = previous?.spoilt ?? [];
  return [
    ...now.spoilt
      .filter((input) => !known.includes(input))
      .map((input) =>
        told(input, `${SPOILT_NAMES[input]} misses a feed that is silent: classes stay as they were`),
      ),
    ...known
      .filter((input) => !now.spoilt.includes(input))
      .map((input) => told(input, `${SPOILT_NAMES[input]} is complete again`)),
  ];
}

/** Told where no class changed: the figures are what is new. */
function figureReasons(previous: PublishedTier | null, now: Tier, currency: string): readonly Reason[] {
  if (previous === null) return [];
  const money = (valueMinor: number | null) =>
    valueMinor === null ? 'not known' : formatMinor(valueMinor, currency);
  const share = (millionths: number | null) =>
    millionths === null ? 'not known' : `${(millionths / 10_000).toFixed(4)} % of the portfolio`;
  const figures: readonly (readonly [keyof TierFigures, string, string])[] = [
    ['ltvMinor', 'lifetime-value', `lifetime value ${money(now.figures.ltvMinor)}`],
    ['contributionMillionths', 'contribution', `contribution ${share(now.figures.contributionMillionths)}`],
    [
      'predictedRevenueMinor',
      'predicted-revenue',
      `predicted revenue ${money(now.figures.predictedRevenueMinor)}`,
    ],
  ];
  return figures.flatMap(([name, signal, text]): readonly Reason[] => {
    const [before, after] = [previous.figures[name], now.figures[name]];
    return before === after ? [] : [{ signal, contribution: 0, before, after, text }];
  });
}
