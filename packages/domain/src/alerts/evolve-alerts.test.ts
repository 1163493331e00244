import { type CustomerChange, DAY_MS, type ForwardedAction, type SituationChange } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlertsState, MAX_PENDING_ACTIONS, REOPEN_WINDOW_DAYS } from './alerts-state.ts';
import { evolveAlerts } from './evolve-alerts.ts';

/** Follows the alerts of one customer. */
class Course {
  state: AlertsState | undefined;
  #sequence = 0;

  on(dayNumber: number, ...situations: readonly SituationChange[]) {
    this.#sequence += 1;
    return this.take(changeOf(this.#sequence, dayNumber * DAY_MS, situations));
  }

  take(record: Parameters<typeof evolveAlerts>[1]) {
    const evolved = evolveAlerts(this.state, record);
    this.state = evolved.state;
    return evolved.alerts;
  }

  acknowledge(dayNumber: number, alertId: string, actor = 'kim') {
    return this.take(acknowledgement(dayNumber, alertId, actor));
  }
}

function changeOf(sequence: number, asOf: number, changes: readonly SituationChange[]): CustomerChange {
  return {
    kind: 'change',
    tenant: 'acme',
    customerId: 'c-1',
    sequence,
    asOf,
    knownAt: asOf + 1,
    historical: false,
    cause: 'new-data',
    causedBy: [],
    changes,
    engineVersion: '1',
  };
}

function acknowledgement(dayNumber: number, alertId: string, actor: string): ForwardedAction {
  const time = dayNumber * DAY_MS + 5;
  return {
    kind: 'action',
    tenant: 'acme',
    customerId: 'c-1',
    id: `a-${dayNumber}`,
    type: 'alert.acknowledged',
    time,
    receivedAt: time + 1,
    data: { alertId, actor, note: 'on it' },
  };
}

const situation = (type: SituationChange['type'], told: Partial<SituationChange> = {}): SituationChange => ({
  type,
  cause: 'health',
  code: 'health-below-50',
  text: 'Health 41.00',
  valueMinor: 5_00,
  currency: 'USD',
  reasons: [],
  ...told,
});
const atRisk = situation('risk.at-risk.raised');
const recovered = situation('risk.at-risk.cleared', { code: 'health-recovered' });
const due = (daysBefore: number, dueDay = 500) =>
  situation('renewal.due', { cause: 'A', code: 'end', text: `in ${daysBefore} days`, daysBefore, dueDay });
const ID = 'at-risk:c-1:health:1';

describe('an alert', () => {
  it('is raised, acknowledged and resolved on recovery, one record each', () => {
    const course = new Course();
    expect(course.on(100, atRisk)).toEqual([
      {
        kind: 'alert',
        tenant: 'acme',
        customerId: 'c-1',
        alertId: ID,
        rule: 'at-risk',
        cause: 'health',
        revision: 1,
        state: 'raised',
        severity: 'high',
        title: 'Health 41.00',
        code: 'health-below-50',
        valueMinor: 5_00,
        currency: 'USD',
        dueDay: null,
        reasons: [],
        historical: false,
        raisedAt: 100 * DAY_MS,
        acknowledgedAt: null,
        acknowledgedBy: null,
        note: null,
        resolvedAt: null,
        changedAt: 100 * DAY_MS,
        knownAt: 100 * DAY_MS + 1,
        raisedBySequence: 1,
      },
    ]);
    expect(course.acknowledge(101, ID)).toMatchObject([
      { alertId: ID, revision: 2, state: 'acknowledged', acknowledgedBy: 'kim', note: 'on it' },
    ]);
    expect(course.on(102, recovered)).toMatchObject([
      { alertId: ID, revision: 3, state: 'resolved', resolvedAt: 102 * DAY_MS, acknowledgedBy: 'kim' },
    ]);
  });

  it('never stands twice for one cause', () => {
    const course = new Course();
    course.on(100, atRisk);
    expect(course.on(101, atRisk)).toEqual([]);
    expect(course.state?.alerts).toHaveLength(1);
    expect(course.on(102, recovered)).toHaveLength(1);
    expect(course.on(103, recovered)).toEqual([]);
  });

  it('re-opens as the same episode within the window and is a new one later', () => {
    const course = new Course();
    course.on(100, atRisk);
    course.acknowledge(100, ID);
    course.on(101, recovered);
    expect(course.on(101 + REOPEN_WINDOW_DAYS, atRisk)).toMatchObject([
      {
        alertId: ID,
        revision: 4,
        state: 'raised',
        acknowledgedAt: null,
        resolvedAt: null,
        raisedAt: 100 * DAY_MS,
      },
    ]);
    course.on(120, recovered);
    expect(course.on(121 + REOPEN_WINDOW_DAYS, atRisk)).toMatchObject([
      { alertId: 'at-risk:c-1:health:2', revision: 1, state: 'raised' },
    ]);
    expect(course.state?.alerts).toHaveLength(1);
  });

  it('is updated by a tighter checkpoint, and stays acknowledged', () => {
    const course = new Course();
    expect(course.on(100, due(180))).toMatchObject([{ rule: 'renewal', severity: 'low', dueDay: 500 }]);
    const alertId = 'renewal:c-1:A:1';
    course.acknowledge(101, alertId);
    expect(course.on(102, due(90))).toMatchObject([
      { alertId, severity: 'medium', state: 'acknowledged', revision: 3, raisedAt: 100 * DAY_MS },
    ]);
    expect(course.on(103, due(30))).toMatchObject([{ severity: 'high', title: 'in 30 days' }]);
    expect(course.on(104, situation('renewal.settled', { cause: 'A', code: 'renewed' }))).toMatchObject([
      { alertId, state: 'resolved' },
    ]);
  });

  it('has the severity of its rule', () => {
    const severity = (told: SituationChange) => new Course().on(1, told)[0]?.severity;
    expect(severity(situation('opportunity.cross-sell.raised'))).toBe('low');
    expect(severity(situation('portfolio.concentration.raised', { code: 'top-5' }))).toBe('medium');
    expect(severity(situation('portfolio.concentration.raised', { code: 'hhi-high' }))).toBe('high');
    const silent = situation('data-quality.source-silent.raised', { cause: 'activity' });
    expect(severity(silent)).toBe('medium');
    expect(severity(situation('feedback.loop-overdue.raised', { cause: 'feedback' }))).toBe('medium');
    expect(severity(due(60))).toBe('medium');
    expect(severity(due(7))).toBe('high');
  });
});

describe('the severity of a risk (N18)', () => {
  const severity = (type: SituationChange['type'], told: Partial<SituationChange>) =>
    new Course().on(1, situation(type, told))[0]?.severity;
  const DAYS = [undefined, 180, 90, 30];
  const along = (type: SituationChange['type'], cause: string) =>
    DAYS.map((daysBefore) =>
      severity(type, { cause, ...(daysBefore === undefined ? {} : { daysBefore, dueDay: 500 }) }),
    );

  it('grows as the day of decision comes near; at risk is high at any distance (S62)', () => {
    expect(along('risk.early-warning.raised', 'usage-decline')).toEqual(['low', 'low', 'medium', 'high']);
    expect(along('risk.at-risk.raised', 'health')).toEqual(['high', 'high', 'high', 'high']);
    expect(along('renewal.call-due.raised', 'renewal-call')).toEqual(['low', 'low', 'medium', 'high']);
  });

  it('is a step higher in the first year of a customer who is worth more (S84)', () => {
    const first = along('risk.early-warning.raised', 'first-year-health');
    expect(first).toEqual(['medium', 'medium', 'high', 'high']);
  });
});

describe('an acknowledgement', () => {
  it('changes nothing the second time, nor once the alert is resolved', () => {
    const course = new Course();
    course.on(100, atRisk);
    course.acknowledge(101, ID);
    const { state } = course;
    expect(course.acknowledge(102, ID, 'lee')).toEqual([]);
    expect(course.state).toBe(state);
    course.on(103, recovered);
    expect(course.acknowledge(104, ID)).toEqual([]);
  });

  it('waits for an alert that is not raised yet', () => {
    const course = new Course();
    expect(course.acknowledge(99, ID)).toEqual([]);
    expect(course.acknowledge(99, ID, 'lee')).toEqual([]);
    expect(course.on(100, atRisk)).toMatchObject([
      { alertId: ID, revision: 1, state: 'raised' },
      { alertId: ID, revision: 2, state: 'acknowledged', acknowledgedBy: 'kim', changedAt: 100 * DAY_MS },
    ]);
    expect(course.state?.pending).toEqual([]);
  });

  it('is kept for at most 100 alerts, and not for one that is over', () => {
    const course = new Course();
    course.on(100, atRisk);
    course.on(101, recovered);
    course.on(200);
    expect(course.state?.alerts).toEqual([]);
    course.acknowledge(201, ID);
    expect(course.state?.pending).toEqual([]);
    for (let episode = 2; episode < 2 + MAX_PENDING_ACTIONS + 5; episode++) {
      course.acknowledge(202, `at-risk:c-1:health:${episode}`);
    }
    expect(course.state?.pending).toHaveLength(MAX_PENDING_ACTIONS);
    expect(course.on(203, atRisk)).toHaveLength(1);
  });
});

describe('the alerts of a customer', () => {
  it('ignore a change that was taken before, and records of time', () => {
    const course = new Course();
    const record = changeOf(1, 5 * DAY_MS, [atRisk]);
    expect(course.take(record)).toHaveLength(1);
    const { state } = course;
    expect(course.take(record)).toEqual([]);
    expect(course.take({ kind: 'minute', asOf: 9 })).toEqual([]);
    expect(course.state).toBe(state);
  });

  it('count revisions of each alert 1..n and never stand open twice, whatever happens', () => {
    const step = fc.oneof(
      fc.constantFrom(atRisk, recovered, due(180), due(30), situation('renewal.settled', { cause: 'A' })),
      fc.constantFrom(ID, 'at-risk:c-1:health:2', 'renewal:c-1:A:1'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat(20))), (steps) => {
        const course = new Course();
        const revisions = new Map<string, number>();
        let today = 100;
        for (const [told, pause] of steps) {
          today += pause;
          const alerts = typeof told === 'string' ? course.acknowledge(today, told) : course.on(today, told);
          for (const { alertId, revision } of alerts) {
            expect(revision).toBe((revisions.get(alertId) ?? 0) + 1);
            revisions.set(alertId, revision);
          }
          const open = course.state?.alerts.map(({ rule, cause }) => `${rule}:${cause}`) ?? [];
          expect(new Set(open).size).toBe(open.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
