import {
  type CustomerEvent,
  type CustomerEventOf,
  PORTFOLIO_CUSTOMER_ID,
  type SourceMessage,
  type SourceNoticeType,
} from '@bellwether/events';
import type { InputRecord, Output, StepResult } from '@bellwether/stream';
import type { ChangeMarker } from '../sources/change-marker.ts';
import type { Judgement } from '../sources/judge-message.ts';
import {
  type SequenceStep,
  type SequenceStream,
  type StreamPlace,
  takeNumber,
} from '../sources/sequence-stream.ts';
import { quarantineMessage } from './quarantine-message.ts';
import { type Origin, routeEvent } from './route-event.ts';

export type SourceOutput = 'events' | 'quarantine' | 'clock' | 'resync' | 'redrives' | 'accounting';

/**
 * What one message of another system leads to. A hole in its source's sequence is told before the event that shows it,
 * so that nothing is decided on what came after without knowing that something is missing; and ended after the last
 * event that was missing (N14).
 */
export function takeMessage(work: {
  readonly record: InputRecord<SourceMessage>;
  readonly judgement: Judgement;
  readonly state: SequenceStream | undefined;
  readonly origin: Origin;
}): StepResult<SequenceStream, SourceOutput> {
  const { record, judgement, state, origin } = work;
  switch (judgement.kind) {
    case 'failed':
      throw judgement.error;
    case 'refused': {
      const { sign, ...refusal } = judgement.refusal;
      const outputs = quarantineMessage(record, refusal);
      return { kind: 'quarantined', outputs, ...(sign === undefined ? {} : { sign }) };
    }
    case 'marker': {
      const { marker, gaps } = judgement;
      const outputs = gaps.flatMap((gap) => routeEvent(gap, { ...origin, wanted: wantedOf(marker, gap) }));
      return { kind: 'ok', state: undefined, outputs };
    }
    case 'accepted': {
      const { event, place, receivedDay } = judgement;
      if (place === undefined) return { kind: 'ok', state: undefined, outputs: routeEvent(event, origin) };
      const { time, receivedAt } = event;
      const step = takeNumber(state, place, { time, receivedAt });
      const outputs = follow({ event, place, step, receivedDay, position: positionOf(record) }, origin);
      return { kind: 'ok', state: step.stream, outputs };
    }
  }
}

/** The records that a source named; of an account that is the customer, that one alone. */
function wantedOf(
  { entityName, recordIds }: ChangeMarker,
  { customerId }: CustomerEvent,
): NonNullable<Origin['wanted']> {
  const named = recordIds.includes(customerId) ? [customerId] : recordIds;
  return {
    ...(entityName === '' ? {} : { entityName }),
    ...(named.length > 0 ? { recordIds: named } : {}),
  };
}

interface Followed {
  readonly event: CustomerEvent;
  readonly place: StreamPlace;
  readonly step: SequenceStep;
  readonly receivedDay: number;
  readonly position: string;
}

function positionOf({ topic, partition, offset }: InputRecord): string {
  return `${topic}:${partition}:${offset}`;
}

function follow(followed: Followed, origin: Origin): readonly Output<SourceOutput>[] {
  const { event, step } = followed;
  const outputs: Output<SourceOutput>[] = [];
  if (step.hole) {
    const wanted = { missingFrom: step.hole.from, missingTo: step.hole.to };
    outputs.push(...routeEvent(gapOf(followed, step.hole), { ...origin, wanted }));
  }
  outputs.push(...routeEvent(event, origin));
  if (step.filledThrough !== undefined) {
    outputs.push(...routeEvent(endOf(followed, step.filledThrough), origin));
  }
  return outputs;
}

function gapOf(followed: Followed, hole: NonNullable<SequenceStep['hole']>): CustomerEvent {
  const { from, to, since, at } = hole;
  const detail = from === to ? `number ${from} is missing` : `numbers ${from} to ${to} are missing`;
  const data = { cause: 'sequence-hole' as const, since: new Date(since).toISOString(), detail };
  return noticeOf(followed, { type: 'source.gap-detected', id: `gap:${from}`, time: at, data });
}

function endOf(followed: Followed, through: number): CustomerEvent {
  const data = { through: new Date(through).toISOString(), cause: 'sequence-hole' as const };
  return noticeOf(followed, { type: 'source.resynced', id: 'filled', time: through, data });
}

type Notice = {
  [T in SourceNoticeType]: Pick<CustomerEventOf<T>, 'type' | 'id' | 'time' | 'data'>;
}[SourceNoticeType];

/** An event about the source of another one; its fields in the order that all events have. */
function noticeOf({ event, place, receivedDay, position }: Followed, notice: Notice): CustomerEvent {
  const { type, id, time, data } = notice;
  return {
    kind: 'event',
    tenant: event.tenant,
    customerId: place.customerId ?? PORTFOLIO_CUSTOMER_ID,
    id: `${position}:${id}`,
    source: event.source,
    type,
    time,
    day: receivedDay,
    receivedAt: event.receivedAt,
    historical: false,
    data,
  } as CustomerEvent;
}
