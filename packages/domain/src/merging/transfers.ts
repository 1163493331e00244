import type { CustomerEvent, TransferRecord, TransferStep } from '@bellwether/events';
import type { CustomerState } from '../customer/customer-state.ts';
import { pickFeatures } from './features.ts';
import type { JoinedMember, LivingMember } from './members.ts';
import { type Membership, toldAt } from './membership.ts';

/**
 * Longest text of a member that is told to another customer: a record of the log takes 1 MiB, quotes are escaped in it,
 * and what is kept of one customer stays a document that every store takes.
 */
export const MAX_MEMBER_CHARACTERS = 250_000;

/** Why and when something is told. */
export type Occasion = Pick<
  TransferRecord,
  'tenant' | 'cause' | 'causedBy' | 'time' | 'day' | 'receivedAt' | 'historical'
>;

/** An event as the occasion of transfers. */
export function occasionOf(event: CustomerEvent, cause: TransferRecord['cause']): Occasion {
  const { tenant, time, day, receivedAt, historical } = event;
  return { tenant, cause, causedBy: [event.id], time, day, receivedAt, historical };
}

interface About {
  readonly to: string;
  readonly memberId: string;
  readonly step: TransferStep;
  readonly version: number;
  readonly content?: string;
}

/** A transfer, its fields always in the order of the schema. */
export function transferOf(about: About, occasion: Occasion): TransferRecord {
  const { tenant, cause, causedBy, time, day, receivedAt, historical } = occasion;
  const { to, memberId, step, version, content } = about;
  return {
    kind: 'transfer',
    tenant,
    customerId: to,
    memberId,
    step,
    version,
    cause,
    causedBy,
    time,
    day,
    receivedAt,
    historical,
    ...(content === undefined ? {} : { content }),
  };
}

/** What a customer tells of itself to the one that it is with; undefined: it is too long to be told. */
export function ownTransfer(
  state: CustomerState,
  { membership, partner }: { readonly membership: Membership; readonly partner: string },
  occasion: Occasion,
): TransferRecord | undefined {
  const joined: JoinedMember = {
    into: partner,
    toldAt: toldAt(membership.told),
    features: state.isUnseen === true ? null : pickFeatures(state),
    ...(state.gaps === undefined ? {} : { gaps: state.gaps }),
  };
  const content = JSON.stringify(joined);
  if (content.length > MAX_MEMBER_CHARACTERS) return undefined;
  const { version } = membership;
  return transferOf({ to: partner, memberId: state.customerId, step: 'joined', version, content }, occasion);
}

/** What a customer passes on of a member of its own. */
export function memberTransfer(
  { id, version, joined }: LivingMember,
  to: string,
  occasion: Occasion,
): TransferRecord {
  const content = JSON.stringify(joined);
  return transferOf({ to, memberId: id, step: 'joined', version, content }, occasion);
}
