import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { Retrospect } from './retrospect.ts';

const login = (id: string) => given('activity.login', '2024-05-01', { id, data: {} });

describe('a customer looked at again', () => {
  it('takes an event that was delivered twice once, and tells nothing of the second', () => {
    const retrospect = new Retrospect();
    retrospect.take(login('same'));
    const told = retrospect.changes.length;
    retrospect.take(login('same'));
    expect([retrospect.events, retrospect.changes.length - told]).toEqual([1, 0]);
  });

  it('sets aside what scoring set aside: an event that contradicts, and one on which a rule fails', () => {
    const retrospect = new Retrospect();
    const most = 4_000_000_000_000;
    const data = { agreementId: 'A', agreementType: 'MSA', valueMinor: most } as const;
    retrospect.take(given('agreement.created', '2024-05-01', { data }));
    const before = JSON.stringify(retrospect.state);
    const amended = { agreementId: 'A', deltaMinor: most };
    retrospect.take(given('agreement.amended', '2024-05-01', { id: 'too-much', data: amended }));
    const paid = given('payment.paid', '2024-05-01', { id: 'bare', data: { amountMinor: 1 } });
    retrospect.take({ ...paid, data: null as never });
    expect(retrospect.setAside).toEqual([
      { eventId: 'too-much', reason: 'amount-out-of-range' },
      { eventId: 'bare', reason: 'internal-failure' },
    ]);
    expect(JSON.stringify(retrospect.state)).toBe(before);
  });

  it('is nobody by what a source says of itself, or people do at the board', () => {
    const retrospect = new Retrospect();
    retrospect.take(given('source.gap-detected', '2024-05-01', { data: { cause: 'gap-marker' } }));
    retrospect.take(given('alert.acknowledged', '2024-05-01', { data: { alertId: 'a', actor: 'Ada' } }));
    expect(retrospect.state).toBeUndefined();
  });
});
