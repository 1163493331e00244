import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { allFeeds, TODAY } from '../signals/test-support.ts';
import { inputAfter } from './test-support.ts';
import { findTicketEscalations } from './ticket-escalations.ts';

const escalated = (ticketId: string, on: number) => given('ticket.escalated', on, { data: { ticketId } });
const signOf = (events: Parameters<typeof inputAfter>[0], isRaised = false) =>
  findTicketEscalations(inputAfter(events), { isRaised });

describe('multiple escalations (S101, D15)', () => {
  it('are two tickets escalated within 30 days', () => {
    expect(signOf([escalated('T1', TODAY - 29), escalated('T2', TODAY)])).toEqual({
      state: 'present',
      factor: {
        detector: 'ticket-escalations',
        code: 'ticket-escalations',
        text: '2 tickets were escalated within 30 days: T2, T1',
        evidence: [
          { about: 'ticket', id: 'T2', day: TODAY },
          { about: 'ticket', id: 'T1', day: TODAY - 29 },
        ],
        before: null,
        after: 2,
      },
    });
    expect(signOf([escalated('T1', TODAY - 30), escalated('T2', TODAY)]).state).toBe('absent');
    expect(signOf([escalated('T1', TODAY - 3), escalated('T1', TODAY)]).state).toBe('absent');
  });

  it('end when no ticket was escalated for 30 days', () => {
    expect(signOf([escalated('T1', TODAY - 30), escalated('T2', TODAY)], true).state).toBe('present');
    expect(signOf([escalated('T1', TODAY - 30)], true)).toMatchObject({
      state: 'absent',
      code: 'no-escalations',
    });
  });

  it('name ten tickets at most, and are not known of a silent feed or a customer without tickets', () => {
    const many = Array.from({ length: 12 }, (_, index) => escalated(`T${index}`, TODAY - index));
    const sign = signOf(many);
    expect(sign.state === 'present' && [sign.factor.evidence.length, sign.factor.after]).toEqual([10, 12]);
    const stale = inputAfter(many, { feeds: allFeeds('stale') });
    expect(findTicketEscalations(stale, { isRaised: false })).toEqual({
      state: 'unknown',
      why: 'feed-stale',
    });
    expect(signOf([])).toEqual({ state: 'unknown', why: 'no-data' });
  });
});
