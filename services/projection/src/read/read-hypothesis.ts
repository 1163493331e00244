import { isMembershipEvent, type ModelPack, type RetrospectRecord } from '@bellwether/domain';
import {
  acceptEvent,
  type CustomerEvent,
  type ExchangeRates,
  type Fault,
  MAX_EVENT_BYTES,
  shown,
} from '@bellwether/events';
import { checkPack, overridePack, type PackResult } from '@bellwether/model-packs';
import { invalidRequest, ProblemError } from '../api/problem.ts';
import type { Hypothesis } from '../api/what-if-schemas.ts';
import { localDay } from './local-day.ts';
import { isEvent } from './read-customer-log.ts';
import type { TenantView } from './tenant-view.ts';

/** A hypothesis that can be followed. */
export interface CheckedHypothesis {
  readonly model: ModelPack | undefined;
  readonly events: readonly CustomerEvent[];
  /** Ids of events of the customer. */
  readonly without: readonly string[];
}

interface Known {
  readonly view: TenantView;
  readonly customerId: string;
  /** All records that scoring saw of the customer. */
  readonly log: readonly RetrospectRecord[];
  /** By which health is scored now. */
  readonly live: ModelPack;
  /** Epoch ms. */
  readonly now: number;
  readonly rates: ExchangeRates | null;
}

/**
 * Checks a hypothesis by the gates that the real thing would pass: a pack as a file of its own, events as ingest does.
 * @throws ProblemError 400 with the faults of all its parts, 409 while the tenant's history is being loaded
 */
export function checkHypothesis(given: Hypothesis, known: Known): CheckedHypothesis {
  if (known.view.settings.clock === 'importing') {
    const detail = `History is being loaded into tenant ${known.view.tenant}; ask again when that is done.`;
    throw new ProblemError(409, 'tenant-importing', { detail });
  }
  const { events: inputs = [], without = [] } = given;
  const faults: Fault[] = [];
  if (given.model === undefined && inputs.length === 0 && without.length === 0) {
    faults.push({ path: '/', expected: 'a model, events, or without', got: 'none of them' });
  }
  const model = given.model === undefined ? undefined : modelOf(given.model, known.live);
  if (model?.ok === false) faults.push(...model.faults.map((fault) => at('/model', fault)));
  const events: CustomerEvent[] = [];
  for (const [index, input] of inputs.entries()) {
    const judged = judge(input, known);
    if ('faults' in judged) faults.push(...judged.faults.map((fault) => at(`/events/${index}`, fault)));
    else events.push(judged);
  }
  faults.push(...unknownEvents(without, known));
  if (faults.length > 0) throw invalidRequest(faults);
  return { model: model?.ok ? model.pack : undefined, events, without };
}

function modelOf({ pack, weights, bands }: NonNullable<Hypothesis['model']>, live: ModelPack): PackResult {
  const isOverridden = weights !== undefined || bands !== undefined;
  if ((pack !== undefined) === isOverridden) {
    const got = isOverridden ? 'both' : 'neither';
    return { ok: false, faults: [{ path: '/', expected: 'either pack, or weights and bands', got }] };
  }
  if (pack !== undefined) return checkPack(pack);
  return overridePack(live, { ...(weights && { weights }), ...(bands && { bands }) });
}

function judge(
  input: unknown,
  { view, customerId, now, rates }: Known,
): CustomerEvent | { readonly faults: readonly Fault[] } {
  const { tenant, settings, day } = view;
  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes > MAX_EVENT_BYTES) {
    return { faults: [{ path: '/', expected: `at most ${MAX_EVENT_BYTES} bytes`, got: shown(bytes) }] };
  }
  const judged = acceptEvent(input, {
    tenant,
    settings,
    calendar: { dayOf: (timeZone, timeMs) => localDay(timeMs, timeZone) },
    receivedAt: now,
    historical: false,
    frozenDay: settings.clock === 'frozen' ? day : null,
    rates,
  });
  if (!judged.ok) return judged;
  if (isMembershipEvent(judged.event)) {
    const expected = 'an event that moves one customer alone: what a merge comes to is not supposed';
    return { faults: [{ path: '/type', expected, got: shown(judged.event.type) }] };
  }
  if (judged.event.customerId === customerId) return judged.event;
  const got = shown(judged.event.customerId);
  return { faults: [{ path: '/subject', expected: `${customerId}, who is asked about`, got }] };
}

function unknownEvents(without: readonly string[], { customerId, log }: Known): Fault[] {
  const known = new Set(log.filter(isEvent).map(({ id }) => id));
  const faults = without.flatMap((id, index) => {
    if (known.has(id)) return [];
    return [{ path: `/without/${index}`, expected: `an event of ${customerId}`, got: shown(id) }];
  });
  const isAnyLeft = [...known].some((id) => !without.includes(id));
  if (faults.length > 0 || isAnyLeft) return faults;
  return [{ path: '/without', expected: 'at least one event that is left', got: 'all of them' }];
}

function at(place: string, { path, ...fault }: Fault): Fault {
  if (path === '/') return { path: place, ...fault };
  return { path: path.startsWith('/') ? `${place}${path}` : `${place}/${path}`, ...fault };
}
