import Type from 'typebox';
import { Id, Instant, LongText, ShortText } from '../ids.ts';

const Severity = Type.Integer({ minimum: 1, maximum: 4, description: '1 is the worst' });

/** Support tickets (S64, S92, S101): facts about a ticket, idempotent by its id. */
export const ticketEvents = {
  'ticket.opened': Type.Object(
    {
      ticketId: Id,
      severity: Severity,
      subject: Type.Optional(ShortText),
      channel: Type.Optional(ShortText),
    },
    { additionalProperties: false },
  ),
  'ticket.escalated': Type.Object(
    { ticketId: Id, severity: Type.Optional(Severity) },
    { additionalProperties: false },
  ),
  'ticket.responded': Type.Object({ ticketId: Id }, { additionalProperties: false }),
  'ticket.resolved': Type.Object({ ticketId: Id }, { additionalProperties: false }),
} as const;

/** A survey answer (S53, S92, S106, S111): raw score, its scale, and whether a high one is good (D18). */
const Survey = Type.Object(
  {
    score: Type.Number({ minimum: -1000, maximum: 1000 }),
    scaleMin: Type.Number({ minimum: -1000, maximum: 1000 }),
    scaleMax: Type.Number({ minimum: -1000, maximum: 1000 }),
    highIsGood: Type.Optional(Type.Boolean()),
    respondentRole: Type.Optional(ShortText),
    closedLoopAt: Type.Optional(Instant),
    comment: Type.Optional(LongText),
  },
  { additionalProperties: false },
);

export const feedbackEvents = {
  'feedback.nps': Survey,
  'feedback.csat': Survey,
  'feedback.ces': Survey,
  'feedback.comment': Type.Object(
    { comment: LongText, channel: Type.Optional(ShortText), respondentRole: Type.Optional(ShortText) },
    { additionalProperties: false },
  ),
  'feedback.answered': Type.Object(
    {
      feedbackId: Type.String({ minLength: 1, maxLength: 256, description: 'id of the event that told it' }),
    },
    { additionalProperties: false },
  ),
} as const;
