import { type ContextRecord, type CustomerEvent, DAY_MS, type DayRecord } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { day, given } from '../customer/test-support.ts';
import { ltvValueOf } from '../ltv/decide-ltv.ts';
import { recordsAsKnown } from './records-as-known.ts';
import { Retrospect, type RetrospectRecord } from './retrospect.ts';

const noon = (date: string) => day(date) * DAY_MS + DAY_MS / 2;

function dayMark(date: string): DayRecord {
  const startsAt = day(date) * DAY_MS;
  const slots = { slotFrom: 0, slotTo: 1023 };
  return {
    kind: 'day',
    tenant: 'acme',
    day: day(date),
    startsAt,
    ...slots,
    receivedAt: startsAt,
    historical: false,
  };
}
function feeds(version: number, receivedOn: string): ContextRecord {
  const receivedAt = day(receivedOn) * DAY_MS;
  return { kind: 'context', tenant: 'acme', item: 'feeds', version, receivedAt, value: {} };
}
const signed = given('agreement.created', '2024-01-10', {
  id: 'signed',
  data: { agreementId: 'A', agreementType: 'MSA', valueMinor: 100_000 },
});
/** Agreed on the 12th, sent on the 20th. */
const amended = given('agreement.amended', '2024-01-12', {
  id: 'amended',
  receivedAt: noon('2024-01-20'),
  data: { agreementId: 'A', deltaMinor: 20_000 },
});
const paid = given('payment.paid', '2024-01-14', { id: 'paid', data: { amountMinor: 5 } });

const LOG: readonly RetrospectRecord[] = [
  feeds(1, '2024-01-10'),
  ...['2024-01-10'].map(dayMark),
  signed,
  ...['2024-01-11', '2024-01-12', '2024-01-13', '2024-01-14'].map(dayMark),
  paid,
  feeds(2, '2024-01-15'),
  ...['2024-01-15', '2024-01-20'].map(dayMark),
  amended,
  dayMark('2024-01-21'),
];

function namesOf(records: readonly RetrospectRecord[]): readonly string[] {
  return records.map((record) => {
    if (record.kind === 'event') return record.id;
    return record.kind === 'day' ? `day ${record.day - day('2024-01-01') + 1}` : record.kind;
  });
}
const ask = (asOf: string, knownAt: string) =>
  recordsAsKnown(LOG, { asOf: noon(asOf), knownAt: noon(knownAt) });

function valueMinor(asOf: string, knownAt: string): number | null {
  const retrospect = new Retrospect();
  for (const record of ask(asOf, knownAt).records) retrospect.take(record);
  const ltv = retrospect.state?.published.ltv ?? null;
  return ltv === null ? null : ltvValueOf(ltv);
}

describe('the records for a score at an instant, as known at another (N4)', () => {
  it('are those that had been received and belong to the instant or before, in the order of the log', () => {
    const { records, lateEvents } = ask('2024-01-12', '2024-01-12');
    expect(namesOf(records)).toEqual(['context', 'day 10', 'signed', 'day 11', 'day 12']);
    expect(lateEvents).toEqual([]);
  });

  it('have what came when the day was over at its own time, and name it', () => {
    const { records, lateEvents } = ask('2024-01-14', '2024-01-21');
    expect(namesOf(records)).toEqual([
      ...['context', 'day 10', 'signed', 'day 11', 'day 12', 'amended', 'day 13', 'day 14', 'paid'],
    ]);
    expect(lateEvents).toEqual(['amended']);
  });

  it('leave what came late where it came once that day is reached: so it was published', () => {
    const { records, lateEvents } = ask('2024-01-20', '2024-01-20');
    expect(namesOf(records).slice(-3)).toEqual(['day 15', 'day 20', 'amended']);
    expect(lateEvents).toEqual([]);
  });

  it('have a context from the day on that stands behind it', () => {
    expect(namesOf(ask('2024-01-14', '2024-01-21').records)).not.toContain('day 15');
    expect(
      namesOf(ask('2024-01-14', '2024-01-21').records).filter((name) => name === 'context'),
    ).toHaveLength(1);
    expect(namesOf(ask('2024-01-15', '2024-01-15').records).slice(-2)).toEqual(['context', 'day 15']);
  });

  it('keep the order of arrival of events of one instant', () => {
    const twins = ['first', 'second'].map(
      (id): CustomerEvent => ({ ...amended, id, receivedAt: noon('2024-01-20') }),
    );
    const log = [dayMark('2024-01-10'), signed, dayMark('2024-01-20'), ...twins];
    const { lateEvents } = recordsAsKnown(log, { asOf: noon('2024-01-13'), knownAt: noon('2024-01-21') });
    expect(lateEvents).toEqual(['first', 'second']);
  });
});

describe('a value of 1,000.00, raised by 200.00 on the 12th, of which one heard on the 20th', () => {
  it('is 1,000.00 on the 15th as known then, and 1,200.00 as known a week later', () => {
    expect(valueMinor('2024-01-15', '2024-01-15')).toBe(100_005);
    expect(valueMinor('2024-01-15', '2024-01-21')).toBe(120_005);
  });

  it('is 1,000.00 on the 11th whatever is known: the raise belongs to the 12th', () => {
    expect(valueMinor('2024-01-11', '2024-01-21')).toBe(100_000);
  });

  it('is nothing at all before the first event, and while nothing had been received', () => {
    expect(valueMinor('2024-01-09', '2024-01-21')).toBeNull();
    expect(valueMinor('2024-01-15', '2024-01-09')).toBeNull();
  });
});
