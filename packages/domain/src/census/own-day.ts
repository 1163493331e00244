/** Slots that customers are spread over by their ids. */
const SLOTS = 1_024;

/**
 * Days since a customer's own day, which comes once in so many days and follows from its slot (0..1023): what is
 * looked at then is looked at of all customers alike, whatever happens to them, and of about as many each day.
 */
export function daysSinceOwnDay(slot: number, today: number, periodDays: number): number {
  const ownDay = Math.floor((slot * periodDays) / SLOTS);
  const days = (today - ownDay) % periodDays;
  return days < 0 ? days + periodDays : days;
}

/** The customer's own day that comes after today. */
export function nextOwnDay(slot: number, today: number, periodDays: number): number {
  return today + periodDays - daysSinceOwnDay(slot, today, periodDays);
}
