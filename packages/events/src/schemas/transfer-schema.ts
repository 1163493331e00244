import Type from 'typebox';
import { CAUSES } from '../changes.ts';
import { EpochDay, EpochMs, Id } from '../ids.ts';
import { TRANSFER_STEPS, type TransferRecord } from '../transfers.ts';
import { describes } from './shapes.ts';

/** The value of a record on `customer-transfers`. */
export const TRANSFER_SCHEMA = describes<TransferRecord>()(
  Type.Object(
    {
      kind: Type.Literal('transfer'),
      tenant: Id,
      customerId: Id,
      memberId: Id,
      step: Type.Enum(TRANSFER_STEPS),
      version: Type.Integer({ description: 'counts what the member has told' }),
      cause: Type.Enum(CAUSES),
      causedBy: Type.Array(Type.String()),
      time: EpochMs,
      day: EpochDay,
      receivedAt: EpochMs,
      historical: Type.Boolean(),
      content: Type.Optional(Type.String({ description: 'JSON, for the rules of scoring alone' })),
    },
    { title: 'Transfer', description: 'What merged customers tell each other.' },
  ),
);
