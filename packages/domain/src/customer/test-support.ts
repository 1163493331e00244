import { type CustomerEventOf, DAY_MS, type EventData, type EventType, parseDate } from '@bellwether/events';
import type { AgreementEvent, AgreementType, AmendmentKind } from '../agreements/agreement-state.ts';
import { CONTEXT_ITEMS, type ContextVersions, NO_CONTEXT_VERSIONS } from '../context/context-items.ts';
import { SHIPPED_MODELS } from '../models/tenant-models.ts';
import type { DecisionContext } from './decide-input.ts';

/** For tests only: events and contexts of an imaginary customer, in days rather than milliseconds. */

type Stamp = Partial<
  Pick<
    CustomerEventOf<EventType>,
    'id' | 'source' | 'time' | 'receivedAt' | 'sequence' | 'customerId' | 'historical'
  >
>;

let serial = 0;

/** Epoch day of a date that exists. */
export function day(date: string): number {
  const parsed = parseDate(date);
  if (parsed === undefined) throw new RangeError(`${date} is no date`);
  return parsed;
}

/** An event at noon of a day (epoch day or date), received at once, with an id of its own unless one is given. */
export function given<T extends EventType>(
  type: T,
  on: number | string,
  { data, ...stamp }: Stamp & { data: EventData<T> },
): CustomerEventOf<T> {
  const epochDay = typeof on === 'string' ? day(on) : on;
  serial += 1;
  return {
    kind: 'event',
    tenant: 'acme',
    customerId: 'c-1',
    id: `e-${serial}`,
    source: 'crm',
    type,
    time: epochDay * DAY_MS + DAY_MS / 2,
    day: epochDay,
    receivedAt: epochDay * DAY_MS + DAY_MS / 2,
    historical: false,
    data,
    ...stamp,
  };
}

/** As if all items had come with one version. */
export function versionsAt(version: number): ContextVersions {
  const items = Object.fromEntries(CONTEXT_ITEMS.map((item) => [item, version]));
  return { ...NO_CONTEXT_VERSIONS, ...items, all: version };
}

/** A tenant in dollars whose present day is the one given; its models are those that it began with. */
export function contextOn(on: number | string, overrides: Partial<DecisionContext> = {}): DecisionContext {
  const epochDay = typeof on === 'string' ? day(on) : on;
  const { contextVersion = 1 } = overrides;
  return {
    day: epochDay,
    startsAt: epochDay * DAY_MS,
    settings: { currency: 'USD', timeZone: 'UTC', synthetic: false, clock: 'live' },
    feeds: {},
    findings: null,
    models: SHIPPED_MODELS,
    contextVersion,
    itemVersions: { ...versionsAt(contextVersion), models: Math.min(contextVersion, 1) },
    ...overrides,
  };
}

export type AgreementFacts = Omit<EventData<'agreement.created'>, 'agreementType' | 'agreementId'> & {
  readonly agreementId?: string;
  readonly agreementType?: AgreementType;
};

/** An event of an agreement, `A` unless another is named. */
export function givenAgreement(
  kind: AmendmentKind,
  on: number | string,
  { stamp = {}, ...facts }: AgreementFacts & { stamp?: Stamp } = {},
): AgreementEvent {
  const data = { agreementId: 'A', ...facts } as EventData<'agreement.created'>;
  return given(`agreement.${kind}`, on, { ...stamp, data }) as AgreementEvent;
}
