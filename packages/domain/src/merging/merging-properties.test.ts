import {
  type CustomerEvent,
  DAY_MS,
  FEEDS,
  type FeedStatuses,
  type TransferRecord,
} from '@bellwether/events';
import { eventShapes } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerState } from '../customer/customer-state.ts';
import { decideCustomer } from '../customer/decide-customer.ts';
import {
  type DecideInput,
  inputForEvent,
  inputForMerge,
  inputForTransfer,
} from '../customer/decide-input.ts';
import { evolveCustomer } from '../customer/evolve-customer.ts';
import { CustomerCourse } from '../customer/test-course.ts';
import { contextOn, day, given } from '../customer/test-support.ts';
import { type MembershipMove, tellPartner } from './settle-membership.ts';
import { takeTransfer } from './take-transfer.ts';
import { isMembershipEvent, tellMembership } from './tell-membership.ts';
import { occasionOf } from './transfers.ts';

const TODAY = day('2024-06-01');
const FRESH = Object.fromEntries(
  FEEDS.map((feed) => [feed, { status: 'fresh', lastDay: TODAY }]),
) as unknown as FeedStatuses;
const on = (today: number) => contextOn(today, { feeds: FRESH });

/** Customers that tell each other at once what they have to, as they do through the log. */
class Together {
  readonly #courses = new Map<string, CustomerCourse>();

  course(customerId: string): CustomerCourse {
    const known = this.#courses.get(customerId) ?? new CustomerCourse();
    this.#courses.set(customerId, known);
    return known;
  }

  begin(today: number): void {
    for (const course of this.#courses.values()) course.begin(on(today));
  }

  take(event: CustomerEvent, today: number): void {
    const { state } = this.course(event.customerId);
    const context = on(today);
    if (isMembershipEvent(event)) {
      const told = tellMembership(state, event);
      if (told.kind === 'ok') this.#keep(event.customerId, told.move, inputForMerge(context, event));
      return;
    }
    const evolved = evolveCustomer(state, event, today);
    if (evolved.kind !== 'ok') return;
    const move = tellPartner(evolved.state, occasionOf(event, 'new-data'));
    this.#keep(event.customerId, move, inputForEvent(context, event));
  }

  #keep(customerId: string, move: MembershipMove<CustomerState | undefined>, input: DecideInput): void {
    const course = this.course(customerId);
    if (move.state !== undefined) course.state = decideCustomer(course.state, move.state, input).state;
    for (const transfer of move.transfers) this.#tell(transfer, input);
  }

  #tell(transfer: TransferRecord, { context }: DecideInput): void {
    const { state } = this.course(transfer.customerId);
    this.#keep(transfer.customerId, takeTransfer(state, transfer), inputForTransfer(context, transfer));
  }
}

type Make = (when: number, id: string) => CustomerEvent;
const told = fc.tuple(eventShapes, fc.constantFrom('a', 'b')).map(
  ([{ type, data }, customerId]): Make =>
    (when, id) =>
      given(type, when, { id, customerId, data } as never) as CustomerEvent,
);
const mergers = fc.boolean().map(
  (isMerge): Make =>
    (when, id) =>
      isMerge
        ? given('customer.merged', when, { id, customerId: 'a', data: { into: 'b' } })
        : given('customer.split', when, { id, customerId: 'a', data: {} }),
);
const step = fc.tuple(
  fc.oneof({ weight: 5, arbitrary: told }, { weight: 1, arbitrary: mergers }),
  fc.constantFrom(0, 0, 1, 2, 9),
);

describe('customers that are merged and split (N23)', () => {
  it('miss nothing by deciding only the parts that were moved', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        const together = new Together();
        let today = TODAY;
        steps.forEach(([make, days], index) => {
          for (const until = today + days; today < until; ) {
            today += 1;
            together.begin(today);
          }
          const event = make(today, `e${index}`);
          together.take({ ...event, time: event.time + index, receivedAt: today * DAY_MS }, today);
          for (const customerId of ['a', 'b']) {
            const again = new CustomerCourse();
            again.state = together.course(customerId).state;
            const missed = again.begin(on(today), { isForced: true });
            expect({ after: event.type, customerId, missed }).toEqual({
              after: event.type,
              customerId,
              missed: [],
            });
          }
        });
      }),
      { numRuns: 60 },
    );
  });
});
