import type { EventData } from '@bellwether/events';
import { formatDay } from '@bellwether/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWith } from '../../../test-support/customers.ts';
import { type ProjectionUnderTest, recordOf } from '../../../test-support/projection-under-test.ts';
import { eventOf, TODAY } from '../../../test-support/records.ts';
import { faultsOf } from '../../../test-support/strict-schema.ts';
import { ActionItem } from '../../action-item-schemas.ts';
import { ActionItemReport } from '../../report-schemas/action-items.ts';

const item = (
  customerId: string,
  actionItemId: string,
  more: Partial<EventData<'engagement.action-item-recorded'>>,
) =>
  recordOf(
    'customer-events',
    eventOf(
      'engagement.action-item-recorded',
      { engagementId: 'qbr', actionItemId, title: `do ${actionItemId}`, ...more },
      { customerId, day: TODAY - 30, id: `${actionItemId} ${more.completedDate ?? ''}` },
    ),
  );

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith([
    { customerId: 'ann', name: 'Ann' },
    { customerId: 'bob', name: 'Bob' },
  ]);
  await projection.take(
    item('ann', 'late', { owner: 'Kim', dueDate: formatDay(TODAY - 1) }),
    item('ann', 'now', { owner: 'Kim', dueDate: formatDay(TODAY) }),
    item('ann', 'some-day', {}),
    item('bob', 'later', { owner: '=Lee', dueDate: formatDay(TODAY - 3) }),
    item('bob', 'done', { owner: 'Kim', dueDate: formatDay(TODAY - 9) }),
    item('bob', 'done', { owner: 'Kim', dueDate: formatDay(TODAY - 9), completedDate: formatDay(TODAY - 2) }),
  );
});
afterAll(() => projection.close());
const reports = (query: string) =>
  projection.get<ActionItemReport>(`/v1/tenants/acme/reports/action-items${query}`);
const told = ({ items }: ActionItemReport) => items.map(({ actionItemId, state }) => [actionItemId, state]);

describe('what business reviews came to (S96)', () => {
  it('comes by what is overdue, then by due date, and is counted by owner', async () => {
    const report = await reports('');
    expect(faultsOf(ActionItemReport, report)).toEqual([]);
    expect(told(report)).toEqual([
      ['later', 'overdue'],
      ['late', 'overdue'],
      ['now', 'open'],
      ['some-day', 'open'],
      ['done', 'done'],
    ]);
    expect(report.counts).toEqual({ overdue: 2, open: 2, done: 1 });
    expect(report.byOwner).toEqual([
      { owner: 'Kim', overdue: 1, open: 1, done: 1 },
      { owner: '=Lee', overdue: 1, open: 0, done: 0 },
      { owner: null, overdue: 0, open: 1, done: 0 },
    ]);
    expect(report.items[1]).toEqual({
      customerId: 'ann',
      name: 'Ann',
      actionItemId: 'late',
      engagementId: 'qbr',
      title: 'do late',
      owner: 'Kim',
      state: 'overdue',
      dueDate: formatDay(TODAY - 1),
      completedDate: null,
    });
  });

  it('comes by state and owner, and page by page', async () => {
    expect(told(await reports('?state=done'))).toEqual([['done', 'done']]);
    expect(told(await reports('?owner=Kim&state=overdue'))).toEqual([['late', 'overdue']]);
    const first = await reports('?limit=3');
    const second = await reports(`?limit=3&cursor=${encodeURIComponent(first.next ?? '')}`);
    expect(told(second)).toEqual([
      ['some-day', 'open'],
      ['done', 'done'],
    ]);
  });

  it('comes as a file that no spreadsheet takes for a formula', async () => {
    const { body } = await projection.app.inject('/v1/tenants/acme/reports/action-items?format=csv');
    expect(body.split('\r\n').slice(0, 2)).toEqual([
      'customerId,name,actionItemId,engagementId,title,owner,state,dueDate,completedDate,asOf,currency',
      `bob,Bob,later,qbr,do later,'=Lee,overdue,${formatDay(TODAY - 3)},,2024-05-20,USD`,
    ]);
  });

  it('stands with the customer', async () => {
    const { actionItems } = await projection.get<{ actionItems: ActionItem[] }>(
      '/v1/tenants/acme/customers/bob',
    );
    expect(actionItems.flatMap((one) => faultsOf(ActionItem, one))).toEqual([]);
    expect(
      actionItems.map(({ actionItemId, state, completedDate }) => [actionItemId, state, completedDate]),
    ).toEqual([
      ['later', 'overdue', null],
      ['done', 'done', formatDay(TODAY - 2)],
    ]);
  });
});
