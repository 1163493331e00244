import type { TSchema } from 'typebox';
import type { TopicName } from '../topics.ts';
import { CENSUS_RECORD_SCHEMA } from './census-schema.ts';
import { ALERT_SCHEMA, CUSTOMER_CHANGES_SCHEMA, PORTFOLIO_CONTRIBUTION_SCHEMA } from './change-schemas.ts';
import { CUSTOMER_CURRENT_SCHEMA, SCORE_CHANGED_SCHEMA } from './current-schemas.ts';
import { CUSTOMER_EVENTS_SCHEMA } from './customer-event-schemas.ts';
import { MODEL_CHOICE_SCHEMA, SHADOW_SCORES_SCHEMA } from './model-schemas.ts';
import { SOURCE_EVENT_SCHEMA } from './source-event-schema.ts';
import {
  ACCOUNTING_SCHEMA,
  CLOCK_SCHEMA,
  IMPORT_SCHEMA,
  QUARANTINE_SCHEMA,
  RECEIVED_EVENT_SCHEMA,
  REDRIVE_SCHEMA,
  RESYNC_REQUEST_SCHEMA,
} from './source-schemas.ts';
import { TRANSFER_SCHEMA } from './transfer-schema.ts';

/**
 * What the values of a topic look like: the one place that says which topic carries which schema. On the source topics
 * of other systems it is the schema that we offer; they may use their own.
 */
export const TOPIC_SCHEMAS = {
  'source-http': RECEIVED_EVENT_SCHEMA,
  'source-crm': SOURCE_EVENT_SCHEMA,
  'source-support': SOURCE_EVENT_SCHEMA,
  'source-product': SOURCE_EVENT_SCHEMA,
  'source-billing': SOURCE_EVENT_SCHEMA,
  'source-portfolio': SOURCE_EVENT_SCHEMA,
  'source-board': RECEIVED_EVENT_SCHEMA,
  'source-import': IMPORT_SCHEMA,
  'model-choices': MODEL_CHOICE_SCHEMA,
  clock: CLOCK_SCHEMA,
  'customer-events': CUSTOMER_EVENTS_SCHEMA,
  'customer-changes': CUSTOMER_CHANGES_SCHEMA,
  'customer-current': CUSTOMER_CURRENT_SCHEMA,
  'score-ltv-changed': SCORE_CHANGED_SCHEMA,
  'score-rfm-changed': SCORE_CHANGED_SCHEMA,
  'score-health-changed': SCORE_CHANGED_SCHEMA,
  'shadow-scores': SHADOW_SCORES_SCHEMA,
  'portfolio-contributions': PORTFOLIO_CONTRIBUTION_SCHEMA,
  'portfolio-findings': CENSUS_RECORD_SCHEMA,
  'customer-transfers': TRANSFER_SCHEMA,
  alerts: ALERT_SCHEMA,
  'ingest-quarantine': QUARANTINE_SCHEMA,
  'scoring-quarantine': QUARANTINE_SCHEMA,
  'ingest-redrives': REDRIVE_SCHEMA,
  'resync-requests': RESYNC_REQUEST_SCHEMA,
  'ingest-accounting': ACCOUNTING_SCHEMA,
  'scoring-accounting': ACCOUNTING_SCHEMA,
} as const satisfies Record<TopicName, TSchema>;
