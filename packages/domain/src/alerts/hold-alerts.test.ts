import { type AlertRecord, type CustomerChange, DAY_MS, type SituationChange } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertsState } from './alerts-state.ts';
import { evolveAlerts } from './evolve-alerts.ts';

const SINCE = Date.UTC(2024, 4, 1, 10, 30);
const atRisk = situation('risk.at-risk.raised');
const recovered = situation('risk.at-risk.cleared', { code: 'health-recovered' });
const due = (daysBefore: number) =>
  situation('renewal.due', {
    cause: 'A',
    code: 'end',
    text: `in ${daysBefore} days`,
    daysBefore,
    dueDay: 500,
  });

function situation(type: SituationChange['type'], told: Partial<SituationChange> = {}): SituationChange {
  const text = 'Health 41.00';
  return {
    type,
    cause: 'health',
    code: 'health-below-50',
    text,
    valueMinor: 5_00,
    currency: 'USD',
    reasons: [],
    ...told,
  };
}

/** Follows the alerts of one customer; `staleSince` as its changes say it. */
class Course {
  state: AlertsState | undefined;
  #sequence = 0;

  on(day: number, staleSince: number | null, ...changes: readonly SituationChange[]): readonly AlertRecord[] {
    this.#sequence += 1;
    const record: CustomerChange = {
      kind: 'change',
      tenant: 'acme',
      customerId: 'c-1',
      sequence: this.#sequence,
      asOf: day * DAY_MS,
      knownAt: day * DAY_MS + 1,
      historical: false,
      cause: 'new-data',
      causedBy: [],
      ...(staleSince === null ? {} : { staleSince }),
      changes,
      engineVersion: '1',
    };
    const evolved = evolveAlerts(this.state, record);
    this.state = evolved.state;
    return evolved.alerts;
  }

  acknowledge(day: number, alertId: string): readonly AlertRecord[] {
    const at = day * DAY_MS;
    const rest = { id: 'a', type: 'alert.acknowledged', time: at, receivedAt: at } as const;
    const action = {
      kind: 'action',
      tenant: 'acme',
      customerId: 'c-1',
      ...rest,
      data: { alertId, actor: 'kim' },
    } as const;
    const evolved = evolveAlerts(this.state, action);
    this.state = evolved.state;
    return evolved.alerts;
  }
}

describe('an alert of a customer of whom data may be missing (N14)', () => {
  it('is raised and held, and its first reason says since when', () => {
    const course = new Course();
    expect(course.on(100, SINCE, atRisk)).toMatchObject([
      {
        state: 'raised',
        revision: 1,
        heldSince: SINCE,
        reasons: [
          {
            signal: 'data-gap',
            contribution: 0,
            text: 'held: data may be missing since 2024-05-01 10:30 UTC',
          },
        ],
      },
    ]);
  });

  it('is let go as it stands when nothing is missing any more', () => {
    const course = new Course();
    const [held] = course.on(100, SINCE, atRisk);
    const [free] = course.on(103, null);
    const { heldSince: _held, reasons: _reasons, ...rest } = held as AlertRecord;
    const changed = { revision: 2, changedAt: 103 * DAY_MS, knownAt: 103 * DAY_MS + 1 };
    expect(free).toEqual({ ...rest, ...changed, reasons: [] });
    expect(course.on(104, null)).toEqual([]);
  });

  it('that ends before that is told as ended, never as standing', () => {
    const course = new Course();
    course.on(100, SINCE, atRisk);
    expect(course.on(101, SINCE, recovered)).toMatchObject([{ state: 'resolved', heldSince: SINCE }]);
    expect(course.on(102, null)).toMatchObject([
      { state: 'resolved', resolvedAt: 101 * DAY_MS, revision: 3 },
    ]);
    const other = new Course();
    other.on(100, SINCE, atRisk);
    const last = other.on(101, null, recovered);
    expect(last.map(({ state, heldSince }) => [state, heldSince])).toEqual([['resolved', undefined]]);
  });

  it('that was told before stays as it was told; what is new of it is held', () => {
    const course = new Course();
    course.on(100, null, due(90));
    expect(course.on(101, SINCE)).toEqual([]);
    expect(course.on(102, SINCE, due(30))).toMatchObject([
      { severity: 'high', heldSince: SINCE, revision: 2 },
    ]);
    expect(course.on(103, null)).toMatchObject([{ severity: 'high', title: 'in 30 days', revision: 3 }]);
  });

  it('can be acknowledged while it is held', () => {
    const course = new Course();
    course.on(100, SINCE, atRisk);
    expect(course.acknowledge(101, 'at-risk:c-1:health:1')).toMatchObject([
      { state: 'acknowledged', heldSince: SINCE, revision: 2 },
    ]);
    expect(course.on(102, null)).toMatchObject([
      { state: 'acknowledged', acknowledgedBy: 'kim', revision: 3 },
    ]);
  });

  it('says since when once, however often it changes', () => {
    const course = new Course();
    course.on(100, SINCE, due(90));
    const [alert] = course.on(101, SINCE + 5, due(30));
    expect(alert?.reasons.map(({ signal }) => signal)).toEqual(['data-gap']);
    expect(alert?.heldSince).toBe(SINCE + 5);
  });

  it('is told to somebody only while nothing is missing, and is then what it would be without holding', () => {
    const step = fc.constantFrom(
      atRisk,
      recovered,
      due(90),
      due(30),
      situation('renewal.settled', { cause: 'A' }),
    );
    const steps = fc.array(fc.tuple(fc.option(step, { nil: undefined }), fc.nat(6), fc.boolean()), {
      maxLength: 15,
    });
    fc.assert(
      fc.property(steps, (drawn) => {
        const [held, plain] = [new Course(), new Course()];
        const told = new Map<string, AlertRecord>();
        const expected = new Map<string, AlertRecord>();
        let day = 100;
        for (const [change, pause, isStale] of [...drawn, [undefined, 0, false] as const]) {
          day += pause;
          const changes = change === undefined ? [] : [change];
          for (const alert of held.on(day, isStale ? SINCE : null, ...changes)) {
            if (alert.heldSince === undefined) told.set(alert.alertId, alert);
            expect(alert.heldSince === undefined, 'held while stale').toBe(!isStale);
          }
          for (const alert of plain.on(day, null, ...changes)) expected.set(alert.alertId, alert);
        }
        const picture = (alerts: ReadonlyMap<string, AlertRecord>) =>
          [...alerts.values()]
            .map(({ alertId, state, severity, title }) => [alertId, state, severity, title].join())
            .sort();
        expect(picture(told)).toEqual(picture(expected));
      }),
      { numRuns: 300 },
    );
  });
});
