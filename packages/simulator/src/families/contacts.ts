import type { Contact } from '../customer.ts';
import { DAYS_PER_YEAR, MISFORTUNES } from '../parameters.ts';
import type { Scene } from '../scene.ts';

const ROLES = ['administrator', 'user lead', 'procurement', 'manager', 'director', 'analyst'] as const;
const SPONSOR_ROLES = [
  'chief operating officer',
  'chief information officer',
  'vice president operations',
] as const;
const REPLACED_SHARE = 0.85;

/** A person at the customer becomes known. */
export function createContact(
  scene: Scene,
  kind: { isSponsor: boolean; isPrimary: boolean },
  atMs: number,
): void {
  const { customer, random } = scene;
  const contact: Contact = { id: scene.newId('p'), ...kind };
  customer.contacts.push(contact);
  const role = random.pick(kind.isSponsor ? SPONSOR_ROLES : ROLES);
  const data = { contactId: contact.id, hasEmail: random.chance(0.93), role, ...kind };
  scene.emit('contact.created', data, { atMs });
}

/** People come, change their role and go; a sponsor who leaves is the beginning of one kind of drift. */
export function movePeople(scene: Scene): void {
  const { customer, day, random } = scene;
  const due = customer.arrivals.filter((arrival) => arrival.day <= day);
  if (due.length > 0) {
    customer.arrivals = customer.arrivals.filter((arrival) => arrival.day > day);
    for (const { isSponsor, isPrimary } of due)
      createContact(scene, { isSponsor, isPrimary }, scene.workTime());
  }
  loseSponsor(scene);
  for (const contact of [...customer.contacts]) {
    if (random.chance(MISFORTUNES.contactChangesPerYear / DAYS_PER_YEAR)) {
      const data = { contactId: contact.id, role: random.pick(contact.isSponsor ? SPONSOR_ROLES : ROLES) };
      scene.emit('contact.changed', data, { atMs: scene.workTime() });
    }
    if (random.chance(MISFORTUNES.contactLeavesPerYear / DAYS_PER_YEAR)) {
      leave(scene, contact);
      if (random.chance(REPLACED_SHARE)) replace(scene, contact, day + random.integer(5, 40));
    }
  }
}

/** On the first day of a `sponsor-left` drift; a customer that recovers finds a new sponsor half-way. */
function loseSponsor(scene: Scene): void {
  const { customer, day } = scene;
  const { drift } = customer;
  if (drift === null || drift.reason !== 'sponsor-left' || day !== drift.startDay) return;
  for (const sponsor of customer.contacts.filter((contact) => contact.isSponsor)) {
    leave(scene, sponsor);
    if (drift.recoveredDay !== null) replace(scene, sponsor, Math.round((day + drift.recoveredDay) / 2));
  }
}

function leave(scene: Scene, contact: Contact): void {
  const { customer } = scene;
  customer.contacts = customer.contacts.filter(({ id }) => id !== contact.id);
  scene.emit('contact.left', { contactId: contact.id }, { atMs: scene.workTime() });
}

function replace(scene: Scene, contact: Contact, day: number): void {
  const { isSponsor, isPrimary } = contact;
  scene.customer.arrivals.push({ day, isSponsor, isPrimary });
}
