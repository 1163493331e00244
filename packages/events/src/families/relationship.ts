import Type from 'typebox';
import { Currency, Id, Instant, LocalDate, PositiveMinorUnits, ShortText } from '../ids.ts';

const Level = Type.Union([Type.Literal('C'), Type.Literal('VP'), Type.Literal('other')]);
const meeting = {
  engagementId: Id,
  level: Type.Optional(Level),
  attendees: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  channel: Type.Optional(ShortText),
};

/** Meetings, reviews and outreach (S20, S36, S96, S101). */
export const engagementEvents = {
  'engagement.qbr-scheduled': Type.Object(
    { ...meeting, scheduledAt: Instant },
    { additionalProperties: false },
  ),
  'engagement.qbr-held': Type.Object(meeting, { additionalProperties: false }),
  'engagement.qbr-missed': Type.Object(meeting, { additionalProperties: false }),
  'engagement.meeting-held': Type.Object(meeting, { additionalProperties: false }),
  'engagement.outreach-sent': Type.Object(
    { engagementId: Id, channel: Type.Optional(ShortText) },
    { additionalProperties: false },
  ),
  'engagement.action-item-recorded': Type.Object(
    {
      engagementId: Id,
      actionItemId: Id,
      title: ShortText,
      owner: Type.Optional(ShortText),
      dueDate: Type.Optional(LocalDate),
      /** The day on which it was done; an item told without one is to be done. */
      completedDate: Type.Optional(LocalDate),
    },
    { additionalProperties: false },
  ),
} as const;

const Contact = Type.Object(
  {
    contactId: Id,
    hasEmail: Type.Optional(Type.Boolean()),
    role: Type.Optional(ShortText),
    isSponsor: Type.Optional(Type.Boolean()),
    isPrimary: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

/** People at the customer (S33, S65, S93, S101): facts about a contact, idempotent by its id. */
export const contactEvents = {
  'contact.created': Contact,
  'contact.changed': Contact,
  'contact.left': Type.Object({ contactId: Id }, { additionalProperties: false }),
} as const;

const Opportunity = Type.Object(
  {
    opportunityId: Id,
    opportunityKind: Type.Optional(
      Type.Union([
        Type.Literal('new'),
        Type.Literal('upsell'),
        Type.Literal('cross-sell'),
        Type.Literal('renewal'),
      ]),
    ),
    stage: Type.Optional(ShortText),
    amountMinor: Type.Optional(PositiveMinorUnits),
    currency: Type.Optional(Currency),
  },
  { additionalProperties: false },
);

/** Sales opportunities (S54, S67, S78). */
export const opportunityEvents = {
  'opportunity.created': Opportunity,
  'opportunity.stage-changed': Opportunity,
  'opportunity.won': Opportunity,
  'opportunity.lost': Opportunity,
} as const;

/** Marketing touches (S78, S79). */
export const marketingEvents = {
  'marketing.touch': Type.Object(
    { channel: ShortText, campaign: Type.Optional(ShortText) },
    { additionalProperties: false },
  ),
} as const;
