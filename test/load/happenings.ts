/** What happened to a customer: the type and data of an event. */
export interface Happening {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Makes up what happens next to a customer; it remembers tickets and agreements, so that facts follow each other. */
export interface Shop {
  happening(customer: number, date: string): Happening;
  firstAgreement(customer: number, date: string): Happening;
  /** One of each family. */
  oneOfEach(date: string): readonly Happening[];
}

const FEATURES = ['search', 'export', 'dashboard', 'api', 'reports', 'alerts', 'billing', 'share'];
const AGREEMENT_TYPES = ['MSA', 'SOW', 'service'];
const MOST_AGREEMENTS = 8;

interface OpenTicket {
  readonly ticketId: string;
  readonly responded: boolean;
}

/** Shares: activity 70 %, payments 15 %, tickets, surveys and agreements 5 % each. */
export function createShop(chance: () => number): Shop {
  const tickets = new Map<number, OpenTicket>();
  const agreements = new Map<number, string[]>();
  let number = 0;
  const whole = (low: number, high: number) => low + Math.floor(chance() * (high - low + 1));
  const next = (letter: string) => {
    number += 1;
    return `${letter}${number.toString(16).padStart(8, '0')}`;
  };

  function activity(): Happening {
    if (chance() < 0.4) return { type: 'activity.login', data: {} };
    const feature = FEATURES[whole(0, FEATURES.length - 1)];
    return { type: 'activity.feature-used', data: { feature, count: whole(1, 20) } };
  }

  function payment(): Happening {
    const data = { invoiceId: next('i'), amountMinor: whole(500, 200_499), currency: 'USD' };
    return { type: 'payment.paid', data };
  }

  /** A ticket is opened, answered, resolved; then there is a new one. */
  function ticket(customer: number): Happening {
    const open = tickets.get(customer);
    if (!open) {
      const ticketId = next('t');
      tickets.set(customer, { ticketId, responded: false });
      return { type: 'ticket.opened', data: { ticketId, severity: whole(1, 4) } };
    }
    const { ticketId, responded } = open;
    if (responded) tickets.delete(customer);
    else tickets.set(customer, { ticketId, responded: true });
    return { type: responded ? 'ticket.resolved' : 'ticket.responded', data: { ticketId } };
  }

  function survey(): Happening {
    return chance() < 0.5
      ? { type: 'feedback.nps', data: { score: whole(0, 10), scaleMin: 0, scaleMax: 10 } }
      : { type: 'feedback.csat', data: { score: whole(1, 5), scaleMin: 1, scaleMax: 5 } };
  }

  function created(customer: number, date: string): Happening {
    const mine = agreements.get(customer) ?? [];
    const agreementId = next('a');
    agreements.set(customer, [...mine, agreementId]);
    const agreementType = AGREEMENT_TYPES[whole(0, 2)];
    const terms = { startDate: date, endDate: yearsAfter(date, whole(1, 3)), noticeDays: 30 };
    const data = {
      agreementId,
      agreementType,
      valueMinor: whole(10_000, 5_009_999),
      currency: 'USD',
      ...terms,
    };
    return { type: 'agreement.created', data };
  }

  function agreement(customer: number, date: string): Happening {
    const mine = agreements.get(customer) ?? [];
    if (mine.length === 0 || (mine.length < MOST_AGREEMENTS && chance() < 0.3))
      return created(customer, date);
    const agreementId = mine[whole(0, mine.length - 1)];
    if (chance() < 0.6) {
      return { type: 'agreement.amended', data: { agreementId, deltaMinor: whole(-5_000, 50_000) } };
    }
    return { type: 'agreement.renewed', data: { agreementId, endDate: yearsAfter(date, whole(1, 3)) } };
  }

  return {
    happening(customer, date) {
      const draw = chance();
      if (draw < 0.7) return activity();
      if (draw < 0.85) return payment();
      if (draw < 0.9) return ticket(customer);
      return draw < 0.95 ? survey() : agreement(customer, date);
    },
    firstAgreement: created,
    oneOfEach: (date) => [
      { type: 'activity.login', data: {} },
      payment(),
      ticket(0),
      { type: 'feedback.csat', data: { score: 4, scaleMin: 1, scaleMax: 5 } },
      created(0, date),
    ],
  };
}

function yearsAfter(date: string, years: number): string {
  const month = date.slice(4, 8);
  return `${Number(date.slice(0, 4)) + years}${month}${date.slice(8) === '29' ? '28' : date.slice(8)}`;
}
