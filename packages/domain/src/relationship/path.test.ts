import { formatDay } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { given, givenAgreement } from '../customer/test-support.ts';
import { accountAgeDaysOf, accountSinceOf } from './account-since.ts';
import { MAX_PATH_STEPS, pathOf, pathPatternsOf, pathText } from './path-of.ts';
import { customerOf, TODAY } from './test-support/customer.ts';

const signed = (agreementId: string, agreementType: 'MSA' | 'SOW' | 'service' | 'other', on: number) =>
  givenAgreement('created', on, { agreementId, agreementType, signedDate: formatDay(on) });

describe('the path from the first MSA (S13)', () => {
  it('is the types in the order of signing, with their days since the MSA', () => {
    const { agreements } = customerOf([
      signed('a', 'service', TODAY - 10),
      signed('b', 'SOW', TODAY - 200),
      signed('c', 'SOW', TODAY - 100),
      signed('d', 'MSA', TODAY - 300),
      signed('e', 'SOW', TODAY - 5),
    ]);
    expect(pathOf(agreements)).toEqual({
      types: ['MSA', 'SOW', 'service', 'SOW'],
      gapsDays: [0, 100, 290, 295],
    });
  });

  it('begins with the MSA, also where both were signed on one day, and not before', () => {
    const { agreements } = customerOf([
      signed('a', 'SOW', TODAY),
      signed('b', 'MSA', TODAY),
      signed('c', 'service', TODAY - 90),
    ]);
    expect(pathOf(agreements)).toEqual({ types: ['MSA', 'SOW'], gapsDays: [0, 0] });
  });

  it('is not there without an MSA, and ends after eight steps', () => {
    expect(pathOf(customerOf([signed('a', 'SOW', TODAY)]).agreements)).toBeNull();
    const many = Array.from({ length: 20 }, (_, index) =>
      signed(`a-${index}`, index % 2 === 0 ? 'MSA' : 'SOW', TODAY - 100 + index),
    );
    expect(pathOf(customerOf(many).agreements)?.types).toHaveLength(MAX_PATH_STEPS);
  });

  it('leaves out an agreement that never came into force', () => {
    const begun = givenAgreement('created', TODAY, { agreementType: 'SOW', startDate: formatDay(TODAY) });
    const events = [signed('b', 'MSA', TODAY), begun, givenAgreement('terminated', TODAY)];
    expect(pathOf(customerOf(events).agreements)?.types).toEqual(['MSA']);
  });

  it('is counted with its outcomes over a portfolio (S21)', () => {
    const path = pathText({ types: ['MSA', 'SOW'], gapsDays: [0, 30] });
    const rows = [
      { path: 'MSA', won: 0, lost: 0 },
      { path, won: 2, lost: 1 },
      { path, won: 0, lost: 1 },
    ];
    expect(pathPatternsOf(rows)).toEqual([
      { path: 'MSA > SOW', customers: 2, won: 2, lost: 2, wonBasisPoints: 5_000 },
      { path: 'MSA', customers: 1, won: 0, lost: 0, wonBasisPoints: null },
    ]);
  });
});

describe('the age of an account (S81)', () => {
  it('counts from the date told, else from the first agreement, else from the first event', () => {
    const login = given('activity.login', TODAY - 20, { data: {} });
    const agreement = signed('a', 'MSA', TODAY - 15);
    const profile = given('customer.profile', TODAY, { data: { createdDate: formatDay(TODAY - 420) } });
    expect(accountSinceOf(customerOf([login]))).toEqual({ day: TODAY - 20, source: 'first-event' });
    const bound = accountSinceOf(customerOf([login, agreement]));
    expect(bound).toEqual({ day: TODAY - 15, source: 'first-agreement' });
    const early = givenAgreement('created', TODAY - 12, {
      signedDate: formatDay(TODAY - 9),
      startDate: formatDay(TODAY - 3),
    });
    expect(accountSinceOf(customerOf([early])).day).toBe(TODAY - 9);
    const told = accountSinceOf(customerOf([login, agreement, profile]));
    expect(told).toEqual({ day: TODAY - 420, source: 'told' });
    expect(accountAgeDaysOf(told, TODAY)).toBe(420);
    expect(accountAgeDaysOf(told, TODAY - 500)).toBe(0);
  });
});
