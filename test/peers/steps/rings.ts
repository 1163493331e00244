export const RING_DAYS = 90;
export const RING_MONTHS = 13;
export const RING_IDS = 64;
export const SEVERITIES = 4;
/** No customer has more. */
export const MOST_AGREEMENTS = 8;

/** Where an agreement's terms stand among its numbers; times are epoch ms. */
export const TERMS = { id: 0, type: 1, valueCents: 2, atMs: 3, startMs: 4, endMs: 5 };
export const TERMS_SIZE = 6;

/**
 * What is counted by day and month of a customer, and its last event ids: day, month and event go round in each. Beside
 * them the terms of its agreements, one after the other.
 */
export interface Rings {
  /** Ids as numbers, -1 where there is none yet. */
  readonly ids: Float64Array;
  readonly centsByMonth: Float64Array;
  readonly activityByDay: Int32Array;
  readonly paymentsByMonth: Int32Array;
  /** The days of severity 1, then those of severity 2 ... */
  readonly ticketsByDay: Uint16Array;
  readonly agreements: Float64Array;
}

const IDS_AT = 0;
const CENTS_AT = IDS_AT + RING_IDS * 8;
const ACTIVITY_AT = CENTS_AT + RING_MONTHS * 8;
const PAYMENTS_AT = ACTIVITY_AT + RING_DAYS * 4;
const TICKETS_AT = PAYMENTS_AT + RING_MONTHS * 4;
/** The last part, as long as there are agreements; numbers of 8 bytes begin at a multiple of 8. */
const AGREEMENTS_AT = Math.ceil((TICKETS_AT + SEVERITIES * RING_DAYS * 2) / 8) * 8;
const AGREEMENT_BYTES = TERMS_SIZE * 8;

/**
 * A state is a shared value that nobody may change, so it keeps its rings as text, which nobody can. A step unpacks
 * them on this one desk, works there and packs them again; the desk is never handed from one step to another. That
 * costs a microsecond an event, less than new typed arrays would.
 */
const desk = Buffer.alloc(AGREEMENTS_AT + MOST_AGREEMENTS * AGREEMENT_BYTES);
const { buffer, byteOffset } = desk;
const rings: Rings = {
  ids: new Float64Array(buffer, byteOffset + IDS_AT, RING_IDS),
  centsByMonth: new Float64Array(buffer, byteOffset + CENTS_AT, RING_MONTHS),
  activityByDay: new Int32Array(buffer, byteOffset + ACTIVITY_AT, RING_DAYS),
  paymentsByMonth: new Int32Array(buffer, byteOffset + PAYMENTS_AT, RING_MONTHS),
  ticketsByDay: new Uint16Array(buffer, byteOffset + TICKETS_AT, SEVERITIES * RING_DAYS),
  agreements: new Float64Array(buffer, byteOffset + AGREEMENTS_AT, MOST_AGREEMENTS * TERMS_SIZE),
};

/** The rings that were packed, or empty ones; valid until this is called again. */
export function unpackRings(packed: string | undefined): Rings {
  if (packed === undefined) {
    desk.fill(0);
    rings.ids.fill(-1);
  } else desk.write(packed, 'base64');
  return rings;
}

/** What is on the desk, as text; of the agreements the first `agreementCount`. */
export function packRings(agreementCount: number): string {
  return desk.toString('base64', 0, AGREEMENTS_AT + agreementCount * AGREEMENT_BYTES);
}
