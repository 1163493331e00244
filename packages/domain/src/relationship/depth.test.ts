import { formatDay } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { given, givenAgreement } from '../customer/test-support.ts';
import { days } from '../signals/test-support.ts';
import { depthBandOf, nextDepthDay } from './depth-of.ts';
import { relationshipOf } from './relationship-of.ts';
import { isThere, nextStakeholderDay } from './stakeholders-of.ts';
import { contextOf, customerOf, feedsOf, TODAY } from './test-support/customer.ts';

const agreement = (agreementId: string, agreementType: 'MSA' | 'SOW' | 'service', serviceLine?: string) =>
  givenAgreement('created', TODAY - 300, {
    agreementId,
    agreementType,
    startDate: formatDay(TODAY - 300),
    endDate: formatDay(TODAY + 300),
    ...(serviceLine === undefined ? {} : { serviceLine }),
  });
const feature = (name: string, on: number) => given('activity.feature-used', on, { data: { feature: name } });
const person = (contactId: string, on: number, more = {}) =>
  given('contact.created', on, { data: { contactId, ...more } });
const left = (contactId: string, on: number) => given('contact.left', on, { data: { contactId } });
const read = (events: Parameters<typeof customerOf>[0], feeds = feedsOf(), today = TODAY) => {
  const customer = customerOf(events);
  return relationshipOf(customer, contextOf(customer, { feeds, today }));
};

describe('relationship depth (S10)', () => {
  const integrated = [
    agreement('a', 'MSA'),
    agreement('b', 'SOW', 'platform'),
    agreement('c', 'SOW', 'advisory'),
    feature('reports', TODAY),
    feature('search', TODAY - 89),
    feature('export', TODAY - 90),
    person('ann', TODAY - 200),
    person('bob', TODAY - 10),
  ];

  it('is the weighted mean of types, service lines, features and people, each up to its full count', () => {
    // 30 x 2/3 + 20 x 2/3 + 25 x 2/6 + 25 x 2/5 = 20 + 13.33 + 8.33 + 10
    const { depth } = read(integrated);
    expect(depth.counts).toEqual({ types: 2, serviceLines: 2, features: 2, stakeholders: 2 });
    expect([depth.valueHundredths, depth.band]).toEqual([5_167, 'established']);
    expect(Object.values(depth.contributions).reduce((a, b) => a + b)).toBe(5_167);
    expect([depth.coverageHundredths, depth.missing]).toEqual([10_000, []]);
  });

  it('gives no more than full points', () => {
    const many = [
      ...days(1, 9).map((number) => feature(`f-${number}`, TODAY)),
      ...days(1, 9).map((number) => person(`p-${number}`, TODAY)),
      ...(['MSA', 'SOW', 'service'] as const).map((type, index) => agreement(type, type, `line-${index}`)),
    ];
    expect(read(many).depth.valueHundredths).toBe(10_000);
  });

  it('leaves out what is missing, and says what it could be', () => {
    const { depth } = read(integrated, feedsOf('fresh', { activity: 'stale' }));
    // (20 + 13.33 + 10) of 75
    expect([depth.valueHundredths, depth.coverageHundredths]).toEqual([5_778, 7_500]);
    expect([depth.lowHundredths, depth.highHundredths]).toEqual([4_333, 6_833]);
    expect(depth.missing).toEqual([{ signal: 'features', why: 'feed-stale' }]);
  });

  it('is not scored from less than half', () => {
    const { depth } = read([agreement('a', 'MSA')], feedsOf('fresh', { contact: 'absent' }));
    expect([depth.valueHundredths, depth.band, depth.coverageHundredths]).toEqual([
      null,
      'not-scorable',
      3_000,
    ]);
    expect(depth.missing).toEqual([
      { signal: 'serviceLines', why: 'no-data' },
      { signal: 'features', why: 'no-data' },
      { signal: 'stakeholders', why: 'feed-absent' },
    ]);
    expect(read([agreement('a', 'MSA', 'platform')]).depth.valueHundredths).toBe(3_333);
  });

  it('counts what is active; ended agreements leave nothing, which is known', () => {
    const ended = givenAgreement('created', TODAY - 300, {
      agreementId: 'z',
      agreementType: 'SOW',
      serviceLine: 'platform',
      startDate: formatDay(TODAY - 300),
      endDate: formatDay(TODAY - 1),
    });
    expect(read([ended]).depth.counts).toMatchObject({ types: 0, serviceLines: 0 });
  });

  it('has bands at 40 and 70', () => {
    expect([3_999, 4_000, 6_999, 7_000].map(depthBandOf)).toEqual([
      'shallow',
      'established',
      'established',
      'deep',
    ]);
  });

  it('is looked at again when a feature leaves the 90 days', () => {
    expect(nextDepthDay(customerOf(integrated).signals, TODAY)).toBe(TODAY + 1);
    expect(nextDepthDay(customerOf([]).signals, TODAY)).toBeNull();
  });
});

describe('stakeholders (S33, S60, S65)', () => {
  it('are those who are there; active are those heard of in 90 days, by the group of their role', () => {
    const { stakeholders } = read([
      person('ann', TODAY - 200, { role: 'director', hasEmail: true }),
      person('bob', TODAY - 89, { role: 'chief executive officer' }),
      person('cat', TODAY - 90, { hasEmail: true }),
      person('dan', TODAY - 5),
      left('dan', TODAY - 1),
    ]);
    expect(stakeholders).toMatchObject({ there: 3, withEmail: 2, active: 1, activeByRole: { executive: 1 } });
  });

  it('can be written to, as a share of those of whom it was told (S65)', () => {
    const people = [
      person('ann', TODAY, { hasEmail: true }),
      person('bob', TODAY, { hasEmail: false }),
      person('cat', TODAY, { hasEmail: false }),
      person('dan', TODAY),
      person('eve', TODAY, { hasEmail: true }),
      left('eve', TODAY),
    ];
    expect(read(people).stakeholders).toMatchObject({ there: 4, withEmail: 1, withEmailBasisPoints: 3_333 });
    expect(read([person('dan', TODAY)]).stakeholders).toMatchObject({
      withEmail: 0,
      withEmailBasisPoints: null,
    });
    expect(read([]).stakeholders).toMatchObject({ withEmail: null, withEmailBasisPoints: null });
  });

  it('have a trend: who is there now less who was 90 days ago', () => {
    const events = [person('ann', TODAY - 90), person('bob', TODAY - 30), person('cat', TODAY - 200)];
    expect(read(events).stakeholders.trend).toBe(1);
    expect(read([...events, left('cat', TODAY - 2), left('ann', TODAY - 1)]).stakeholders.trend).toBe(-1);
  });

  it('who left are away until created anew', () => {
    const [ann] = customerOf([person('ann', TODAY - 9), left('ann', TODAY - 5), person('ann', TODAY - 2)])
      .signals.contacts;
    if (ann === undefined) throw new Error('ann is known');
    const moments = [TODAY - 10, TODAY - 9, TODAY - 5, TODAY - 2];
    expect(moments.map((on) => isThere(ann, on))).toEqual([false, true, false, true]);
    const [gone] = customerOf([person('ann', TODAY - 9), left('ann', TODAY - 5)]).signals.contacts;
    if (gone === undefined) throw new Error('ann is known');
    expect([TODAY - 6, TODAY - 5].map((on) => isThere(gone, on))).toEqual([true, false]);
  });

  it('are not fewer because a feed is silent', () => {
    const events = [person('ann', TODAY - 10)];
    expect(read(events, feedsOf('fresh', { contact: 'stale' })).stakeholders).toMatchObject({
      there: 1,
      active: null,
      trend: null,
      missing: [{ signal: 'stakeholders', why: 'feed-stale' }],
    });
    expect(read([]).stakeholders.missing[0]?.why).toBe('no-data');
    expect(read([], {}).stakeholders.missing[0]?.why).toBe('feed-absent');
  });

  it('are met on levels, and executives are remembered for a year (S36)', () => {
    const meeting = (on: number, level: 'C' | 'VP', attendees: number) =>
      given('engagement.meeting-held', on, { data: { engagementId: `m-${on}`, level, attendees } });
    const events = [meeting(TODAY - 300, 'C', 9), meeting(TODAY - 20, 'VP', 4), meeting(TODAY - 10, 'VP', 3)];
    const { stakeholders } = read(events);
    expect(stakeholders.meetings).toEqual({ C: 0, VP: 2, other: 0 });
    expect([stakeholders.mostAttendees, stakeholders.lastExecutiveDay]).toEqual([4, TODAY - 300]);
    expect(read(events, feedsOf(), TODAY + 65).stakeholders.lastExecutiveDay).toBeNull();
    expect(read(events, feedsOf('stale')).stakeholders.meetings).toBeNull();
  });

  it('are looked at again when somebody leaves a window', () => {
    const { signals, relationship } = customerOf([person('ann', TODAY - 10)]);
    expect(nextStakeholderDay(signals.contacts, relationship.engagements, TODAY)).toBe(TODAY + 80);
    expect(nextStakeholderDay([], relationship.engagements, TODAY)).toBeNull();
    const changed = given('contact.changed', TODAY - 5, { data: { contactId: 'bob' } });
    const bob = customerOf([person('bob', TODAY - 100), changed]);
    expect(nextStakeholderDay(bob.signals.contacts, relationship.engagements, TODAY)).toBe(TODAY + 85);
    const leaving = customerOf([person('cat', TODAY - 100), left('cat', TODAY + 1)]);
    expect(nextStakeholderDay(leaving.signals.contacts, relationship.engagements, TODAY)).toBe(TODAY + 1);
  });
});
