import type { CustomerEventsRecord, FeedStatuses, TenantSettings } from '@bellwether/events';
import type { PortfolioFindings } from '../census/count-portfolio.ts';
import { type ModelChoice, modelsOf } from '../models/model-choice.ts';
import {
  isSamePack,
  packAt,
  SHIPPED_MODELS,
  type SizedPack,
  type TenantModels,
  withPromoted,
} from '../models/tenant-models.ts';
import { SIZE_BANDS } from '../tier/size-band.ts';
import { type ContextItem, type ContextVersions, NO_CONTEXT_VERSIONS } from './context-items.ts';

/**
 * What scoring knows of a tenant besides its customers: the head document of each partition, a fold of the control
 * records alone. Every partition receives the same control records in the same order.
 */
export interface TenantContext {
  /** Present day; null before the first `day` record. */
  readonly day: number | null;
  readonly dayStartsAt: number;
  readonly settings: TenantSettings;
  readonly settingsVersion: number;
  readonly feeds: FeedStatuses;
  readonly feedsVersion: number;
  /** What customers are compared with; null before the first census. */
  readonly findings: PortfolioFindings | null;
  readonly censusVersion: number;
  /** By which health is scored. */
  readonly models: TenantModels;
  readonly modelsVersion: number;
  /** Counts what scores depend on; a document decided under an older one is due. */
  readonly contextVersion: number;
  readonly itemVersions: ContextVersions;
}

const DEFAULT_SETTINGS: TenantSettings = {
  currency: 'USD',
  timeZone: 'UTC',
  synthetic: false,
  clock: 'live',
};

/** A tenant of whom no control record has come. */
export function initialTenantContext(): TenantContext {
  return {
    day: null,
    dayStartsAt: 0,
    settings: DEFAULT_SETTINGS,
    settingsVersion: 0,
    feeds: {},
    feedsVersion: 0,
    findings: null,
    censusVersion: 0,
    models: SHIPPED_MODELS,
    modelsVersion: 0,
    contextVersion: 0,
    itemVersions: NO_CONTEXT_VERSIONS,
  };
}

/** Older or equal control records change nothing, so a second writer does no harm. */
export function evolveTenantContext(context: TenantContext, record: CustomerEventsRecord): TenantContext {
  switch (record.kind) {
    case 'day':
      if (context.day !== null && record.day <= context.day) return context;
      return {
        ...context,
        // Events that came before the first day were decided on days of their own: they are due on this one.
        ...(context.day === null ? newer(context, ['all']) : {}),
        day: record.day,
        dayStartsAt: record.startsAt,
      };
    case 'context':
      return evolveItem(context, record);
    default:
      return context;
  }
}

function evolveItem(
  context: TenantContext,
  record: Extract<CustomerEventsRecord, { kind: 'context' }>,
): TenantContext {
  switch (record.item) {
    case 'settings':
      if (record.version <= context.settingsVersion) return context;
      return { ...context, settings: record.value, settingsVersion: record.version };
    case 'feeds':
      if (record.version <= context.feedsVersion) return context;
      return {
        ...context,
        ...newer(context, ['feeds']),
        feeds: record.value,
        feedsVersion: record.version,
      };
    case 'census':
      if (record.version <= context.censusVersion) return context;
      return foldCensus(context, record.version, JSON.parse(record.value.findings) as PortfolioFindings);
    case 'models':
      if (record.version <= context.modelsVersion) return context;
      return foldModels(context, record.version, modelsOf(JSON.parse(record.value.choice) as ModelChoice));
  }
}

/** What is only tried is no news for the scores that follow from the models that count (N13). */
function foldModels(context: TenantContext, modelsVersion: number, models: TenantModels): TenantContext {
  const items: readonly ContextItem[] = isCountingSame(context.models, models)
    ? ['shadows']
    : ['models', 'shadows'];
  return { ...context, ...newer(context, items), models, modelsVersion };
}

/** The same packs count for the same customers, whatever is tried beside them. */
function isCountingSame(one: TenantModels, other: TenantModels): boolean {
  return [null, ...SIZE_BANDS].every((place) => {
    const [before, now] = [packAt(one, place), packAt(other, place)];
    return now === undefined ? before === undefined : isSamePack(before, now);
  });
}

/** Ranks are counted anew with each census, models are fitted anew with some: the others carry them on as they are. */
function foldCensus(
  context: TenantContext,
  censusVersion: number,
  findings: PortfolioFindings,
): TenantContext {
  const isRefitted = findings.predictive.fittedDay !== context.findings?.predictive.fittedDay;
  const items: readonly ContextItem[] = isRefitted ? ['breakpoints', 'predictive'] : ['breakpoints'];
  return { ...context, ...newer(context, items), findings, censusVersion };
}

/** The context of a tenant that has promoted a pack. */
export function withPromotedModel(context: TenantContext, promoted: SizedPack): TenantContext {
  return {
    ...context,
    ...newer(context, ['models', 'shadows']),
    models: withPromoted(context.models, promoted),
  };
}

function newer(
  { contextVersion: before, itemVersions }: TenantContext,
  items: readonly (ContextItem | 'all')[],
): Pick<TenantContext, 'contextVersion' | 'itemVersions'> {
  const contextVersion = before + 1;
  const told = Object.fromEntries(items.map((item) => [item, contextVersion]));
  return { contextVersion, itemVersions: { ...itemVersions, ...told } };
}
