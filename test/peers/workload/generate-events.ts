import { pythonRandom } from './python-random.ts';

/** One record of the input as it stands on the topic. */
export interface GeneratedEvent {
  /** The customer's id. */
  readonly key: string;
  /** 300 characters of JSON, all ASCII. */
  readonly text: string;
}

const EVENTS = 300_000;
const SEED = 42;
const CUSTOMERS = 20_000;
const DAY_MS = 86_400_000;
/** 2025-01-01T00:00:00Z. */
const FIRST_MS = 1_735_689_600_000;
const SPAN_MS = 120 * DAY_MS;
const RECORD_CHARACTERS = 300;
const FEATURES = ['search', 'export', 'dashboard', 'api', 'reports', 'alerts', 'billing', 'share'];
const AGREEMENT_TYPES = ['MSA', 'SOW', 'service'];
const MOST_AGREEMENTS = 8;

interface Agreement {
  readonly id: string;
  readonly type: string;
  readonly startAt: number;
  endAt: number;
}
interface Repeat extends GeneratedEvent {
  readonly position: number;
}
interface Source {
  readonly chance: () => number;
  readonly agreements: Map<number, Agreement[]>;
}

/**
 * The first `count` records of the workload, one after the other: always the same, duplicates included. The order of
 * the draws is that of the published generator, so that records and figures are the same to the byte.
 */
export function* generateEvents(count = EVENTS): Generator<GeneratedEvent> {
  const chance = pythonRandom(SEED);
  const source: Source = { chance, agreements: new Map() };
  const shares = cumulativeShares();
  const total = shares.at(-1) ?? 0;
  const repeats: Repeat[] = [];
  for (let position = 0; position < count; position += 1) {
    if (repeats[0] && repeats[0].position <= position) {
      const repeat = repeats.shift();
      if (repeat) yield { key: repeat.key, text: repeat.text };
      continue;
    }
    const customer = firstNotBelow(shares, chance() * total) + 1;
    const event = drawEvent(source, customer, position);
    yield event;
    if (chance() < 0.0204) {
      insertSorted(repeats, { ...event, position: position + 1 + Math.trunc(chance() * 50) });
    }
  }
}

function drawEvent(source: Source, customer: number, position: number): GeneratedEvent {
  const { chance } = source;
  const key = `c${String(customer).padStart(5, '0')}`;
  let ts = FIRST_MS + Math.floor((position * SPAN_MS) / EVENTS);
  if (chance() < 0.03) ts = Math.max(FIRST_MS, ts - Math.trunc(chance() * 600_000));
  const eventId = `e${hex((BigInt(position + 1) * 0x9e3779b97f4bn) & 0xffffffffffffn, 12)}`;
  const event = {
    eventId,
    customerId: key,
    ts,
    ...drawKind(source, { customer, position, ts }),
    source: 'crm',
    trace: hex(BigInt(Math.trunc(chance() * 2 ** 60)), 16),
  };
  const text = JSON.stringify(event);
  const pad = 'x'.repeat(Math.max(0, RECORD_CHARACTERS - text.length - 9));
  return { key, text: `${text.slice(0, -1)},"pad":"${pad}"}` };
}

interface Drawing {
  readonly customer: number;
  readonly position: number;
  readonly ts: number;
}

function drawKind(source: Source, drawing: Drawing): object {
  const { chance } = source;
  const upTo = (count: number): number => Math.trunc(chance() * count);
  const reference = hex(BigInt(drawing.position), 8);
  const kind = chance();
  if (kind < 0.7) {
    const type = chance() < 0.4 ? 'login' : 'feature_used';
    return { kind: 'activity', type, feature: FEATURES[upTo(8)], count: 1 + upTo(20) };
  }
  if (kind < 0.85) {
    const amountCents = 500 + upTo(200_000);
    return { kind: 'payment', type: 'invoice_paid', invoiceId: `i${reference}`, amountCents };
  }
  if (kind < 0.9)
    return { kind: 'support', type: 'ticket', ticketId: `t${reference}`, severity: 1 + upTo(4) };
  if (kind < 0.95) return { kind: 'survey', type: 'nps', score: upTo(11) };
  const { type, agreement } = drawAgreement(source, drawing);
  return {
    kind: 'agreement',
    type,
    agreementId: agreement.id,
    agreementType: agreement.type,
    valueCents: 10_000 + upTo(5_000_000),
    startAt: agreement.startAt,
    endAt: agreement.endAt,
  };
}

function drawAgreement({ chance, agreements }: Source, { customer, ts }: Drawing) {
  let own = agreements.get(customer);
  if (!own) {
    own = [];
    agreements.set(customer, own);
  }
  if (own.length === 0 || (own.length < MOST_AGREEMENTS && chance() < 0.3)) {
    const agreement = {
      id: `a${hex(BigInt(customer * MOST_AGREEMENTS + own.length), 8)}`,
      type: AGREEMENT_TYPES[Math.trunc(chance() * 3)] ?? '',
      startAt: ts,
      endAt: ts + (30 + Math.trunc(chance() * 335)) * DAY_MS,
    };
    own.push(agreement);
    return { type: 'created', agreement };
  }
  const agreement = own[Math.trunc(chance() * own.length)];
  if (!agreement) throw new RangeError('A draw lies outside of the list.');
  if (chance() < 0.6) return { type: 'amended', agreement };
  agreement.endAt += 365 * DAY_MS;
  return { type: 'renewed', agreement };
}

/** Zipf's law with s = 1: how much the customers up to each one have together. */
function cumulativeShares(): Float64Array {
  const shares = new Float64Array(CUSTOMERS);
  let sum = 0;
  for (let customer = 1; customer <= CUSTOMERS; customer += 1) {
    sum += 1 / customer;
    shares[customer - 1] = sum;
  }
  return shares;
}

function firstNotBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ordered by position, key and text, as tuples are compared. */
function insertSorted(repeats: Repeat[], repeat: Repeat): void {
  const isAfter = (other: Repeat): boolean => {
    if (other.position !== repeat.position) return other.position > repeat.position;
    return other.key === repeat.key ? other.text > repeat.text : other.key > repeat.key;
  };
  const at = repeats.findIndex(isAfter);
  repeats.splice(at < 0 ? repeats.length : at, 0, repeat);
}

function hex(value: bigint, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
