import Type from 'typebox';
import type { Census } from '../census.ts';
import type {
  ContextRecord,
  DayRecord,
  FeedStatus,
  FeedStatuses,
  MinuteRecord,
  ReviewRecord,
  TenantSettings,
} from '../customer-events.ts';
import { Currency, EpochDay, EpochMs, Id, Slot } from '../ids.ts';
import type { ToldModels } from '../models.ts';
import { describes, taggedBeside } from './shapes.ts';

const Version = Type.Integer({ description: 'only ever grows' });

export const DAY_SCHEMA = describes<DayRecord>()(
  Type.Object(
    {
      kind: Type.Literal('day'),
      tenant: Id,
      day: EpochDay,
      startsAt: EpochMs,
      slotFrom: Slot,
      slotTo: Slot,
      receivedAt: EpochMs,
      historical: Type.Boolean(),
      isCounted: Type.Optional(Type.Boolean({ description: 'the portfolio is counted as the day begins' })),
    },
    { title: 'Day', description: "A day has begun in the tenant's time zone." },
  ),
);

export const REVIEW_SCHEMA = describes<ReviewRecord>()(
  Type.Object(
    {
      kind: Type.Literal('review'),
      tenant: Id,
      version: Version,
      slotFrom: Slot,
      slotTo: Slot,
      receivedAt: EpochMs,
      isCounted: Type.Optional(Type.Boolean({ description: 'the portfolio is counted as it stands now' })),
    },
    { title: 'Review', description: 'Something must not wait for the next day.' },
  ),
);

export const MINUTE_SCHEMA = describes<MinuteRecord>()(
  Type.Object(
    { kind: Type.Literal('minute'), asOf: EpochMs },
    { title: 'Minute', description: 'Wall-clock progress.' },
  ),
);

export const SETTINGS_SCHEMA = describes<TenantSettings>()(
  Type.Object(
    {
      currency: Currency,
      timeZone: Type.String({ description: 'IANA time zone' }),
      synthetic: Type.Boolean({ description: 'generated data' }),
      clock: Type.Enum(['live', 'importing', 'frozen']),
    },
    { title: 'TenantSettings' },
  ),
);

const FEED_STATUS_SCHEMA = describes<FeedStatus>()(
  Type.Object(
    {
      status: Type.Enum(['fresh', 'stale']),
      lastDay: EpochDay,
      missingSince: Type.Optional(EpochMs),
    },
    { title: 'FeedStatus' },
  ),
);
/** By feed; one that is not named has never delivered anything. */
export const FEED_STATUSES_SCHEMA = Type.Unsafe<FeedStatuses>(Type.Record(Type.String(), FEED_STATUS_SCHEMA));

/** What a portfolio came to as a day began. */
export const CENSUS_SCHEMA = describes<Census>()(
  Type.Object(
    { day: EpochDay, findings: Type.String({ description: 'JSON, for the rules of scoring alone' }) },
    { title: 'Census' },
  ),
);

/** By which models a tenant's customers are scored, and which are tried. */
const MODELS_SCHEMA = describes<ToldModels>()(
  Type.Object(
    { choice: Type.String({ description: 'JSON, for the rules of scoring alone' }) },
    { title: 'Models' },
  ),
);

export const CONTEXT_SCHEMA = Type.Unsafe<ContextRecord>(
  Type.Object(
    {
      kind: Type.Literal('context'),
      tenant: Id,
      item: Type.Enum(['settings', 'feeds', 'census', 'models']),
      version: Version,
      receivedAt: EpochMs,
      value: taggedBeside<ContextRecord['value']>('ContextValue', 'item', {
        settings: { settings: SETTINGS_SCHEMA },
        feeds: { feeds: FEED_STATUSES_SCHEMA },
        census: { census: CENSUS_SCHEMA },
        models: { models: MODELS_SCHEMA },
      }),
    },
    { title: 'Context', description: 'What holds for a whole tenant.' },
  ),
);
